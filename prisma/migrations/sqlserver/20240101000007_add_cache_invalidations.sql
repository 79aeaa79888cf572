-- What caches must forget, and when they had: the id is that of the event in OutboxEvents.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE SellerCacheInvalidations (
  Id INT NOT NULL,
  SellerId INT NULL,
  InvalidationType NVARCHAR(50) NOT NULL,
  Component NVARCHAR(100) NOT NULL,
  TriggeredAt DATETIME2(3) NOT NULL CONSTRAINT DF_SellerCacheInvalidations_TriggeredAt DEFAULT SYSUTCDATETIME(),
  CompletedAt DATETIME2(3) NULL,
  CONSTRAINT PK_SellerCacheInvalidations PRIMARY KEY (Id),
  CONSTRAINT FK_SellerCacheInvalidations_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_SellerCacheInvalidations_InvalidationType CHECK ((InvalidationType = N'seller' AND SellerId IS NOT NULL) OR (InvalidationType = N'all' AND SellerId IS NULL))
);
GO
CREATE INDEX IX_SellerCacheInvalidations_SellerId ON SellerCacheInvalidations (SellerId, Id);
CREATE INDEX IX_SellerCacheInvalidations_CompletedAt ON SellerCacheInvalidations (CompletedAt);
GO
COMMIT TRANSACTION;
GO
