-- Passkeys that sign in to accounts, and the challenges that they sign.
CREATE TABLE Passkeys (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  UserId INTEGER NOT NULL,
  CredentialHash TEXT NOT NULL,
  CredentialId TEXT NOT NULL,
  PublicKey TEXT NOT NULL,
  SignCount BIGINT NOT NULL,
  Transports TEXT NOT NULL,
  Name TEXT NOT NULL,
  CreatedAt DATETIME NOT NULL,
  LastUsedAt DATETIME NULL,
  CONSTRAINT FK_Passkeys_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_Passkeys_SignCount CHECK (SignCount >= 0)
);
CREATE UNIQUE INDEX UX_Passkeys_CredentialHash ON Passkeys (CredentialHash);
CREATE INDEX IX_Passkeys_User ON Passkeys (UserId, CreatedAt);
CREATE TABLE PasskeyChallenges (
  ChallengeHash TEXT NOT NULL,
  Purpose TEXT NOT NULL,
  SessionId TEXT NULL,
  CreatedAt DATETIME NOT NULL,
  ExpiresAt DATETIME NOT NULL,
  UsedAt DATETIME NULL,
  CONSTRAINT PK_PasskeyChallenges PRIMARY KEY (ChallengeHash),
  CONSTRAINT CK_PasskeyChallenges_Purpose CHECK ((Purpose = 'sign-in' AND SessionId IS NULL) OR (Purpose = 'register' AND SessionId IS NOT NULL))
);
CREATE INDEX IX_PasskeyChallenges_ExpiresAt ON PasskeyChallenges (ExpiresAt);
