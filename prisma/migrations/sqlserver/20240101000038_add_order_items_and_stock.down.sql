-- destructive: Addresses, BasketItems, OrderGroups, Orders.Note
-- Quantities and shipping go with them: an order with shipping has a group. Items of older orders can be made again.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
DROP TABLE Addresses;
DROP TABLE BasketItems;
DROP TABLE OrderItems;
GO
ALTER TABLE SellerListings DROP CONSTRAINT CK_SellerListings_Reserved;
ALTER TABLE SellerListings DROP CONSTRAINT CK_SellerListings_Quantity;
ALTER TABLE SellerListings DROP CONSTRAINT DF_SellerListings_Reserved;
ALTER TABLE SellerListings DROP CONSTRAINT DF_SellerListings_Quantity;
GO
ALTER TABLE SellerListings DROP COLUMN Reserved;
ALTER TABLE SellerListings DROP COLUMN Quantity;
GO
DROP INDEX IX_Orders_Group ON Orders;
ALTER TABLE Orders DROP CONSTRAINT FK_Orders_Group;
ALTER TABLE Orders DROP CONSTRAINT CK_Orders_Shipping;
ALTER TABLE Orders DROP CONSTRAINT CK_Orders_Delivery;
ALTER TABLE Orders DROP CONSTRAINT DF_Orders_ShippingE8;
ALTER TABLE Orders DROP CONSTRAINT DF_Orders_EscrowEnabled;
GO
ALTER TABLE Orders DROP COLUMN GroupId;
ALTER TABLE Orders DROP COLUMN ShippingE8;
ALTER TABLE Orders DROP COLUMN Note;
ALTER TABLE Orders DROP COLUMN Delivery;
ALTER TABLE Orders DROP COLUMN EscrowEnabled;
GO
DROP TABLE OrderGroups;
GO
COMMIT TRANSACTION;
GO
