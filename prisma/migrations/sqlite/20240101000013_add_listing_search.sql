-- Finding listings: what lists of them are sorted by, and the folded words for engines without a full-text index (not needed here).
ALTER TABLE SellerListings ADD COLUMN SearchText TEXT NULL;
CREATE INDEX IX_SellerListings_Newest ON SellerListings (Status, PublishedAt DESC, Id DESC);
CREATE INDEX IX_SellerListings_Found ON SellerListings (Status, Category, PublishedAt DESC, Id DESC);
CREATE INDEX IX_SellerListings_Price ON SellerListings (Status, Currency, PriceE8, Id);
