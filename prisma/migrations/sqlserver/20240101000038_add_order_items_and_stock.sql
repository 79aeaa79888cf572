-- Orders have items, shipping and a group, which is one checkout; listings have a quantity, of which orders reserve units. Baskets, and the
-- addresses that parcels go to.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE OrderGroups (
  Id INT NOT NULL IDENTITY(1,1),
  BuyerId INT NOT NULL,
  Currency NVARCHAR(10) NOT NULL,
  RecipientName NVARCHAR(100) NULL,
  Line1 NVARCHAR(100) NULL,
  Line2 NVARCHAR(100) NULL,
  PostalCode NVARCHAR(20) NULL,
  City NVARCHAR(100) NULL,
  Region NVARCHAR(100) NULL,
  Country NVARCHAR(2) NULL,
  Phone NVARCHAR(30) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_OrderGroups PRIMARY KEY (Id),
  CONSTRAINT FK_OrderGroups_Buyer FOREIGN KEY (BuyerId) REFERENCES Users (Id)
);
GO
CREATE INDEX IX_OrderGroups_Buyer ON OrderGroups (BuyerId, Id);
GO
ALTER TABLE Orders ADD GroupId INT NULL;
ALTER TABLE Orders ADD ShippingE8 BIGINT NOT NULL CONSTRAINT DF_Orders_ShippingE8 DEFAULT 0;
ALTER TABLE Orders ADD Note NVARCHAR(500) NULL;
ALTER TABLE Orders ADD Delivery NVARCHAR(10) NULL;
ALTER TABLE Orders ADD EscrowEnabled BIT NOT NULL CONSTRAINT DF_Orders_EscrowEnabled DEFAULT 0;
GO
ALTER TABLE Orders ADD CONSTRAINT CK_Orders_Shipping CHECK (ShippingE8 >= 0 AND ShippingE8 <= 999999999999999999);
ALTER TABLE Orders ADD CONSTRAINT CK_Orders_Delivery CHECK (Delivery IN (N'ship', N'pickup'));
ALTER TABLE Orders ADD CONSTRAINT FK_Orders_Group FOREIGN KEY (GroupId) REFERENCES OrderGroups (Id);
CREATE INDEX IX_Orders_Group ON Orders (GroupId);
GO
ALTER TABLE SellerListings ADD Quantity INT NOT NULL CONSTRAINT DF_SellerListings_Quantity DEFAULT 1;
ALTER TABLE SellerListings ADD Reserved INT NOT NULL CONSTRAINT DF_SellerListings_Reserved DEFAULT 0;
GO
ALTER TABLE SellerListings ADD CONSTRAINT CK_SellerListings_Quantity CHECK (Quantity >= 0);
ALTER TABLE SellerListings ADD CONSTRAINT CK_SellerListings_Reserved CHECK (Reserved >= 0 AND Reserved <= Quantity);
GO
CREATE TABLE OrderItems (
  Id INT NOT NULL IDENTITY(1,1),
  OrderId INT NOT NULL,
  ListingId INT NOT NULL,
  Title NVARCHAR(255) NOT NULL,
  Category NVARCHAR(100) NOT NULL,
  UnitPriceE8 BIGINT NOT NULL,
  Quantity INT NOT NULL,
  Stock NVARCHAR(10) NOT NULL,
  CONSTRAINT PK_OrderItems PRIMARY KEY (Id),
  CONSTRAINT FK_OrderItems_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT FK_OrderItems_Listing FOREIGN KEY (ListingId) REFERENCES SellerListings (Id),
  CONSTRAINT CK_OrderItems_Price CHECK (UnitPriceE8 > 0 AND UnitPriceE8 <= 999999999999999999),
  CONSTRAINT CK_OrderItems_Quantity CHECK (Quantity >= 1),
  CONSTRAINT CK_OrderItems_Stock CHECK (Stock IN (N'none', N'reserved', N'sold', N'released'))
);
GO
CREATE UNIQUE INDEX UX_OrderItems_Listing ON OrderItems (OrderId, ListingId);
CREATE INDEX IX_OrderItems_Listing ON OrderItems (ListingId, OrderId);
GO
-- What a sale has marked sold has no units left; what its seller marked sold has one.
UPDATE SellerListings SET Quantity = 0 WHERE Status = N'sold' AND EXISTS (
  SELECT 1 FROM OrderEvents e JOIN Orders o ON o.Id = e.OrderId JOIN ListingEvents m ON m.ListingId = o.ListingId AND m.At = e.At
  WHERE o.ListingId = SellerListings.Id AND e.ToStatus = N'paid' AND o.Status IN (N'paid', N'shipped', N'completed') AND m.ToStatus = N'sold'
    AND NOT EXISTS (SELECT 1 FROM ListingEvents n WHERE n.ListingId = m.ListingId AND n.Id > m.Id)
);
GO
INSERT INTO OrderItems (OrderId, ListingId, Title, Category, UnitPriceE8, Quantity, Stock)
SELECT o.Id, o.ListingId, o.Title, l.Category, o.PriceE8, 1, CASE WHEN l.Quantity = 0 AND o.Status IN (N'paid', N'shipped', N'completed') AND EXISTS (
  SELECT 1 FROM OrderEvents e JOIN ListingEvents m ON m.At = e.At
  WHERE e.OrderId = o.Id AND e.ToStatus = N'paid' AND m.ListingId = o.ListingId AND m.ToStatus = N'sold'
    AND NOT EXISTS (SELECT 1 FROM ListingEvents n WHERE n.ListingId = m.ListingId AND n.Id > m.Id)
) THEN N'sold' ELSE N'none' END
FROM Orders o JOIN SellerListings l ON l.Id = o.ListingId;
UPDATE Orders SET EscrowEnabled = (SELECT l.EscrowEnabled FROM SellerListings l WHERE l.Id = Orders.ListingId);
GO
CREATE TABLE BasketItems (
  UserId INT NOT NULL,
  ListingId INT NOT NULL,
  Quantity INT NOT NULL,
  PriceE8 BIGINT NOT NULL,
  Currency NVARCHAR(10) NOT NULL,
  AddedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_BasketItems PRIMARY KEY (UserId, ListingId),
  CONSTRAINT FK_BasketItems_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT FK_BasketItems_Listing FOREIGN KEY (ListingId) REFERENCES SellerListings (Id),
  CONSTRAINT CK_BasketItems_Quantity CHECK (Quantity >= 1)
);
GO
CREATE INDEX IX_BasketItems_Listing ON BasketItems (ListingId);
GO
CREATE TABLE Addresses (
  Id INT NOT NULL IDENTITY(1,1),
  UserId INT NOT NULL,
  RecipientName NVARCHAR(100) NOT NULL,
  Line1 NVARCHAR(100) NOT NULL,
  Line2 NVARCHAR(100) NULL,
  PostalCode NVARCHAR(20) NULL,
  City NVARCHAR(100) NOT NULL,
  Region NVARCHAR(100) NULL,
  Country NVARCHAR(2) NOT NULL,
  Phone NVARCHAR(30) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  LastUsedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_Addresses PRIMARY KEY (Id),
  CONSTRAINT FK_Addresses_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
GO
CREATE INDEX IX_Addresses_User ON Addresses (UserId, LastUsedAt);
GO
COMMIT TRANSACTION;
GO
