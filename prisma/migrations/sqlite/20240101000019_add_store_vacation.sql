-- Vacation mode: a store takes no orders until a moment, and opens again by itself.
ALTER TABLE SellerProfiles ADD COLUMN ClosedUntil DATETIME NULL;
