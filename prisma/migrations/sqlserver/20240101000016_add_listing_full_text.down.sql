-- no transaction: SQL Server drops no full-text index inside one. It can be run again.
-- The index is made of the listings themselves: nothing is lost.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
IF FULLTEXTSERVICEPROPERTY('IsFullTextInstalled') = 1
  EXEC(N'IF EXISTS (SELECT 1 FROM sys.fulltext_indexes i WHERE i.object_id = OBJECT_ID(N''SellerListings''))
    DROP FULLTEXT INDEX ON SellerListings;');
GO
IF FULLTEXTSERVICEPROPERTY('IsFullTextInstalled') = 1
  EXEC(N'IF EXISTS (SELECT 1 FROM sys.fulltext_catalogs c WHERE c.name = N''ListingSearch'')
    DROP FULLTEXT CATALOG ListingSearch;');
GO
