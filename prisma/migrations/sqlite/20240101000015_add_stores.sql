-- Stores: what sellers say of theirs, which listings come first, who follows them, and when followers looked last.
CREATE TABLE Stores (
  SellerId INTEGER NOT NULL,
  About TEXT NULL,
  Accent TEXT NULL,
  ShippingPolicy TEXT NULL,
  ReturnsPolicy TEXT NULL,
  ContactPolicy TEXT NULL,
  Version INTEGER NOT NULL,
  UpdatedAt DATETIME NOT NULL,
  CONSTRAINT PK_Stores PRIMARY KEY (SellerId),
  CONSTRAINT FK_Stores_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_Stores_Accent CHECK (Accent LIKE '#______')
);
CREATE TABLE StoreFeatured (
  SellerId INTEGER NOT NULL,
  ListingId INTEGER NOT NULL,
  Position INTEGER NOT NULL,
  CONSTRAINT PK_StoreFeatured PRIMARY KEY (SellerId, ListingId),
  CONSTRAINT FK_StoreFeatured_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_StoreFeatured_Listing FOREIGN KEY (ListingId) REFERENCES SellerListings (Id),
  CONSTRAINT CK_StoreFeatured_Position CHECK (Position >= 0 AND Position < 6)
);
CREATE TABLE StoreFollows (
  SellerId INTEGER NOT NULL,
  UserId INTEGER NOT NULL,
  CreatedAt DATETIME NOT NULL,
  CONSTRAINT PK_StoreFollows PRIMARY KEY (SellerId, UserId),
  CONSTRAINT FK_StoreFollows_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_StoreFollows_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_StoreFollows_Self CHECK (SellerId <> UserId)
);
CREATE TABLE FollowingVisits (
  UserId INTEGER NOT NULL,
  VisitedAt DATETIME NOT NULL,
  PreviousAt DATETIME NULL,
  CONSTRAINT PK_FollowingVisits PRIMARY KEY (UserId),
  CONSTRAINT FK_FollowingVisits_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
CREATE UNIQUE INDEX UX_StoreFeatured_Position ON StoreFeatured (SellerId, Position);
CREATE INDEX IX_StoreFeatured_Listing ON StoreFeatured (ListingId);
CREATE INDEX IX_StoreFollows_User ON StoreFollows (UserId, CreatedAt DESC, SellerId DESC);
