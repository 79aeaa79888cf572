-- Orders have items, shipping and a group, which is one checkout; listings have a quantity, of which orders reserve units. Baskets, and the
-- addresses that parcels go to.
CREATE TABLE OrderGroups (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  BuyerId INTEGER NOT NULL,
  Currency TEXT NOT NULL,
  RecipientName TEXT NULL,
  Line1 TEXT NULL,
  Line2 TEXT NULL,
  PostalCode TEXT NULL,
  City TEXT NULL,
  Region TEXT NULL,
  Country TEXT NULL,
  Phone TEXT NULL,
  CreatedAt DATETIME NOT NULL,
  CONSTRAINT FK_OrderGroups_Buyer FOREIGN KEY (BuyerId) REFERENCES Users (Id)
);
CREATE INDEX IX_OrderGroups_Buyer ON OrderGroups (BuyerId, Id);
ALTER TABLE Orders ADD COLUMN GroupId INTEGER NULL CONSTRAINT FK_Orders_Group REFERENCES OrderGroups (Id);
ALTER TABLE Orders ADD COLUMN ShippingE8 BIGINT NOT NULL DEFAULT 0
  CONSTRAINT CK_Orders_Shipping CHECK (ShippingE8 >= 0 AND ShippingE8 <= 999999999999999999);
ALTER TABLE Orders ADD COLUMN Note TEXT NULL;
ALTER TABLE Orders ADD COLUMN Delivery TEXT NULL CONSTRAINT CK_Orders_Delivery CHECK (Delivery IN ('ship', 'pickup'));
ALTER TABLE Orders ADD COLUMN EscrowEnabled BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX IX_Orders_Group ON Orders (GroupId);
ALTER TABLE SellerListings ADD COLUMN Quantity INTEGER NOT NULL DEFAULT 1
  CONSTRAINT CK_SellerListings_Quantity CHECK (Quantity >= 0);
ALTER TABLE SellerListings ADD COLUMN Reserved INTEGER NOT NULL DEFAULT 0
  CONSTRAINT CK_SellerListings_Reserved CHECK (Reserved >= 0 AND Reserved <= Quantity);
CREATE TABLE OrderItems (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  OrderId INTEGER NOT NULL,
  ListingId INTEGER NOT NULL,
  Title TEXT NOT NULL,
  Category TEXT NOT NULL,
  UnitPriceE8 BIGINT NOT NULL,
  Quantity INTEGER NOT NULL,
  Stock TEXT NOT NULL,
  CONSTRAINT FK_OrderItems_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT FK_OrderItems_Listing FOREIGN KEY (ListingId) REFERENCES SellerListings (Id),
  CONSTRAINT CK_OrderItems_Price CHECK (UnitPriceE8 > 0 AND UnitPriceE8 <= 999999999999999999),
  CONSTRAINT CK_OrderItems_Quantity CHECK (Quantity >= 1),
  CONSTRAINT CK_OrderItems_Stock CHECK (Stock IN ('none', 'reserved', 'sold', 'released'))
);
CREATE UNIQUE INDEX UX_OrderItems_Listing ON OrderItems (OrderId, ListingId);
CREATE INDEX IX_OrderItems_Listing ON OrderItems (ListingId, OrderId);
-- What a sale has marked sold has no units left; what its seller marked sold has one.
UPDATE SellerListings SET Quantity = 0 WHERE Status = 'sold' AND EXISTS (
  SELECT 1 FROM OrderEvents e JOIN Orders o ON o.Id = e.OrderId JOIN ListingEvents m ON m.ListingId = o.ListingId AND m.At = e.At
  WHERE o.ListingId = SellerListings.Id AND e.ToStatus = 'paid' AND o.Status IN ('paid', 'shipped', 'completed') AND m.ToStatus = 'sold'
    AND NOT EXISTS (SELECT 1 FROM ListingEvents n WHERE n.ListingId = m.ListingId AND n.Id > m.Id)
);
INSERT INTO OrderItems (OrderId, ListingId, Title, Category, UnitPriceE8, Quantity, Stock)
SELECT o.Id, o.ListingId, o.Title, l.Category, o.PriceE8, 1, CASE WHEN l.Quantity = 0 AND o.Status IN ('paid', 'shipped', 'completed') AND EXISTS (
  SELECT 1 FROM OrderEvents e JOIN ListingEvents m ON m.At = e.At
  WHERE e.OrderId = o.Id AND e.ToStatus = 'paid' AND m.ListingId = o.ListingId AND m.ToStatus = 'sold'
    AND NOT EXISTS (SELECT 1 FROM ListingEvents n WHERE n.ListingId = m.ListingId AND n.Id > m.Id)
) THEN 'sold' ELSE 'none' END
FROM Orders o JOIN SellerListings l ON l.Id = o.ListingId;
UPDATE Orders SET EscrowEnabled = (SELECT l.EscrowEnabled FROM SellerListings l WHERE l.Id = Orders.ListingId);
CREATE TABLE BasketItems (
  UserId INTEGER NOT NULL,
  ListingId INTEGER NOT NULL,
  Quantity INTEGER NOT NULL,
  PriceE8 BIGINT NOT NULL,
  Currency TEXT NOT NULL,
  AddedAt DATETIME NOT NULL,
  CONSTRAINT PK_BasketItems PRIMARY KEY (UserId, ListingId),
  CONSTRAINT FK_BasketItems_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT FK_BasketItems_Listing FOREIGN KEY (ListingId) REFERENCES SellerListings (Id),
  CONSTRAINT CK_BasketItems_Quantity CHECK (Quantity >= 1)
);
CREATE INDEX IX_BasketItems_Listing ON BasketItems (ListingId);
CREATE TABLE Addresses (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  UserId INTEGER NOT NULL,
  RecipientName TEXT NOT NULL,
  Line1 TEXT NOT NULL,
  Line2 TEXT NULL,
  PostalCode TEXT NULL,
  City TEXT NOT NULL,
  Region TEXT NULL,
  Country TEXT NOT NULL,
  Phone TEXT NULL,
  CreatedAt DATETIME NOT NULL,
  LastUsedAt DATETIME NOT NULL,
  CONSTRAINT FK_Addresses_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
CREATE INDEX IX_Addresses_User ON Addresses (UserId, LastUsedAt);
