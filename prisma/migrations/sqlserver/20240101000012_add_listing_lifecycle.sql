-- Categories are a tree, and listings belong into it; a listing keeps what the founding document gives it, its moves are kept
-- beside it, and its price may be missing (0) until it is published.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE Categories (
  Path NVARCHAR(100) NOT NULL,
  ParentPath NVARCHAR(100) NULL,
  Name NVARCHAR(100) NOT NULL,
  Position INT NOT NULL,
  RetiredAt DATETIME2(3) NULL,
  CONSTRAINT PK_Categories PRIMARY KEY (Path),
  CONSTRAINT FK_Categories_Parent FOREIGN KEY (ParentPath) REFERENCES Categories (Path),
  CONSTRAINT CK_Categories_Parent CHECK ((ParentPath IS NULL AND CHARINDEX(N'/', Path) = 0) OR (ParentPath IS NOT NULL AND CHARINDEX(ParentPath + N'/', Path) = 1)),
  CONSTRAINT CK_Categories_Level CHECK (ParentPath IS NULL OR LEN(REPLACE(ParentPath, N'/', N'')) - LEN(ParentPath) = LEN(REPLACE(Path, N'/', N'')) - LEN(Path) + 1),
  CONSTRAINT CK_Categories_Depth CHECK (LEN(Path) - LEN(REPLACE(Path, N'/', N'')) <= 2),
  CONSTRAINT CK_Categories_Position CHECK (Position >= 0)
);
GO
CREATE INDEX IX_Categories_Parent ON Categories (ParentPath, Position);
GO
INSERT INTO Categories (Path, ParentPath, Name, Position) VALUES
  (N'ceramics', NULL, N'Ceramics', 0),
  (N'watches', NULL, N'Watches', 1),
  (N'books-and-paper', NULL, N'Books and paper', 2),
  (N'leather', NULL, N'Leather', 3),
  (N'cameras', NULL, N'Cameras', 4),
  (N'textiles', NULL, N'Textiles', 5),
  (N'lamps', NULL, N'Lamps', 6),
  (N'other', NULL, N'Other', 7);
GO
INSERT INTO Categories (Path, ParentPath, Name, Position) VALUES
  (N'ceramics/bowls', N'ceramics', N'Bowls', 0),
  (N'ceramics/cups-and-mugs', N'ceramics', N'Cups and mugs', 1),
  (N'ceramics/plates', N'ceramics', N'Plates', 2),
  (N'ceramics/teapots', N'ceramics', N'Teapots', 3),
  (N'ceramics/vases', N'ceramics', N'Vases', 4),
  (N'watches/wristwatches', N'watches', N'Wristwatches', 0),
  (N'watches/pocket-watches', N'watches', N'Pocket watches', 1),
  (N'watches/clocks', N'watches', N'Clocks', 2),
  (N'watches/straps-and-parts', N'watches', N'Straps and parts', 3),
  (N'watches/servicing', N'watches', N'Servicing', 4),
  (N'books-and-paper/notebooks', N'books-and-paper', N'Notebooks', 0),
  (N'books-and-paper/prints', N'books-and-paper', N'Prints', 1),
  (N'books-and-paper/zines', N'books-and-paper', N'Zines', 2),
  (N'books-and-paper/old-books', N'books-and-paper', N'Old books', 3),
  (N'books-and-paper/bookbinding', N'books-and-paper', N'Bookbinding', 4),
  (N'leather/bags', N'leather', N'Bags', 0),
  (N'leather/belts', N'leather', N'Belts', 1),
  (N'leather/straps', N'leather', N'Straps', 2),
  (N'leather/wallets-and-cases', N'leather', N'Wallets and cases', 3),
  (N'cameras/rangefinders', N'cameras', N'Rangefinders', 0),
  (N'cameras/medium-format', N'cameras', N'Medium format', 1),
  (N'cameras/single-lens-reflex', N'cameras', N'Single-lens reflex', 2),
  (N'cameras/lenses', N'cameras', N'Lenses', 3),
  (N'cameras/darkroom', N'cameras', N'Darkroom', 4),
  (N'textiles/throws-and-blankets', N'textiles', N'Throws and blankets', 0),
  (N'textiles/clothing', N'textiles', N'Clothing', 1),
  (N'textiles/table-linen', N'textiles', N'Table linen', 2),
  (N'textiles/rugs', N'textiles', N'Rugs', 3),
  (N'textiles/yarn', N'textiles', N'Yarn', 4),
  (N'lamps/desk-lamps', N'lamps', N'Desk lamps', 0),
  (N'lamps/floor-lamps', N'lamps', N'Floor lamps', 1),
  (N'lamps/pendant-lamps', N'lamps', N'Pendant lamps', 2),
  (N'lamps/shades', N'lamps', N'Shades', 3),
  (N'other/candles', N'other', N'Candles', 0),
  (N'other/furniture', N'other', N'Furniture', 1),
  (N'other/jewellery', N'other', N'Jewellery', 2),
  (N'other/seeds-and-plants', N'other', N'Seeds and plants', 3),
  (N'other/toys', N'other', N'Toys', 4);
