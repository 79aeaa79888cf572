-- The folded words are made of the listings themselves: nothing is lost.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
DROP INDEX IX_SellerListings_Price ON SellerListings;
DROP INDEX IX_SellerListings_Found ON SellerListings;
DROP INDEX IX_SellerListings_Newest ON SellerListings;
GO
ALTER TABLE SellerListings DROP COLUMN SearchText;
GO
COMMIT TRANSACTION;
GO
