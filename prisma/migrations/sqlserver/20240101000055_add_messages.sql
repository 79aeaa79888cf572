-- Buyers and sellers write to each other about a listing, an order or a store. A message is held where it would lead a deal elsewhere.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE MessageThreads (
  Id INT IDENTITY(1, 1) NOT NULL,
  Kind NVARCHAR(20) NOT NULL,
  SubjectId INT NOT NULL,
  BuyerId INT NOT NULL,
  SellerId INT NOT NULL,
  LastPosition INT NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  LastAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_MessageThreads PRIMARY KEY (Id),
  CONSTRAINT FK_MessageThreads_Buyer FOREIGN KEY (BuyerId) REFERENCES Users (Id),
  CONSTRAINT FK_MessageThreads_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_MessageThreads_Kind CHECK (Kind IN (N'listing', N'order', N'store')),
  CONSTRAINT CK_MessageThreads_Sides CHECK (BuyerId <> SellerId),
  CONSTRAINT CK_MessageThreads_LastPosition CHECK (LastPosition >= 0)
);
GO
CREATE UNIQUE INDEX UX_MessageThreads_Subject ON MessageThreads (Kind, SubjectId, BuyerId);
CREATE INDEX IX_MessageThreads_Buyer ON MessageThreads (BuyerId, SellerId);
CREATE INDEX IX_MessageThreads_Seller ON MessageThreads (SellerId, CreatedAt);
CREATE INDEX IX_MessageThreads_LastAt ON MessageThreads (LastAt);
GO
CREATE TABLE MessageThreadSides (
  ThreadId INT NOT NULL,
  UserId INT NOT NULL,
  Role NVARCHAR(10) NOT NULL,
  ReadUpTo INT NOT NULL,
  LastAt DATETIME2(3) NULL,
  ArchivedAt DATETIME2(3) NULL,
  CONSTRAINT PK_MessageThreadSides PRIMARY KEY (ThreadId, UserId),
  CONSTRAINT FK_MessageThreadSides_Thread FOREIGN KEY (ThreadId) REFERENCES MessageThreads (Id),
  CONSTRAINT FK_MessageThreadSides_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_MessageThreadSides_Role CHECK (Role IN (N'buyer', N'seller')),
  CONSTRAINT CK_MessageThreadSides_ReadUpTo CHECK (ReadUpTo >= 0)
);
GO
CREATE INDEX IX_MessageThreadSides_User ON MessageThreadSides (UserId, LastAt, ThreadId);
GO
CREATE TABLE Messages (
  Id INT IDENTITY(1, 1) NOT NULL,
  ThreadId INT NOT NULL,
  SenderId INT NOT NULL,
  ClientId NVARCHAR(64) NOT NULL,
  Position INT NOT NULL,
  Status NVARCHAR(10) NOT NULL,
  HeldFor NVARCHAR(10) NULL,
  Text NVARCHAR(2000) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_Messages PRIMARY KEY (Id),
  CONSTRAINT FK_Messages_Thread FOREIGN KEY (ThreadId) REFERENCES MessageThreads (Id),
  CONSTRAINT FK_Messages_Sender FOREIGN KEY (SenderId) REFERENCES Users (Id),
  CONSTRAINT CK_Messages_Status CHECK (Status IN (N'sent', N'held')),
  CONSTRAINT CK_Messages_HeldFor CHECK (HeldFor IN (N'email', N'phone', N'link', N'handle')),
  CONSTRAINT CK_Messages_Held CHECK (Status <> N'held' OR HeldFor IS NOT NULL),
  CONSTRAINT CK_Messages_Position CHECK (Position > 0)
);
GO
CREATE UNIQUE INDEX UX_Messages_Client ON Messages (SenderId, ClientId);
CREATE UNIQUE INDEX UX_Messages_Position ON Messages (ThreadId, Position);
CREATE INDEX IX_Messages_Sender ON Messages (SenderId, CreatedAt);
GO
COMMIT TRANSACTION;
GO
