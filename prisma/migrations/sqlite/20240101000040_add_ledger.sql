-- The ledger: entries whose postings sum to zero and are never changed, balances derived from them, and its verifications. Debits are
-- positive. A balance of seller 0 belongs to no seller. OrderId refers to no row: entries outlive the orders that are deleted.
CREATE TABLE LedgerEntries (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Cause TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Currency TEXT NOT NULL,
  OrderId INTEGER NULL,
  IsTest BOOLEAN NOT NULL DEFAULT false,
  Lines INTEGER NOT NULL,
  At DATETIME NOT NULL,
  CONSTRAINT CK_LedgerEntries_Kind CHECK (Kind IN ('payment', 'release', 'refund', 'refund-settled', 'refund-failed', 'payout', 'payout-settled', 'payout-returned', 'chargeback', 'chargeback-won', 'provider-fee', 'write-off', 'adjustment')),
  CONSTRAINT CK_LedgerEntries_Lines CHECK (Lines >= 2)
);
CREATE TABLE LedgerPostings (
  EntryId INTEGER NOT NULL,
  Line INTEGER NOT NULL,
  Account TEXT NOT NULL,
  SellerId INTEGER NULL,
  Currency TEXT NOT NULL,
  AmountMinor BIGINT NOT NULL,
  CONSTRAINT PK_LedgerPostings PRIMARY KEY (EntryId, Line),
  CONSTRAINT FK_LedgerPostings_Entry FOREIGN KEY (EntryId) REFERENCES LedgerEntries (Id),
  CONSTRAINT FK_LedgerPostings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_LedgerPostings_Account CHECK (Account IN ('clearing', 'held', 'seller_balance', 'seller_debt', 'reserve', 'payouts_in_transit', 'commission', 'commission_vat', 'provider_fees', 'refunds', 'write_off')),
  CONSTRAINT CK_LedgerPostings_Amount CHECK (AmountMinor <> 0),
  CONSTRAINT CK_LedgerPostings_Line CHECK (Line >= 1)
);
CREATE TABLE LedgerBalances (
  SellerId INTEGER NOT NULL,
  Currency TEXT NOT NULL,
  Account TEXT NOT NULL,
  BalanceMinor BIGINT NOT NULL,
  CONSTRAINT PK_LedgerBalances PRIMARY KEY (SellerId, Currency, Account),
  CONSTRAINT CK_LedgerBalances_Floor CHECK (
    (Account IN ('held', 'seller_balance', 'reserve', 'payouts_in_transit', 'refunds') AND BalanceMinor <= 0)
    OR (Account = 'seller_debt' AND BalanceMinor >= 0)
    OR Account IN ('clearing', 'commission', 'commission_vat', 'provider_fees', 'write_off')
  )
);
CREATE TABLE LedgerVerifications (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  StartedAt DATETIME NOT NULL,
  FinishedAt DATETIME NOT NULL,
  Entries INTEGER NOT NULL,
  Payments INTEGER NOT NULL,
  Posted INTEGER NOT NULL,
  Differences INTEGER NOT NULL,
  Findings TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_LedgerEntries_Cause ON LedgerEntries (Cause);
CREATE INDEX IX_LedgerEntries_Order ON LedgerEntries (OrderId, Kind);
CREATE INDEX IX_LedgerPostings_Seller ON LedgerPostings (SellerId, Currency, EntryId, Account, AmountMinor);
CREATE TRIGGER TR_LedgerEntries_NoUpdate BEFORE UPDATE ON LedgerEntries
BEGIN SELECT RAISE(ABORT, 'Entries of the ledger are never changed: they are corrected by another entry.'); END;
CREATE TRIGGER TR_LedgerEntries_NoDelete BEFORE DELETE ON LedgerEntries
BEGIN SELECT RAISE(ABORT, 'Entries of the ledger are never changed: they are corrected by another entry.'); END;
CREATE TRIGGER TR_LedgerPostings_NoUpdate BEFORE UPDATE ON LedgerPostings
BEGIN SELECT RAISE(ABORT, 'Postings of the ledger are never changed: they are corrected by another entry.'); END;
CREATE TRIGGER TR_LedgerPostings_NoDelete BEFORE DELETE ON LedgerPostings
BEGIN SELECT RAISE(ABORT, 'Postings of the ledger are never changed: they are corrected by another entry.'); END;
-- SQLite's triggers see one row at a time: the last line of an entry closes it, and no line comes after it.
CREATE TRIGGER TR_LedgerPostings_Balanced AFTER INSERT ON LedgerPostings
WHEN NEW.Line >= (SELECT e.Lines FROM LedgerEntries e WHERE e.Id = NEW.EntryId)
BEGIN
  SELECT RAISE(ABORT, 'The postings of an entry sum to zero in its currency, and are written at once.')
  FROM LedgerEntries e WHERE e.Id = NEW.EntryId AND (
    e.Lines <> (SELECT COUNT(*) FROM LedgerPostings p WHERE p.EntryId = e.Id AND p.Currency = e.Currency AND p.Line <= e.Lines)
    OR NEW.Line > e.Lines
    OR (SELECT SUM(p.AmountMinor) FROM LedgerPostings p WHERE p.EntryId = e.Id) <> 0
  );
END;
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
  CONSTRAINT CK_Alerts_Kind CHECK (Kind IN ('error-rate', 'response-time', 'discrepancies', 'rating-spike', 'rollout', 'ledger')),
  CONSTRAINT CK_Alerts_Status CHECK (Status IN ('open', 'acknowledged', 'closed'))
);
INSERT INTO Alerts_new SELECT * FROM Alerts;
DROP TABLE Alerts;
ALTER TABLE Alerts_new RENAME TO Alerts;
CREATE UNIQUE INDEX UX_Alerts_OpenKey ON Alerts (OpenKey);
CREATE INDEX IX_Alerts_Status ON Alerts (Status, Id DESC);
