-- People, their roles and sessions, and the records that every request may leave: audit, outbox, idempotency.
CREATE TABLE Users (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Email TEXT NULL,
  FullName TEXT NOT NULL,
  SearchName TEXT NOT NULL,
  PasswordHash TEXT NULL,
  FailedSignIns INTEGER NOT NULL DEFAULT 0,
  LockedUntil DATETIME NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  UpdatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))
);
CREATE UNIQUE INDEX UX_Users_Email ON Users (Email) WHERE Email IS NOT NULL;
CREATE INDEX IX_Users_SearchName ON Users (SearchName);
CREATE TABLE UserRoles (
  UserId INTEGER NOT NULL,
  Role TEXT NOT NULL,
  GrantedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT PK_UserRoles PRIMARY KEY (UserId, Role),
  CONSTRAINT FK_UserRoles_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_UserRoles_Role CHECK (Role IN ('buyer', 'seller', 'admin', 'ops'))
);
CREATE INDEX IX_UserRoles_Role ON UserRoles (Role, UserId);
CREATE TABLE Sessions (
  Id TEXT NOT NULL,
  UserId INTEGER NOT NULL,
  TokenHash TEXT NOT NULL,
  PreviousHash TEXT NULL,
  PreviousUntil DATETIME NULL,
  Device TEXT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  LastUsedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  ExpiresAt DATETIME NOT NULL,
  RevokedAt DATETIME NULL,
  CONSTRAINT PK_Sessions PRIMARY KEY (Id),
  CONSTRAINT FK_Sessions_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
CREATE INDEX IX_Sessions_User ON Sessions (UserId, CreatedAt);
CREATE TABLE AuditLog (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  At DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  ActorId INTEGER NULL,
  ActorKind TEXT NOT NULL,
  Action TEXT NOT NULL,
  Entity TEXT NOT NULL,
  EntityId TEXT NOT NULL,
  Detail TEXT NULL,
  RequestId TEXT NULL
);
CREATE INDEX IX_AuditLog_Entity ON AuditLog (Entity, EntityId, At);
CREATE INDEX IX_AuditLog_Actor ON AuditLog (ActorId, At);
CREATE TABLE OutboxEvents (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Topic TEXT NOT NULL,
  SubjectId INTEGER NOT NULL,
  Payload TEXT NOT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))
);
CREATE INDEX IX_OutboxEvents_CreatedAt ON OutboxEvents (CreatedAt);
CREATE TABLE IdempotencyKeys (
  UserId INTEGER NOT NULL,
  KeyHash TEXT NOT NULL,
  RequestHash TEXT NOT NULL,
  Status TEXT NOT NULL,
  ResponseStatus INTEGER NULL,
  ResponseBody TEXT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  LockedUntil DATETIME NOT NULL,
  CONSTRAINT PK_IdempotencyKeys PRIMARY KEY (UserId, KeyHash),
  CONSTRAINT CK_IdempotencyKeys_Status CHECK (Status IN ('in-flight', 'done'))
);
CREATE INDEX IX_IdempotencyKeys_CreatedAt ON IdempotencyKeys (CreatedAt);
