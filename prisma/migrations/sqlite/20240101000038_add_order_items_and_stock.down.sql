-- destructive: Addresses, BasketItems, OrderGroups, Orders.Note
-- Quantities and shipping go with them: an order with shipping has a group. Items of older orders can be made again.
DROP TABLE Addresses;
DROP TABLE BasketItems;
DROP TABLE OrderItems;
ALTER TABLE SellerListings DROP COLUMN Reserved;
ALTER TABLE SellerListings DROP COLUMN Quantity;
DROP INDEX IX_Orders_Group;
ALTER TABLE Orders DROP COLUMN GroupId;
ALTER TABLE Orders DROP COLUMN ShippingE8;
ALTER TABLE Orders DROP COLUMN Note;
ALTER TABLE Orders DROP COLUMN Delivery;
ALTER TABLE Orders DROP COLUMN EscrowEnabled;
DROP TABLE OrderGroups;
