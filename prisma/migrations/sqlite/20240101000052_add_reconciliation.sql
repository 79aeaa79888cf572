-- What the payment provider has is compared with what the marketplace has, day by day; what differs waits for an admin.
CREATE TABLE ReconciliationRuns (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Provider TEXT NOT NULL,
  FromAt DATETIME NOT NULL,
  ToAt DATETIME NOT NULL,
  Compared INTEGER NOT NULL,
  Differences INTEGER NOT NULL,
  FinishedAt DATETIME NOT NULL,
  CONSTRAINT CK_ReconciliationRuns_Span CHECK (ToAt > FromAt)
);
CREATE TABLE ReconciliationDifferences (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Provider TEXT NOT NULL,
  CheckName TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Reference TEXT NOT NULL,
  OpenKey TEXT NOT NULL,
  OrderId INTEGER NULL,
  SellerId INTEGER NULL,
  Here TEXT NOT NULL,
  There TEXT NOT NULL,
  FoundAt DATETIME NOT NULL,
  SeenAt DATETIME NOT NULL,
  ResolvedBy INTEGER NULL,
  ResolvedAt DATETIME NULL,
  Reason TEXT NULL,
  CONSTRAINT CK_ReconciliationDifferences_Check CHECK (CheckName IN ('missing-here', 'missing-there', 'other-amount', 'other-state', 'other-currency', 'ledger')),
  CONSTRAINT CK_ReconciliationDifferences_Kind CHECK (Kind IN ('payment', 'refund', 'chargeback')),
  CONSTRAINT CK_ReconciliationDifferences_Resolved CHECK ((ResolvedAt IS NULL AND ResolvedBy IS NULL AND Reason IS NULL) OR (ResolvedAt IS NOT NULL AND ResolvedBy IS NOT NULL AND Reason IS NOT NULL))
);
CREATE INDEX IX_ReconciliationRuns_Provider ON ReconciliationRuns (Provider, ToAt);
CREATE UNIQUE INDEX UX_ReconciliationDifferences_OpenKey ON ReconciliationDifferences (OpenKey);
CREATE INDEX IX_ReconciliationDifferences_Open ON ReconciliationDifferences (ResolvedAt, Id);
CREATE INDEX IX_ReconciliationDifferences_Seller ON ReconciliationDifferences (SellerId, ResolvedAt);
