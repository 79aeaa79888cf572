-- Categories are a tree, and listings belong into it; a listing keeps what the founding document gives it, its moves are kept
-- beside it, and its price may be missing (0) until it is published.
CREATE TABLE Categories (
  Path TEXT NOT NULL,
  ParentPath TEXT NULL,
  Name TEXT NOT NULL,
  Position INTEGER NOT NULL,
  RetiredAt DATETIME NULL,
  CONSTRAINT PK_Categories PRIMARY KEY (Path),
  CONSTRAINT FK_Categories_Parent FOREIGN KEY (ParentPath) REFERENCES Categories (Path),
  CONSTRAINT CK_Categories_Parent CHECK ((ParentPath IS NULL AND instr(Path, '/') = 0) OR (ParentPath IS NOT NULL AND instr(Path, ParentPath || '/') = 1)),
  CONSTRAINT CK_Categories_Level CHECK (ParentPath IS NULL OR length(replace(ParentPath, '/', '')) - length(ParentPath) = length(replace(Path, '/', '')) - length(Path) + 1),
  CONSTRAINT CK_Categories_Depth CHECK (length(Path) - length(replace(Path, '/', '')) <= 2),
  CONSTRAINT CK_Categories_Position CHECK (Position >= 0)
);
CREATE INDEX IX_Categories_Parent ON Categories (ParentPath, Position);
INSERT INTO Categories (Path, ParentPath, Name, Position) VALUES
  ('ceramics', NULL, 'Ceramics', 0),
  ('watches', NULL, 'Watches', 1),
  ('books-and-paper', NULL, 'Books and paper', 2),
  ('leather', NULL, 'Leather', 3),
  ('cameras', NULL, 'Cameras', 4),
  ('textiles', NULL, 'Textiles', 5),
  ('lamps', NULL, 'Lamps', 6),
  ('other', NULL, 'Other', 7);
INSERT INTO Categories (Path, ParentPath, Name, Position) VALUES
  ('ceramics/bowls', 'ceramics', 'Bowls', 0),
  ('ceramics/cups-and-mugs', 'ceramics', 'Cups and mugs', 1),
  ('ceramics/plates', 'ceramics', 'Plates', 2),
  ('ceramics/teapots', 'ceramics', 'Teapots', 3),
  ('ceramics/vases', 'ceramics', 'Vases', 4),
  ('watches/wristwatches', 'watches', 'Wristwatches', 0),
  ('watches/pocket-watches', 'watches', 'Pocket watches', 1),
  ('watches/clocks', 'watches', 'Clocks', 2),
  ('watches/straps-and-parts', 'watches', 'Straps and parts', 3),
  ('watches/servicing', 'watches', 'Servicing', 4),
  ('books-and-paper/notebooks', 'books-and-paper', 'Notebooks', 0),
  ('books-and-paper/prints', 'books-and-paper', 'Prints', 1),
  ('books-and-paper/zines', 'books-and-paper', 'Zines', 2),
  ('books-and-paper/old-books', 'books-and-paper', 'Old books', 3),
  ('books-and-paper/bookbinding', 'books-and-paper', 'Bookbinding', 4),
  ('leather/bags', 'leather', 'Bags', 0),
  ('leather/belts', 'leather', 'Belts', 1),
  ('leather/straps', 'leather', 'Straps', 2),
  ('leather/wallets-and-cases', 'leather', 'Wallets and cases', 3),
  ('cameras/rangefinders', 'cameras', 'Rangefinders', 0),
  ('cameras/medium-format', 'cameras', 'Medium format', 1),
  ('cameras/single-lens-reflex', 'cameras', 'Single-lens reflex', 2),
  ('cameras/lenses', 'cameras', 'Lenses', 3),
  ('cameras/darkroom', 'cameras', 'Darkroom', 4),
  ('textiles/throws-and-blankets', 'textiles', 'Throws and blankets', 0),
  ('textiles/clothing', 'textiles', 'Clothing', 1),
  ('textiles/table-linen', 'textiles', 'Table linen', 2),
  ('textiles/rugs', 'textiles', 'Rugs', 3),
  ('textiles/yarn', 'textiles', 'Yarn', 4),
  ('lamps/desk-lamps', 'lamps', 'Desk lamps', 0),
  ('lamps/floor-lamps', 'lamps', 'Floor lamps', 1),
  ('lamps/pendant-lamps', 'lamps', 'Pendant lamps', 2),
  ('lamps/shades', 'lamps', 'Shades', 3),
  ('other/candles', 'other', 'Candles', 0),
  ('other/furniture', 'other', 'Furniture', 1),
  ('other/jewellery', 'other', 'Jewellery', 2),
  ('other/seeds-and-plants', 'other', 'Seeds and plants', 3),
  ('other/toys', 'other', 'Toys', 4);
