-- What caches must forget, and when they had: the id is that of the event in OutboxEvents.
CREATE TABLE SellerCacheInvalidations (
  Id INTEGER NOT NULL,
  SellerId INTEGER NULL,
  InvalidationType TEXT NOT NULL,
  Component TEXT NOT NULL,
  TriggeredAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CompletedAt DATETIME NULL,
  CONSTRAINT PK_SellerCacheInvalidations PRIMARY KEY (Id),
  CONSTRAINT FK_SellerCacheInvalidations_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_SellerCacheInvalidations_InvalidationType CHECK ((InvalidationType = 'seller' AND SellerId IS NOT NULL) OR (InvalidationType = 'all' AND SellerId IS NULL))
);
CREATE INDEX IX_SellerCacheInvalidations_SellerId ON SellerCacheInvalidations (SellerId, Id);
CREATE INDEX IX_SellerCacheInvalidations_CompletedAt ON SellerCacheInvalidations (CompletedAt);
