-- destructive: OrderDisputes, DisputeEvents, DisputeFiles
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
DROP TABLE DisputeFiles;
DROP TABLE DisputeEvents;
DROP TABLE OrderDisputes;
GO
UPDATE OrderEvents SET Reason = NULL WHERE Reason IN (N'refunded-in-full', N'refunded-in-part', N'not-refunded');
GO
ALTER TABLE OrderEvents DROP CONSTRAINT CK_OrderEvents_Reason;
GO
ALTER TABLE OrderEvents ADD CONSTRAINT CK_OrderEvents_Reason CHECK (Reason IN (N'changed-mind', N'found-elsewhere', N'ordered-by-mistake', N'wrong-address', N'buyer-asked', N'address-problem', N'out-of-stock', N'price-mistake', N'cannot-ship', N'other', N'not-paid', N'not-shipped', N'delivery-time-passed', N'not-disputed', N'payment-refused'));
GO
COMMIT TRANSACTION;
GO
