-- An e-mail address belongs to the account that proved it: others may name it until then. Password resets and changes of address.
DROP INDEX UX_Users_Email;
ALTER TABLE Users ADD COLUMN EmailSetAt DATETIME NULL;
CREATE UNIQUE INDEX UX_Users_ProvenEmail ON Users (Email) WHERE Email IS NOT NULL AND EmailVerifiedAt IS NOT NULL;
CREATE INDEX IX_Users_Email ON Users (Email);
CREATE TABLE PasswordResets (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Email TEXT NOT NULL,
  CreatedAt DATETIME NOT NULL,
  ExpiresAt DATETIME NOT NULL,
  UserId INTEGER NULL,
  TokenHash TEXT NULL,
  UsedAt DATETIME NULL,
  CONSTRAINT FK_PasswordResets_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
CREATE UNIQUE INDEX UX_PasswordResets_TokenHash ON PasswordResets (TokenHash) WHERE TokenHash IS NOT NULL;
CREATE INDEX IX_PasswordResets_User ON PasswordResets (UserId, CreatedAt);
CREATE INDEX IX_PasswordResets_ExpiresAt ON PasswordResets (ExpiresAt);
CREATE TABLE EmailChanges (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  UserId INTEGER NOT NULL,
  OldEmail TEXT NULL,
  NewEmail TEXT NOT NULL,
  CreatedAt DATETIME NOT NULL,
  ExpiresAt DATETIME NOT NULL,
  OldTokenHash TEXT NULL,
  NewTokenHash TEXT NOT NULL,
  OldConfirmedAt DATETIME NULL,
  NewConfirmedAt DATETIME NULL,
  SettledAt DATETIME NULL,
  Outcome TEXT NULL,
  CONSTRAINT FK_EmailChanges_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_EmailChanges_Outcome CHECK (Outcome IN ('done', 'refused', 'replaced', 'taken'))
);
CREATE UNIQUE INDEX UX_EmailChanges_OldTokenHash ON EmailChanges (OldTokenHash) WHERE OldTokenHash IS NOT NULL;
CREATE UNIQUE INDEX UX_EmailChanges_NewTokenHash ON EmailChanges (NewTokenHash);
CREATE INDEX IX_EmailChanges_User ON EmailChanges (UserId, CreatedAt);
CREATE INDEX IX_EmailChanges_ExpiresAt ON EmailChanges (ExpiresAt);
