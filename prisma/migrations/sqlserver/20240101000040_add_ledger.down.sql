-- destructive: LedgerEntries, LedgerPostings, LedgerBalances, LedgerVerifications, Alerts
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
DELETE FROM Alerts WHERE Kind = N'ledger';
GO
ALTER TABLE Alerts DROP CONSTRAINT CK_Alerts_Kind;
GO
ALTER TABLE Alerts ADD CONSTRAINT CK_Alerts_Kind CHECK (Kind IN (N'error-rate', N'response-time', N'discrepancies', N'rating-spike', N'rollout'));
GO
DROP TABLE LedgerVerifications;
DROP TABLE LedgerBalances;
DROP TABLE LedgerPostings;
DROP TABLE LedgerEntries;
GO
COMMIT TRANSACTION;
GO
