-- Finding listings: what lists of them are sorted by, and their folded words, which the product writes (missing ones within a minute).
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE SellerListings ADD SearchText NVARCHAR(MAX) NULL;
GO
CREATE INDEX IX_SellerListings_Newest ON SellerListings (Status, PublishedAt DESC, Id DESC);
CREATE INDEX IX_SellerListings_Found ON SellerListings (Status, Category, PublishedAt DESC, Id DESC);
CREATE INDEX IX_SellerListings_Price ON SellerListings (Status, Currency, PriceE8, Id);
GO
COMMIT TRANSACTION;
GO
