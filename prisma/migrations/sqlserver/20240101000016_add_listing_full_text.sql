-- no transaction: SQL Server makes no full-text index inside one. It can be run again.
-- The words of listings, where the server has its full-text component. Without it they are searched by the folded words alone.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
IF FULLTEXTSERVICEPROPERTY('IsFullTextInstalled') = 1
  EXEC(N'IF NOT EXISTS (SELECT 1 FROM sys.fulltext_catalogs c WHERE c.name = N''ListingSearch'')
    CREATE FULLTEXT CATALOG ListingSearch WITH ACCENT_SENSITIVITY = OFF;');
GO
IF FULLTEXTSERVICEPROPERTY('IsFullTextInstalled') = 1
  EXEC(N'IF NOT EXISTS (SELECT 1 FROM sys.fulltext_indexes i WHERE i.object_id = OBJECT_ID(N''SellerListings''))
    CREATE FULLTEXT INDEX ON SellerListings (SearchText LANGUAGE 0) KEY INDEX PK_SellerListings ON ListingSearch
      WITH CHANGE_TRACKING = AUTO, STOPLIST = OFF;');
GO
