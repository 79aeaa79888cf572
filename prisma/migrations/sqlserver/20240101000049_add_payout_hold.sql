-- Orders without a held payment are released some days after they were shipped. Postings have the date of their entry, by which what was
-- released lately is kept from payouts; a payout knows from which entry on it has left some.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE Orders ADD ReleaseAt DATETIME2(3) NULL;
ALTER TABLE LedgerPostings ADD At DATETIME2(3) NULL;
ALTER TABLE Payouts ADD OpenEntryId INT NULL;
GO
CREATE INDEX IX_Orders_Release ON Orders (ReleaseAt, Id);
CREATE INDEX IX_LedgerPostings_Recent ON LedgerPostings (SellerId, Account, At);
GO
COMMIT TRANSACTION;
GO
