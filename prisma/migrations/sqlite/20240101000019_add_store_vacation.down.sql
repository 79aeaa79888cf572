-- destructive: SellerProfiles.ClosedUntil
ALTER TABLE SellerProfiles DROP COLUMN ClosedUntil;
