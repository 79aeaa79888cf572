-- Just enough shop to rate honestly: a listing, an order on it, the moves of that order, its payment.
-- Money is stored exactly, as a whole number of 1/100,000,000; Price shows it to people who query the database.
CREATE TABLE SellerProfiles (
  UserId INTEGER NOT NULL,
  Bio TEXT NULL,
  Location TEXT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  UpdatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT PK_SellerProfiles PRIMARY KEY (UserId),
  CONSTRAINT FK_SellerProfiles_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
CREATE TABLE SellerListings (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  SellerId INTEGER NOT NULL,
  Title TEXT NOT NULL,
  Description TEXT NULL,
  PriceE8 BIGINT NOT NULL,
  Price REAL GENERATED ALWAYS AS (PriceE8 / 100000000.0) STORED,
  Currency TEXT NOT NULL,
  Category TEXT NOT NULL,
  Status TEXT NOT NULL DEFAULT 'active',
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  UpdatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT FK_SellerListings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_SellerListings_Price CHECK (PriceE8 > 0 AND PriceE8 <= 999999999999999999),
  CONSTRAINT CK_SellerListings_Status CHECK (Status IN ('draft', 'active', 'paused', 'sold', 'archived'))
);
CREATE INDEX IX_SellerListings_Seller ON SellerListings (SellerId, Status, CreatedAt DESC);
CREATE INDEX IX_SellerListings_Category ON SellerListings (Status, Category, CreatedAt DESC);
CREATE TABLE Orders (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  ListingId INTEGER NOT NULL,
  SellerId INTEGER NOT NULL,
  BuyerId INTEGER NOT NULL,
  Title TEXT NOT NULL,
  PriceE8 BIGINT NOT NULL,
  Price REAL GENERATED ALWAYS AS (PriceE8 / 100000000.0) STORED,
  Currency TEXT NOT NULL,
  Status TEXT NOT NULL DEFAULT 'placed',
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  UpdatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CompletedAt DATETIME NULL,
  CONSTRAINT FK_Orders_Listing FOREIGN KEY (ListingId) REFERENCES SellerListings (Id),
  CONSTRAINT FK_Orders_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_Orders_Buyer FOREIGN KEY (BuyerId) REFERENCES Users (Id),
  CONSTRAINT CK_Orders_Self CHECK (SellerId <> BuyerId),
  CONSTRAINT CK_Orders_Price CHECK (PriceE8 > 0 AND PriceE8 <= 999999999999999999),
  CONSTRAINT CK_Orders_Status CHECK (Status IN ('placed', 'paid', 'shipped', 'completed', 'cancelled'))
);
CREATE INDEX IX_Orders_Buyer_Seller ON Orders (BuyerId, SellerId, Status);
CREATE INDEX IX_Orders_Buyer ON Orders (BuyerId, Id);
CREATE INDEX IX_Orders_Seller ON Orders (SellerId, Id);
CREATE TABLE OrderEvents (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  OrderId INTEGER NOT NULL,
  FromStatus TEXT NULL,
  ToStatus TEXT NOT NULL,
  ActorId INTEGER NOT NULL,
  At DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT FK_OrderEvents_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id)
);
CREATE INDEX IX_OrderEvents_Order ON OrderEvents (OrderId, Id);
CREATE TABLE Payments (
  OrderId INTEGER NOT NULL,
  Provider TEXT NOT NULL,
  Reference TEXT NOT NULL,
  AmountE8 BIGINT NOT NULL,
  Currency TEXT NOT NULL,
  Status TEXT NOT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  UpdatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT PK_Payments PRIMARY KEY (OrderId),
  CONSTRAINT FK_Payments_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_Payments_Status CHECK (Status IN ('captured', 'refunded'))
);
