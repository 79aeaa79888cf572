-- destructive: Orders.DueAt, Orders.DueStatus, Orders.RemindedAt, Orders.Carrier, Orders.TrackingNumber, OrderEvents.Reason
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE OrderEvents DROP CONSTRAINT CK_OrderEvents_Reason;
DROP INDEX IX_Orders_Due ON Orders;
GO
ALTER TABLE OrderEvents DROP COLUMN Reason;
ALTER TABLE Orders DROP COLUMN TrackingNumber;
ALTER TABLE Orders DROP COLUMN Carrier;
ALTER TABLE Orders DROP COLUMN RemindedAt;
ALTER TABLE Orders DROP COLUMN DueStatus;
ALTER TABLE Orders DROP COLUMN DueAt;
GO
UPDATE Orders SET Status = N'placed' WHERE Status = N'paying';
UPDATE Orders SET Status = N'shipped' WHERE Status IN (N'delivered', N'disputed');
UPDATE Orders SET Status = N'cancelled' WHERE Status IN (N'declined', N'resolved');
GO
ALTER TABLE Orders DROP CONSTRAINT CK_Orders_Status;
GO
ALTER TABLE Orders ADD CONSTRAINT CK_Orders_Status CHECK (Status IN (N'placed', N'paid', N'shipped', N'completed', N'cancelled'));
GO
COMMIT TRANSACTION;
GO
