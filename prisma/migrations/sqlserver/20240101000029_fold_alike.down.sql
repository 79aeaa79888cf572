-- Folded texts are made of the listings themselves: nothing is lost. Folded names stay: they are found by more.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
UPDATE SellerListings SET SearchText = NULL WHERE SearchText COLLATE Latin1_General_BIN2 LIKE N'%[^ -~]%';
GO
COMMIT TRANSACTION;
GO
