-- A buyer returns items of a delivered order: what, where to, how it is sent, and each step. OpenKey lets an order have one open return.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE Returns (
  Id INT IDENTITY(1, 1) NOT NULL,
  OrderId INT NOT NULL,
  OpenKey NVARCHAR(30) NOT NULL,
  Reason NVARCHAR(30) NOT NULL,
  Status NVARCHAR(10) NOT NULL,
  DueAt DATETIME2(3) NULL,
  RecipientName NVARCHAR(100) NULL,
  Line1 NVARCHAR(100) NULL,
  Line2 NVARCHAR(100) NULL,
  PostalCode NVARCHAR(20) NULL,
  City NVARCHAR(100) NULL,
  Region NVARCHAR(100) NULL,
  Country NVARCHAR(2) NULL,
  Phone NVARCHAR(30) NULL,
  Carrier NVARCHAR(30) NULL,
  TrackingNumber NVARCHAR(64) NULL,
  RefundE8 BIGINT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  ClosedAt DATETIME2(3) NULL,
  CONSTRAINT PK_Returns PRIMARY KEY (Id),
  CONSTRAINT FK_Returns_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_Returns_Reason CHECK (Reason IN (N'damaged', N'not-as-described', N'wrong-item', N'incomplete', N'changed-mind', N'other')),
  CONSTRAINT CK_Returns_Status CHECK (Status IN (N'requested', N'accepted', N'declined', N'sent', N'refunded', N'closed', N'escalated')),
  CONSTRAINT CK_Returns_Refund CHECK (RefundE8 >= 0),
  CONSTRAINT CK_Returns_Closed CHECK ((Status IN (N'refunded', N'closed', N'escalated') AND ClosedAt IS NOT NULL AND DueAt IS NULL) OR (Status NOT IN (N'refunded', N'closed', N'escalated') AND ClosedAt IS NULL AND DueAt IS NOT NULL))
);
GO
CREATE UNIQUE INDEX UX_Returns_OpenKey ON Returns (OpenKey);
CREATE INDEX IX_Returns_Order ON Returns (OrderId, Id);
CREATE INDEX IX_Returns_Due ON Returns (DueAt, Id);
GO
CREATE TABLE ReturnItems (
  ReturnId INT NOT NULL,
  ItemId INT NOT NULL,
  Quantity INT NOT NULL,
  CONSTRAINT PK_ReturnItems PRIMARY KEY (ReturnId, ItemId),
  CONSTRAINT FK_ReturnItems_Return FOREIGN KEY (ReturnId) REFERENCES Returns (Id),
  CONSTRAINT FK_ReturnItems_Item FOREIGN KEY (ItemId) REFERENCES OrderItems (Id),
  CONSTRAINT CK_ReturnItems_Quantity CHECK (Quantity > 0)
);
GO
CREATE INDEX IX_ReturnItems_Item ON ReturnItems (ItemId, ReturnId);
GO
CREATE TABLE ReturnEvents (
  Id INT IDENTITY(1, 1) NOT NULL,
  ReturnId INT NOT NULL,
  ActorId INT NOT NULL,
  Action NVARCHAR(10) NOT NULL,
  Text NVARCHAR(2000) NULL,
  At DATETIME2(3) NOT NULL,
  CONSTRAINT PK_ReturnEvents PRIMARY KEY (Id),
  CONSTRAINT FK_ReturnEvents_Return FOREIGN KEY (ReturnId) REFERENCES Returns (Id),
  CONSTRAINT CK_ReturnEvents_Action CHECK (Action IN (N'request', N'accept', N'decline', N'withdraw', N'send', N'receive', N'escalate', N'expire'))
);
GO
CREATE INDEX IX_ReturnEvents_Return ON ReturnEvents (ReturnId, Id);
CREATE INDEX IX_ReturnEvents_Actor ON ReturnEvents (ActorId, Id);
GO
COMMIT TRANSACTION;
GO
