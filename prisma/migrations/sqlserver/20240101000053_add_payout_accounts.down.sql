-- destructive: PayoutAccounts, PayoutCalls, ProviderEvents, Payouts.CheckedAt
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
-- Refused while a payout by Stripe is kept: the release before knows no such method, and without the keys of its calls nothing can find at
-- the provider what became of it.
IF EXISTS (SELECT 1 FROM Payouts WHERE Method = N'stripe') THROW 51000, N'There are payouts by Stripe.', 1;
GO
DELETE FROM ProviderEvents WHERE Subject IN (N'account', N'payout', N'transfer');
ALTER TABLE ProviderEvents DROP CONSTRAINT CK_ProviderEvents_Subject;
GO
ALTER TABLE ProviderEvents ADD CONSTRAINT CK_ProviderEvents_Subject CHECK (Subject IN (N'payment', N'refund', N'dispute'));
DROP INDEX IX_Payouts_Checked ON Payouts;
ALTER TABLE Payouts DROP CONSTRAINT CK_Payouts_Method;
GO
ALTER TABLE Payouts ADD CONSTRAINT CK_Payouts_Method CHECK (Method IN (N'sepa', N'manual'));
ALTER TABLE Payouts DROP COLUMN CheckedAt;
DROP TABLE PayoutCalls;
DROP TABLE PayoutAccounts;
GO
COMMIT TRANSACTION;
GO
