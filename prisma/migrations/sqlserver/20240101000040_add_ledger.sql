-- The ledger: entries whose postings sum to zero and are never changed, balances derived from them, and its verifications. Debits are
-- positive. A balance of seller 0 belongs to no seller. OrderId refers to no row: entries outlive the orders that are deleted.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE LedgerEntries (
  Id INT IDENTITY(1, 1) NOT NULL,
  Cause NVARCHAR(80) NOT NULL,
  Kind NVARCHAR(20) NOT NULL,
  Currency NVARCHAR(10) NOT NULL,
  OrderId INT NULL,
  IsTest BIT NOT NULL CONSTRAINT DF_LedgerEntries_IsTest DEFAULT 0,
  Lines INT NOT NULL,
  At DATETIME2(3) NOT NULL,
  CONSTRAINT PK_LedgerEntries PRIMARY KEY (Id),
  CONSTRAINT CK_LedgerEntries_Kind CHECK (Kind IN (N'payment', N'release', N'refund', N'refund-settled', N'refund-failed', N'payout', N'payout-settled', N'payout-returned', N'chargeback', N'chargeback-won', N'provider-fee', N'write-off', N'adjustment')),
  CONSTRAINT CK_LedgerEntries_Lines CHECK (Lines >= 2)
);
CREATE TABLE LedgerPostings (
  EntryId INT NOT NULL,
  Line INT NOT NULL,
  Account NVARCHAR(20) NOT NULL,
  SellerId INT NULL,
  Currency NVARCHAR(10) NOT NULL,
  AmountMinor BIGINT NOT NULL,
  CONSTRAINT PK_LedgerPostings PRIMARY KEY (EntryId, Line),
  CONSTRAINT FK_LedgerPostings_Entry FOREIGN KEY (EntryId) REFERENCES LedgerEntries (Id),
  CONSTRAINT FK_LedgerPostings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_LedgerPostings_Account CHECK (Account IN (N'clearing', N'held', N'seller_balance', N'seller_debt', N'reserve', N'payouts_in_transit', N'commission', N'commission_vat', N'provider_fees', N'refunds', N'write_off')),
  CONSTRAINT CK_LedgerPostings_Amount CHECK (AmountMinor <> 0),
  CONSTRAINT CK_LedgerPostings_Line CHECK (Line >= 1)
);
CREATE TABLE LedgerBalances (
  SellerId INT NOT NULL,
  Currency NVARCHAR(10) NOT NULL,
  Account NVARCHAR(20) NOT NULL,
  BalanceMinor BIGINT NOT NULL,
  CONSTRAINT PK_LedgerBalances PRIMARY KEY (SellerId, Currency, Account),
  CONSTRAINT CK_LedgerBalances_Floor CHECK (
    (Account IN (N'held', N'seller_balance', N'reserve', N'payouts_in_transit', N'refunds') AND BalanceMinor <= 0)
    OR (Account = N'seller_debt' AND BalanceMinor >= 0)
    OR Account IN (N'clearing', N'commission', N'commission_vat', N'provider_fees', N'write_off')
  )
);
CREATE TABLE LedgerVerifications (
  Id INT IDENTITY(1, 1) NOT NULL,
  StartedAt DATETIME2(3) NOT NULL,
  FinishedAt DATETIME2(3) NOT NULL,
  Entries INT NOT NULL,
  Payments INT NOT NULL,
  Posted INT NOT NULL,
  Differences INT NOT NULL,
  Findings NVARCHAR(MAX) NOT NULL,
  CONSTRAINT PK_LedgerVerifications PRIMARY KEY (Id)
);
GO
CREATE UNIQUE INDEX UX_LedgerEntries_Cause ON LedgerEntries (Cause);
CREATE INDEX IX_LedgerEntries_Order ON LedgerEntries (OrderId, Kind);
CREATE INDEX IX_LedgerPostings_Seller ON LedgerPostings (SellerId, Currency, EntryId, Account, AmountMinor);
GO
CREATE TRIGGER TR_LedgerEntries_Immutable ON LedgerEntries INSTEAD OF UPDATE, DELETE AS
BEGIN
  THROW 51000, N'Entries of the ledger are never changed: they are corrected by another entry.', 1;
END
GO
CREATE TRIGGER TR_LedgerPostings_Immutable ON LedgerPostings INSTEAD OF UPDATE, DELETE AS
BEGIN
  THROW 51000, N'Postings of the ledger are never changed: they are corrected by another entry.', 1;
END
GO
CREATE TRIGGER TR_LedgerPostings_Balanced ON LedgerPostings AFTER INSERT AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (
    SELECT 1 FROM LedgerPostings p JOIN LedgerEntries e ON e.Id = p.EntryId
    WHERE p.EntryId IN (SELECT i.EntryId FROM inserted i)
    GROUP BY p.EntryId, e.Lines, e.Currency
    HAVING SUM(p.AmountMinor) <> 0 OR COUNT(*) <> e.Lines OR MAX(p.Line) <> e.Lines OR MIN(p.Currency) <> e.Currency OR MAX(p.Currency) <> e.Currency
  )
    THROW 51000, N'The postings of an entry sum to zero in its currency, and are written at once.', 1;
END
GO
ALTER TABLE Alerts DROP CONSTRAINT CK_Alerts_Kind;
GO
ALTER TABLE Alerts ADD CONSTRAINT CK_Alerts_Kind CHECK (Kind IN (N'error-rate', N'response-time', N'discrepancies', N'rating-spike', N'rollout', N'ledger'));
GO
COMMIT TRANSACTION;
GO
