-- Items of a paid order are cancelled one by one before it is shipped: how many units, by which side, and why.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE CancelledItems (
  Id INT IDENTITY(1, 1) NOT NULL,
  OrderId INT NOT NULL,
  ItemId INT NOT NULL,
  Quantity INT NOT NULL,
  ActorId INT NOT NULL,
  Reason NVARCHAR(30) NOT NULL,
  At DATETIME2(3) NOT NULL,
  CONSTRAINT PK_CancelledItems PRIMARY KEY (Id),
  CONSTRAINT FK_CancelledItems_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT FK_CancelledItems_Item FOREIGN KEY (ItemId) REFERENCES OrderItems (Id),
  CONSTRAINT CK_CancelledItems_Quantity CHECK (Quantity > 0),
  CONSTRAINT CK_CancelledItems_Reason CHECK (Reason IN (N'changed-mind', N'found-elsewhere', N'ordered-by-mistake', N'wrong-address', N'buyer-asked', N'address-problem', N'out-of-stock', N'price-mistake', N'cannot-ship', N'other'))
);
GO
CREATE INDEX IX_CancelledItems_Order ON CancelledItems (OrderId, Id);
CREATE INDEX IX_CancelledItems_Item ON CancelledItems (ItemId, Quantity);
GO
COMMIT TRANSACTION;
GO
