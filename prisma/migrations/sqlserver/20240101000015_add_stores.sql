-- Stores: what sellers say of theirs, which listings come first, who follows them, and when followers looked last.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE Stores (
  SellerId INT NOT NULL,
  About NVARCHAR(4000) NULL,
  Accent NVARCHAR(7) NULL,
  ShippingPolicy NVARCHAR(4000) NULL,
  ReturnsPolicy NVARCHAR(4000) NULL,
  ContactPolicy NVARCHAR(4000) NULL,
  Version INT NOT NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_Stores PRIMARY KEY (SellerId),
  CONSTRAINT FK_Stores_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_Stores_Accent CHECK (Accent LIKE N'#______')
);
GO
CREATE TABLE StoreFeatured (
  SellerId INT NOT NULL,
  ListingId INT NOT NULL,
  Position INT NOT NULL,
  CONSTRAINT PK_StoreFeatured PRIMARY KEY (SellerId, ListingId),
  CONSTRAINT FK_StoreFeatured_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_StoreFeatured_Listing FOREIGN KEY (ListingId) REFERENCES SellerListings (Id),
  CONSTRAINT CK_StoreFeatured_Position CHECK (Position >= 0 AND Position < 6)
);
GO
CREATE TABLE StoreFollows (
  SellerId INT NOT NULL,
  UserId INT NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_StoreFollows PRIMARY KEY (SellerId, UserId),
  CONSTRAINT FK_StoreFollows_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_StoreFollows_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_StoreFollows_Self CHECK (SellerId <> UserId)
);
GO
CREATE TABLE FollowingVisits (
  UserId INT NOT NULL,
  VisitedAt DATETIME2(3) NOT NULL,
  PreviousAt DATETIME2(3) NULL,
  CONSTRAINT PK_FollowingVisits PRIMARY KEY (UserId),
  CONSTRAINT FK_FollowingVisits_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
GO
CREATE UNIQUE INDEX UX_StoreFeatured_Position ON StoreFeatured (SellerId, Position);
CREATE INDEX IX_StoreFeatured_Listing ON StoreFeatured (ListingId);
CREATE INDEX IX_StoreFollows_User ON StoreFollows (UserId, CreatedAt DESC, SellerId DESC);
GO
COMMIT TRANSACTION;
GO
