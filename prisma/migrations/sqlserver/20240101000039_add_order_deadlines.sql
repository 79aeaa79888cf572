-- States of an order end by themselves: when, and of which state. Shipments have a carrier and a number, transitions a reason.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE Orders DROP CONSTRAINT CK_Orders_Status;
GO
ALTER TABLE Orders ADD CONSTRAINT CK_Orders_Status CHECK (Status IN (N'placed', N'paying', N'paid', N'shipped', N'delivered', N'completed', N'cancelled', N'declined', N'disputed', N'resolved'));
GO
ALTER TABLE Orders ADD DueAt DATETIME2(3) NULL;
ALTER TABLE Orders ADD DueStatus NVARCHAR(20) NULL;
ALTER TABLE Orders ADD RemindedAt DATETIME2(3) NULL;
ALTER TABLE Orders ADD Carrier NVARCHAR(30) NULL;
ALTER TABLE Orders ADD TrackingNumber NVARCHAR(64) NULL;
ALTER TABLE OrderEvents ADD Reason NVARCHAR(30) NULL;
GO
CREATE INDEX IX_Orders_Due ON Orders (Status, DueStatus, DueAt, Id);
GO
ALTER TABLE OrderEvents ADD CONSTRAINT CK_OrderEvents_Reason CHECK (Reason IN (N'changed-mind', N'found-elsewhere', N'ordered-by-mistake', N'wrong-address', N'buyer-asked', N'address-problem', N'out-of-stock', N'price-mistake', N'cannot-ship', N'other', N'not-paid', N'not-shipped', N'delivery-time-passed', N'not-disputed', N'payment-refused'));
GO
COMMIT TRANSACTION;
GO
