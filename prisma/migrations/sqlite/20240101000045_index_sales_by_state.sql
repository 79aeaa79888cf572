-- A seller’s sales are found by their state, and those to ship are counted on each of the seller’s pages.
CREATE INDEX IX_Orders_Seller_Status ON Orders (SellerId, Status, Id);
