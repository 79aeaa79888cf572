-- Authenticator apps and recovery codes; sessions remember the second factor that they were opened with.
ALTER TABLE Sessions ADD COLUMN SecondFactor TEXT NULL
  CONSTRAINT CK_Sessions_SecondFactor CHECK (SecondFactor IN ('totp', 'recovery-code', 'passkey'));
CREATE TABLE AuthenticatorApps (
  UserId INTEGER NOT NULL,
  Sealed TEXT NOT NULL,
  KeyId TEXT NOT NULL,
  SessionId TEXT NOT NULL,
  CreatedAt DATETIME NOT NULL,
  EnabledAt DATETIME NULL,
  LastStep INTEGER NOT NULL,
  CONSTRAINT PK_AuthenticatorApps PRIMARY KEY (UserId),
  CONSTRAINT FK_AuthenticatorApps_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
CREATE INDEX IX_AuthenticatorApps_KeyId ON AuthenticatorApps (KeyId);
CREATE TABLE RecoveryCodes (
  UserId INTEGER NOT NULL,
  Number INTEGER NOT NULL,
  CodeHash TEXT NOT NULL,
  UsedAt DATETIME NULL,
  CONSTRAINT PK_RecoveryCodes PRIMARY KEY (UserId, Number),
  CONSTRAINT FK_RecoveryCodes_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_RecoveryCodes_Number CHECK (Number BETWEEN 0 AND 9)
);
