-- destructive: Orders.ReleaseAt, LedgerPostings.At, Payouts.OpenEntryId
ALTER TABLE Payouts DROP COLUMN OpenEntryId;
DROP INDEX IX_LedgerPostings_Recent;
ALTER TABLE LedgerPostings DROP COLUMN At;
DROP INDEX IX_Orders_Release;
ALTER TABLE Orders DROP COLUMN ReleaseAt;
