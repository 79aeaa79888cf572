-- destructive: PayoutAccounts, PayoutCalls, ProviderEvents, Payouts.CheckedAt
-- Refused while a payout by Stripe is kept: the release before knows no such method, and without the keys of its calls nothing can find at
-- the provider what became of it.
CREATE TABLE Payouts_Stripe (Id INTEGER NOT NULL, CONSTRAINT CK_Payouts_by_Stripe CHECK (Id < 0));
INSERT INTO Payouts_Stripe (Id) SELECT Id FROM Payouts WHERE Method = 'stripe';
DROP TABLE Payouts_Stripe;
DELETE FROM ProviderEvents WHERE Subject IN ('account', 'payout', 'transfer');
ALTER TABLE ProviderEvents DROP CONSTRAINT CK_ProviderEvents_Subject;
ALTER TABLE ProviderEvents ADD CONSTRAINT CK_ProviderEvents_Subject CHECK (Subject IN ('payment', 'refund', 'dispute'));
DROP INDEX IX_Payouts_Checked;
ALTER TABLE Payouts DROP CONSTRAINT CK_Payouts_Method;
ALTER TABLE Payouts ADD CONSTRAINT CK_Payouts_Method CHECK (Method IN ('sepa', 'manual'));
ALTER TABLE Payouts DROP COLUMN CheckedAt;
DROP TABLE PayoutCalls;
DROP TABLE PayoutAccounts;
