-- Orders without a held payment are released some days after they were shipped. Postings have the date of their entry, by which what was
-- released lately is kept from payouts; a payout knows from which entry on it has left some.
ALTER TABLE Orders ADD COLUMN ReleaseAt DATETIME NULL;
CREATE INDEX IX_Orders_Release ON Orders (ReleaseAt, Id);
ALTER TABLE LedgerPostings ADD COLUMN At DATETIME NULL;
CREATE INDEX IX_LedgerPostings_Recent ON LedgerPostings (SellerId, Account, At);
ALTER TABLE Payouts ADD COLUMN OpenEntryId INTEGER NULL;