GO
ALTER TABLE SellerListings ADD EscrowEnabled BIT NOT NULL CONSTRAINT DF_SellerListings_EscrowEnabled DEFAULT 0;
GO
ALTER TABLE SellerListings ADD ShippingInfo NVARCHAR(4000) NOT NULL CONSTRAINT DF_SellerListings_ShippingInfo DEFAULT N'{}';
GO
ALTER TABLE SellerListings ADD Metadata NVARCHAR(MAX) NOT NULL CONSTRAINT DF_SellerListings_Metadata DEFAULT N'[]';
GO
ALTER TABLE SellerListings ADD PublishedAt DATETIME2(3) NULL;
GO
ALTER TABLE SellerListings ADD Version INT NOT NULL CONSTRAINT DF_SellerListings_Version DEFAULT 1;
GO
UPDATE SellerListings SET PublishedAt = CreatedAt WHERE Status <> N'draft';
GO
UPDATE SellerListings SET Category = CASE Category
    WHEN N'Ceramics' THEN N'ceramics'
    WHEN N'Watches' THEN N'watches'
    WHEN N'Books and paper' THEN N'books-and-paper'
    WHEN N'Leather' THEN N'leather'
    WHEN N'Cameras' THEN N'cameras'
    WHEN N'Textiles' THEN N'textiles'
    WHEN N'Lamps' THEN N'lamps'
    WHEN N'Other' THEN N'other'
    ELSE N'other'
  END;
GO
ALTER TABLE SellerListings DROP CONSTRAINT IF EXISTS DF_SellerListings_Status;
GO
ALTER TABLE SellerListings ADD CONSTRAINT DF_SellerListings_Status DEFAULT N'draft' FOR Status;
GO
ALTER TABLE SellerListings DROP CONSTRAINT CK_SellerListings_Price;
GO
ALTER TABLE SellerListings ADD CONSTRAINT CK_SellerListings_Price CHECK (PriceE8 >= 0 AND PriceE8 <= 999999999999999999);
GO
ALTER TABLE SellerListings ADD CONSTRAINT CK_SellerListings_Priced CHECK (PriceE8 > 0 OR PublishedAt IS NULL);
GO
ALTER TABLE SellerListings ADD CONSTRAINT CK_SellerListings_Published CHECK (PublishedAt IS NOT NULL OR Status IN (N'draft', N'archived'));
GO
ALTER TABLE SellerListings ADD CONSTRAINT CK_SellerListings_Version CHECK (Version >= 1);
GO
ALTER TABLE SellerListings ADD CONSTRAINT FK_SellerListings_Category FOREIGN KEY (Category) REFERENCES Categories (Path);
GO
CREATE INDEX IX_SellerListings_Updated ON SellerListings (SellerId, UpdatedAt DESC, Id DESC);
GO
CREATE TABLE ListingEvents (
  Id INT IDENTITY(1,1) NOT NULL,
  ListingId INT NOT NULL,
  FromStatus NVARCHAR(20) NULL,
  ToStatus NVARCHAR(20) NOT NULL,
  ActorId INT NOT NULL,
  At DATETIME2(3) NOT NULL CONSTRAINT DF_ListingEvents_At DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_ListingEvents PRIMARY KEY (Id),
  CONSTRAINT FK_ListingEvents_Listing FOREIGN KEY (ListingId) REFERENCES SellerListings (Id),
  CONSTRAINT CK_ListingEvents_Status CHECK (ToStatus IN (N'draft', N'active', N'paused', N'sold', N'archived'))
);
GO
CREATE INDEX IX_ListingEvents_Listing ON ListingEvents (ListingId, Id);
GO
COMMIT TRANSACTION;
GO
