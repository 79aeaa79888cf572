-- destructive: ListingEvents, SellerListings.Category, SellerListings.EscrowEnabled, SellerListings.Metadata, SellerListings.ShippingInfo, Categories.RetiredAt
-- older releases cannot: create listings
-- Drafts without a price cannot stay (a listing had one always); each other listing goes back to the top of its category.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
DELETE FROM ImageUses WHERE Purpose = N'listing' AND SubjectId IN (SELECT l.Id FROM SellerListings l WHERE l.PriceE8 = 0);
GO
DROP TABLE ListingEvents;
GO
DELETE FROM SellerListings WHERE PriceE8 = 0;
GO
DROP INDEX IX_SellerListings_Updated ON SellerListings;
GO
ALTER TABLE SellerListings DROP CONSTRAINT FK_SellerListings_Category;
GO
UPDATE SellerListings SET Category = CASE LEFT(Category, CHARINDEX(N'/', Category + N'/') - 1)
    WHEN N'ceramics' THEN N'Ceramics'
    WHEN N'watches' THEN N'Watches'
    WHEN N'books-and-paper' THEN N'Books and paper'
    WHEN N'leather' THEN N'Leather'
    WHEN N'cameras' THEN N'Cameras'
    WHEN N'textiles' THEN N'Textiles'
    WHEN N'lamps' THEN N'Lamps'
    WHEN N'other' THEN N'Other'
    ELSE N'Other'
  END;
GO
ALTER TABLE SellerListings DROP CONSTRAINT CK_SellerListings_Version;
ALTER TABLE SellerListings DROP CONSTRAINT CK_SellerListings_Published;
ALTER TABLE SellerListings DROP CONSTRAINT CK_SellerListings_Priced;
ALTER TABLE SellerListings DROP CONSTRAINT CK_SellerListings_Price;
GO
ALTER TABLE SellerListings ADD CONSTRAINT CK_SellerListings_Price CHECK (PriceE8 > 0 AND PriceE8 <= 999999999999999999);
GO
ALTER TABLE SellerListings DROP CONSTRAINT IF EXISTS DF_SellerListings_Status;
GO
ALTER TABLE SellerListings ADD CONSTRAINT DF_SellerListings_Status DEFAULT N'active' FOR Status;
GO
ALTER TABLE SellerListings DROP CONSTRAINT IF EXISTS DF_SellerListings_Version;
ALTER TABLE SellerListings DROP CONSTRAINT IF EXISTS DF_SellerListings_Metadata;
ALTER TABLE SellerListings DROP CONSTRAINT IF EXISTS DF_SellerListings_ShippingInfo;
ALTER TABLE SellerListings DROP CONSTRAINT IF EXISTS DF_SellerListings_EscrowEnabled;
GO
ALTER TABLE SellerListings DROP COLUMN Version;
ALTER TABLE SellerListings DROP COLUMN PublishedAt;
ALTER TABLE SellerListings DROP COLUMN Metadata;
ALTER TABLE SellerListings DROP COLUMN ShippingInfo;
ALTER TABLE SellerListings DROP COLUMN EscrowEnabled;
GO
DROP TABLE Categories;
GO
COMMIT TRANSACTION;
GO
