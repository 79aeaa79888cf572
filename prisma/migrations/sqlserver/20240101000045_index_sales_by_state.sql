-- A seller’s sales are found by their state, and those to ship are counted on each of the seller’s pages.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE INDEX IX_Orders_Seller_Status ON Orders (SellerId, Status, Id);
GO
COMMIT TRANSACTION;
GO
