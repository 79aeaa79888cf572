-- destructive: LedgerEntries, LedgerPostings, LedgerBalances, LedgerVerifications, Alerts
DELETE FROM Alerts WHERE Kind = 'ledger';
CREATE TABLE Alerts_new (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Kind TEXT NOT NULL,
  OpenKey TEXT NOT NULL,
  SellerId INTEGER NULL,
  Title TEXT NOT NULL,
  Evidence TEXT NOT NULL,
  Status TEXT NOT NULL DEFAULT 'open',
  OpenedAt DATETIME NOT NULL,
  LastSeenAt DATETIME NOT NULL,
  AcknowledgedBy INTEGER NULL,
  AcknowledgedAt DATETIME NULL,
  ClosedBy INTEGER NULL,
  ClosedAt DATETIME NULL,
  Note TEXT NULL,
  DeliveredAt DATETIME NULL,
  CONSTRAINT CK_Alerts_Kind CHECK (Kind IN ('error-rate', 'response-time', 'discrepancies', 'rating-spike', 'rollout')),
  CONSTRAINT CK_Alerts_Status CHECK (Status IN ('open', 'acknowledged', 'closed'))
);
INSERT INTO Alerts_new SELECT * FROM Alerts;
DROP TABLE Alerts;
ALTER TABLE Alerts_new RENAME TO Alerts;
CREATE UNIQUE INDEX UX_Alerts_OpenKey ON Alerts (OpenKey);
CREATE INDEX IX_Alerts_Status ON Alerts (Status, Id DESC);
DROP TABLE LedgerVerifications;
DROP TABLE LedgerBalances;
DROP TABLE LedgerPostings;
DROP TABLE LedgerEntries;
