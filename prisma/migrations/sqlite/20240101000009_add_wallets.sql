-- Wallets that sign in to accounts, and the nonces that they sign.
CREATE TABLE Wallets (
  Address TEXT NOT NULL,
  UserId INTEGER NOT NULL,
  ChainId INTEGER NOT NULL,
  LinkedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT PK_Wallets PRIMARY KEY (Address),
  CONSTRAINT FK_Wallets_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_Wallets_Address CHECK (LENGTH(Address) = 42 AND Address LIKE '0x%')
);
CREATE TABLE WalletNonces (
  NonceHash TEXT NOT NULL,
  Purpose TEXT NOT NULL,
  SessionId TEXT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  ExpiresAt DATETIME NOT NULL,
  UsedAt DATETIME NULL,
  CONSTRAINT PK_WalletNonces PRIMARY KEY (NonceHash),
  CONSTRAINT CK_WalletNonces_Purpose CHECK ((Purpose = 'sign-in' AND SessionId IS NULL) OR (Purpose = 'link' AND SessionId IS NOT NULL))
);
CREATE INDEX IX_Wallets_User ON Wallets (UserId, LinkedAt);
CREATE INDEX IX_WalletNonces_ExpiresAt ON WalletNonces (ExpiresAt);
