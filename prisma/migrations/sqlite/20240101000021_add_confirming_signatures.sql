-- A linked wallet can confirm a change of its account by a fresh signature.
CREATE TABLE WalletNonces_new (
  NonceHash TEXT NOT NULL,
  Purpose TEXT NOT NULL,
  SessionId TEXT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  ExpiresAt DATETIME NOT NULL,
  UsedAt DATETIME NULL,
  CONSTRAINT PK_WalletNonces PRIMARY KEY (NonceHash),
  CONSTRAINT CK_WalletNonces_Purpose CHECK ((Purpose = 'sign-in' AND SessionId IS NULL) OR (Purpose IN ('link', 'confirm') AND SessionId IS NOT NULL))
);
INSERT INTO WalletNonces_new (NonceHash, Purpose, SessionId, CreatedAt, ExpiresAt, UsedAt)
  SELECT NonceHash, Purpose, SessionId, CreatedAt, ExpiresAt, UsedAt FROM WalletNonces;
DROP TABLE WalletNonces;
ALTER TABLE WalletNonces_new RENAME TO WalletNonces;
CREATE INDEX IX_WalletNonces_ExpiresAt ON WalletNonces (ExpiresAt);
