-- Ratings from elsewhere: who is who, and how far each file has come.
CREATE TABLE ExternalAccounts (
  Source TEXT NOT NULL,
  ExternalId TEXT NOT NULL,
  UserId INTEGER NOT NULL,
  CONSTRAINT PK_ExternalAccounts PRIMARY KEY (Source, ExternalId),
  CONSTRAINT FK_ExternalAccounts_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
CREATE INDEX IX_ExternalAccounts_User ON ExternalAccounts (UserId);
CREATE TABLE ImportRuns (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Source TEXT NOT NULL,
  FileName TEXT NOT NULL,
  Fingerprint TEXT NOT NULL,
  LinesDone INTEGER NOT NULL DEFAULT 0,
  Imported INTEGER NOT NULL DEFAULT 0,
  Rejected INTEGER NOT NULL DEFAULT 0,
  StartedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  FinishedAt DATETIME NULL
);
CREATE UNIQUE INDEX UX_ImportRuns_Fingerprint ON ImportRuns (Fingerprint);
