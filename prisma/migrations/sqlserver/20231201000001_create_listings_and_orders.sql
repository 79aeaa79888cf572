-- Just enough shop to rate honestly: a listing, an order on it, the moves of that order, its payment.
-- Money is stored exactly, as a whole number of 1/100,000,000; Price shows it as DECIMAL(18,8).
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE SellerProfiles (
  UserId INT NOT NULL,
  Bio NVARCHAR(2000) NULL,
  Location NVARCHAR(100) NULL,
  CreatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_SellerProfiles_CreatedAt DEFAULT SYSUTCDATETIME(),
  UpdatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_SellerProfiles_UpdatedAt DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_SellerProfiles PRIMARY KEY (UserId),
  CONSTRAINT FK_SellerProfiles_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
GO
CREATE TABLE SellerListings (
  Id INT IDENTITY(1,1) NOT NULL,
  SellerId INT NOT NULL,
  Title NVARCHAR(255) NOT NULL,
  Description NVARCHAR(4000) NULL,
  PriceE8 BIGINT NOT NULL,
  Price AS CAST(CAST(PriceE8 AS DECIMAL(28,8)) / 100000000 AS DECIMAL(18,8)),
  Currency NVARCHAR(10) NOT NULL,
  Category NVARCHAR(100) NOT NULL,
  Status NVARCHAR(20) NOT NULL CONSTRAINT DF_SellerListings_Status DEFAULT N'active',
  CreatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_SellerListings_CreatedAt DEFAULT SYSUTCDATETIME(),
  UpdatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_SellerListings_UpdatedAt DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_SellerListings PRIMARY KEY (Id),
  CONSTRAINT FK_SellerListings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_SellerListings_Price CHECK (PriceE8 > 0 AND PriceE8 <= 999999999999999999),
  CONSTRAINT CK_SellerListings_Status CHECK (Status IN (N'draft', N'active', N'paused', N'sold', N'archived'))
);
GO
CREATE INDEX IX_SellerListings_Seller ON SellerListings (SellerId, Status, CreatedAt DESC);
CREATE INDEX IX_SellerListings_Category ON SellerListings (Status, Category, CreatedAt DESC);
GO
CREATE TABLE Orders (
  Id INT IDENTITY(1,1) NOT NULL,
  ListingId INT NOT NULL,
  SellerId INT NOT NULL,
  BuyerId INT NOT NULL,
  Title NVARCHAR(255) NOT NULL,
  PriceE8 BIGINT NOT NULL,
  Price AS CAST(CAST(PriceE8 AS DECIMAL(28,8)) / 100000000 AS DECIMAL(18,8)),
  Currency NVARCHAR(10) NOT NULL,
  Status NVARCHAR(20) NOT NULL CONSTRAINT DF_Orders_Status DEFAULT N'placed',
  CreatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_Orders_CreatedAt DEFAULT SYSUTCDATETIME(),
  UpdatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_Orders_UpdatedAt DEFAULT SYSUTCDATETIME(),
  CompletedAt DATETIME2(3) NULL,
  CONSTRAINT PK_Orders PRIMARY KEY (Id),
  CONSTRAINT FK_Orders_Listing FOREIGN KEY (ListingId) REFERENCES SellerListings (Id),
  CONSTRAINT FK_Orders_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_Orders_Buyer FOREIGN KEY (BuyerId) REFERENCES Users (Id),
  CONSTRAINT CK_Orders_Self CHECK (SellerId <> BuyerId),
  CONSTRAINT CK_Orders_Price CHECK (PriceE8 > 0 AND PriceE8 <= 999999999999999999),
  CONSTRAINT CK_Orders_Status CHECK (Status IN (N'placed', N'paid', N'shipped', N'completed', N'cancelled'))
);
GO
CREATE INDEX IX_Orders_Buyer_Seller ON Orders (BuyerId, SellerId, Status);
CREATE INDEX IX_Orders_Buyer ON Orders (BuyerId, Id);
CREATE INDEX IX_Orders_Seller ON Orders (SellerId, Id);
GO
CREATE TABLE OrderEvents (
  Id INT IDENTITY(1,1) NOT NULL,
  OrderId INT NOT NULL,
  FromStatus NVARCHAR(20) NULL,
  ToStatus NVARCHAR(20) NOT NULL,
  ActorId INT NOT NULL,
  At DATETIME2(3) NOT NULL CONSTRAINT DF_OrderEvents_At DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_OrderEvents PRIMARY KEY (Id),
  CONSTRAINT FK_OrderEvents_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id)
);
GO
CREATE INDEX IX_OrderEvents_Order ON OrderEvents (OrderId, Id);
GO
CREATE TABLE Payments (
  OrderId INT NOT NULL,
  Provider NVARCHAR(20) NOT NULL,
  Reference NVARCHAR(64) NOT NULL,
  AmountE8 BIGINT NOT NULL,
  Currency NVARCHAR(10) NOT NULL,
  Status NVARCHAR(20) NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_Payments_CreatedAt DEFAULT SYSUTCDATETIME(),
  UpdatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_Payments_UpdatedAt DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_Payments PRIMARY KEY (OrderId),
  CONSTRAINT FK_Payments_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_Payments_Status CHECK (Status IN (N'captured', N'refunded'))
);
GO
COMMIT TRANSACTION;
GO
