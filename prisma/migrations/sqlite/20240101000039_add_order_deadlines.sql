-- States of an order end by themselves: when, and of which state. Shipments have a carrier and a number, transitions a reason.
ALTER TABLE Orders DROP CONSTRAINT CK_Orders_Status;
ALTER TABLE Orders ADD CONSTRAINT CK_Orders_Status CHECK (Status IN ('placed', 'paying', 'paid', 'shipped', 'delivered', 'completed', 'cancelled', 'declined', 'disputed', 'resolved'));
ALTER TABLE Orders ADD COLUMN DueAt DATETIME NULL;
ALTER TABLE Orders ADD COLUMN DueStatus TEXT NULL;
ALTER TABLE Orders ADD COLUMN RemindedAt DATETIME NULL;
ALTER TABLE Orders ADD COLUMN Carrier TEXT NULL;
ALTER TABLE Orders ADD COLUMN TrackingNumber TEXT NULL;
CREATE INDEX IX_Orders_Due ON Orders (Status, DueStatus, DueAt, Id);
ALTER TABLE OrderEvents ADD COLUMN Reason TEXT NULL;
ALTER TABLE OrderEvents ADD CONSTRAINT CK_OrderEvents_Reason CHECK (Reason IN ('changed-mind', 'found-elsewhere', 'ordered-by-mistake', 'wrong-address', 'buyer-asked', 'address-problem', 'out-of-stock', 'price-mistake', 'cannot-ship', 'other', 'not-paid', 'not-shipped', 'delivery-time-passed', 'not-disputed', 'payment-refused'));
