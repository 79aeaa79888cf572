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
  CONSTRAINT CK_Messages_Status CHECK (Status IN (N'sent', N'held', N'removed')),
  CONSTRAINT CK_Messages_HeldFor CHECK (HeldFor IN (N'email', N'phone', N'link', N'handle')),
  CONSTRAINT CK_Messages_Held CHECK (Status <> N'held' OR HeldFor IS NOT NULL),
  CONSTRAINT CK_Messages_Position CHECK (Position > 0)
);
GO
CREATE UNIQUE INDEX UX_Messages_Client ON Messages (SenderId, ClientId);
CREATE UNIQUE INDEX UX_Messages_Position ON Messages (ThreadId, Position);
CREATE INDEX IX_Messages_Sender ON Messages (SenderId, CreatedAt);
GO
CREATE TABLE MessageBlocks (
  BlockerId INT NOT NULL,
  BlockedId INT NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_MessageBlocks PRIMARY KEY (BlockerId, BlockedId),
  CONSTRAINT FK_MessageBlocks_Blocker FOREIGN KEY (BlockerId) REFERENCES Users (Id),
  CONSTRAINT FK_MessageBlocks_Blocked FOREIGN KEY (BlockedId) REFERENCES Users (Id),
  CONSTRAINT CK_MessageBlocks_Sides CHECK (BlockerId <> BlockedId)
);
GO
CREATE INDEX IX_MessageBlocks_Blocked ON MessageBlocks (BlockedId, BlockerId);
GO
CREATE TABLE MessageReports (
  Id INT IDENTITY(1, 1) NOT NULL,
  MessageId INT NOT NULL,
  ReporterId INT NOT NULL,
  Reason NVARCHAR(30) NOT NULL,
  Detail NVARCHAR(1000) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  Decision NVARCHAR(10) NULL,
  DecidedBy INT NULL,
  DecidedAt DATETIME2(3) NULL,
  CONSTRAINT PK_MessageReports PRIMARY KEY (Id),
  CONSTRAINT FK_MessageReports_Message FOREIGN KEY (MessageId) REFERENCES Messages (Id),
  CONSTRAINT FK_MessageReports_Reporter FOREIGN KEY (ReporterId) REFERENCES Users (Id),
  CONSTRAINT FK_MessageReports_DecidedBy FOREIGN KEY (DecidedBy) REFERENCES Users (Id),
  CONSTRAINT CK_MessageReports_Reason CHECK (Reason IN (N'spam', N'abusive', N'scam', N'deal-elsewhere', N'other')),
  CONSTRAINT CK_MessageReports_Decision CHECK (Decision IN (N'removed', N'dismissed')),
  CONSTRAINT CK_MessageReports_Decided CHECK ((Decision IS NULL AND DecidedAt IS NULL AND DecidedBy IS NULL) OR (Decision IS NOT NULL AND DecidedAt IS NOT NULL AND DecidedBy IS NOT NULL))
);
GO
CREATE UNIQUE INDEX UX_MessageReports_Reporter ON MessageReports (MessageId, ReporterId);
CREATE INDEX IX_MessageReports_Decision ON MessageReports (Decision, Id);
CREATE INDEX IX_MessageReports_Reporter ON MessageReports (ReporterId, Id);
GO
COMMIT TRANSACTION;
GO
