-- destructive: OrderDisputes, DisputeEvents, DisputeFiles
DROP TABLE DisputeFiles;
DROP TABLE DisputeEvents;
DROP TABLE OrderDisputes;
UPDATE OrderEvents SET Reason = NULL WHERE Reason IN ('refunded-in-full', 'refunded-in-part', 'not-refunded');
ALTER TABLE OrderEvents DROP CONSTRAINT CK_OrderEvents_Reason;
ALTER TABLE OrderEvents ADD CONSTRAINT CK_OrderEvents_Reason CHECK (Reason IN ('changed-mind', 'found-elsewhere', 'ordered-by-mistake', 'wrong-address', 'buyer-asked', 'address-problem', 'out-of-stock', 'price-mistake', 'cannot-ship', 'other', 'not-paid', 'not-shipped', 'delivery-time-passed', 'not-disputed', 'payment-refused'));
