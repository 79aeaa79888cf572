-- destructive: Orders.DueAt, Orders.DueStatus, Orders.RemindedAt, Orders.Carrier, Orders.TrackingNumber, OrderEvents.Reason
ALTER TABLE OrderEvents DROP CONSTRAINT CK_OrderEvents_Reason;
ALTER TABLE OrderEvents DROP COLUMN Reason;
DROP INDEX IX_Orders_Due;
ALTER TABLE Orders DROP COLUMN TrackingNumber;
ALTER TABLE Orders DROP COLUMN Carrier;
ALTER TABLE Orders DROP COLUMN RemindedAt;
ALTER TABLE Orders DROP COLUMN DueStatus;
ALTER TABLE Orders DROP COLUMN DueAt;
UPDATE Orders SET Status = 'placed' WHERE Status = 'paying';
UPDATE Orders SET Status = 'shipped' WHERE Status IN ('delivered', 'disputed');
UPDATE Orders SET Status = 'cancelled' WHERE Status IN ('declined', 'resolved');
ALTER TABLE Orders DROP CONSTRAINT CK_Orders_Status;
ALTER TABLE Orders ADD CONSTRAINT CK_Orders_Status CHECK (Status IN ('placed', 'paid', 'shipped', 'completed', 'cancelled'));
