-- destructive: ListingEvents, SellerListings.Category, SellerListings.EscrowEnabled, SellerListings.Metadata, SellerListings.ShippingInfo, Categories.RetiredAt
-- older releases cannot: create listings
-- Drafts without a price cannot stay (a listing had one always); each other listing goes back to the top of its category.
DELETE FROM ImageUses WHERE Purpose = 'listing' AND SubjectId IN (SELECT l.Id FROM SellerListings l WHERE l.PriceE8 = 0);
DROP TABLE ListingEvents;
CREATE TABLE SellerListings_New (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  SellerId INTEGER NOT NULL,
  Title TEXT NOT NULL,
  Description TEXT NULL,
  PriceE8 BIGINT NOT NULL,
  Price REAL GENERATED ALWAYS AS (PriceE8 / 100000000.0) STORED,
  Currency TEXT NOT NULL,
  Category TEXT NOT NULL,
  Status TEXT NOT NULL DEFAULT 'active',
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  UpdatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT FK_SellerListings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_SellerListings_Price CHECK (PriceE8 > 0 AND PriceE8 <= 999999999999999999),
  CONSTRAINT CK_SellerListings_Status CHECK (Status IN ('draft', 'active', 'paused', 'sold', 'archived'))
);
INSERT INTO SellerListings_New (Id, SellerId, Title, Description, PriceE8, Currency, Category, Status, CreatedAt, UpdatedAt)
SELECT Id, SellerId, Title, Description, PriceE8, Currency,
  CASE substr(Category, 1, instr(Category || '/', '/') - 1)
    WHEN 'ceramics' THEN 'Ceramics'
    WHEN 'watches' THEN 'Watches'
    WHEN 'books-and-paper' THEN 'Books and paper'
    WHEN 'leather' THEN 'Leather'
    WHEN 'cameras' THEN 'Cameras'
    WHEN 'textiles' THEN 'Textiles'
    WHEN 'lamps' THEN 'Lamps'
    WHEN 'other' THEN 'Other'
    ELSE 'Other'
  END,
  Status, CreatedAt, UpdatedAt
FROM SellerListings WHERE PriceE8 > 0;
DROP TABLE SellerListings;
ALTER TABLE SellerListings_New RENAME TO SellerListings;
CREATE INDEX IX_SellerListings_Seller ON SellerListings (SellerId, Status, CreatedAt DESC);
CREATE INDEX IX_SellerListings_Category ON SellerListings (Status, Category, CreatedAt DESC);
DROP TABLE Categories;