CREATE TABLE SellerListings_New (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  SellerId INTEGER NOT NULL,
  Title TEXT NOT NULL,
  Description TEXT NULL,
  PriceE8 BIGINT NOT NULL,
  Price REAL GENERATED ALWAYS AS (PriceE8 / 100000000.0) STORED,
  Currency TEXT NOT NULL,
  Category TEXT NOT NULL,
  Status TEXT NOT NULL DEFAULT 'draft',
  EscrowEnabled BOOLEAN NOT NULL DEFAULT false,
  ShippingInfo TEXT NOT NULL DEFAULT '{}',
  Metadata TEXT NOT NULL DEFAULT '[]',
  PublishedAt DATETIME NULL,
  Version INTEGER NOT NULL DEFAULT 1,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  UpdatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT FK_SellerListings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_SellerListings_Category FOREIGN KEY (Category) REFERENCES Categories (Path),
  CONSTRAINT CK_SellerListings_Price CHECK (PriceE8 >= 0 AND PriceE8 <= 999999999999999999),
  CONSTRAINT CK_SellerListings_Priced CHECK (PriceE8 > 0 OR PublishedAt IS NULL),
  CONSTRAINT CK_SellerListings_Published CHECK (PublishedAt IS NOT NULL OR Status IN ('draft', 'archived')),
  CONSTRAINT CK_SellerListings_Version CHECK (Version >= 1),
  CONSTRAINT CK_SellerListings_Status CHECK (Status IN ('draft', 'active', 'paused', 'sold', 'archived'))
);
INSERT INTO SellerListings_New (Id, SellerId, Title, Description, PriceE8, Currency, Category, Status, PublishedAt, CreatedAt, UpdatedAt)
SELECT Id, SellerId, Title, Description, PriceE8, Currency,
  CASE Category
    WHEN 'Ceramics' THEN 'ceramics'
    WHEN 'Watches' THEN 'watches'
    WHEN 'Books and paper' THEN 'books-and-paper'
    WHEN 'Leather' THEN 'leather'
    WHEN 'Cameras' THEN 'cameras'
    WHEN 'Textiles' THEN 'textiles'
    WHEN 'Lamps' THEN 'lamps'
    WHEN 'Other' THEN 'other'
    ELSE 'other'
  END,
  Status, CASE WHEN Status <> 'draft' THEN CreatedAt END, CreatedAt, UpdatedAt
FROM SellerListings;
DROP TABLE SellerListings;
ALTER TABLE SellerListings_New RENAME TO SellerListings;
CREATE INDEX IX_SellerListings_Seller ON SellerListings (SellerId, Status, CreatedAt DESC);
CREATE INDEX IX_SellerListings_Category ON SellerListings (Status, Category, CreatedAt DESC);
CREATE INDEX IX_SellerListings_Updated ON SellerListings (SellerId, UpdatedAt DESC, Id DESC);
CREATE TABLE ListingEvents (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  ListingId INTEGER NOT NULL,
  FromStatus TEXT NULL,
  ToStatus TEXT NOT NULL,
  ActorId INTEGER NOT NULL,
  At DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT FK_ListingEvents_Listing FOREIGN KEY (ListingId) REFERENCES SellerListings (Id),
  CONSTRAINT CK_ListingEvents_Status CHECK (ToStatus IN ('draft', 'active', 'paused', 'sold', 'archived'))
);
CREATE INDEX IX_ListingEvents_Listing ON ListingEvents (ListingId, Id);
