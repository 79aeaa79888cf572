-- Buyers and sellers write to each other about a listing, an order or a store. A message is held where it would lead a deal elsewhere.
CREATE TABLE MessageThreads (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Kind TEXT NOT NULL,
  SubjectId INTEGER NOT NULL,
  BuyerId INTEGER NOT NULL,
  SellerId INTEGER NOT NULL,
  LastPosition INTEGER NOT NULL,
  CreatedAt DATETIME NOT NULL,
  LastAt DATETIME NOT NULL,
  CONSTRAINT FK_MessageThreads_Buyer FOREIGN KEY (BuyerId) REFERENCES Users (Id),
  CONSTRAINT FK_MessageThreads_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_MessageThreads_Kind CHECK (Kind IN ('listing', 'order', 'store')),
  CONSTRAINT CK_MessageThreads_Sides CHECK (BuyerId <> SellerId),
  CONSTRAINT CK_MessageThreads_LastPosition CHECK (LastPosition >= 0)
);
CREATE UNIQUE INDEX UX_MessageThreads_Subject ON MessageThreads (Kind, SubjectId, BuyerId);
CREATE INDEX IX_MessageThreads_Buyer ON MessageThreads (BuyerId, SellerId);
CREATE INDEX IX_MessageThreads_Seller ON MessageThreads (SellerId, CreatedAt);
CREATE INDEX IX_MessageThreads_LastAt ON MessageThreads (LastAt);
CREATE TABLE MessageThreadSides (
  ThreadId INTEGER NOT NULL,
  UserId INTEGER NOT NULL,
  Role TEXT NOT NULL,
  ReadUpTo INTEGER NOT NULL,
  LastAt DATETIME NULL,
  ArchivedAt DATETIME NULL,
  CONSTRAINT PK_MessageThreadSides PRIMARY KEY (ThreadId, UserId),
  CONSTRAINT FK_MessageThreadSides_Thread FOREIGN KEY (ThreadId) REFERENCES MessageThreads (Id),
  CONSTRAINT FK_MessageThreadSides_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_MessageThreadSides_Role CHECK (Role IN ('buyer', 'seller')),
  CONSTRAINT CK_MessageThreadSides_ReadUpTo CHECK (ReadUpTo >= 0)
);
CREATE INDEX IX_MessageThreadSides_User ON MessageThreadSides (UserId, LastAt, ThreadId);
CREATE TABLE Messages (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  ThreadId INTEGER NOT NULL,
  SenderId INTEGER NOT NULL,
  ClientId TEXT NOT NULL,
  Position INTEGER NOT NULL,
  Status TEXT NOT NULL,
  HeldFor TEXT NULL,
  Text TEXT NULL,
  CreatedAt DATETIME NOT NULL,
  CONSTRAINT FK_Messages_Thread FOREIGN KEY (ThreadId) REFERENCES MessageThreads (Id),
  CONSTRAINT FK_Messages_Sender FOREIGN KEY (SenderId) REFERENCES Users (Id),
  CONSTRAINT CK_Messages_Status CHECK (Status IN ('sent', 'held', 'removed')),
  CONSTRAINT CK_Messages_HeldFor CHECK (HeldFor IN ('email', 'phone', 'link', 'handle')),
  CONSTRAINT CK_Messages_Held CHECK (Status <> 'held' OR HeldFor IS NOT NULL),
  CONSTRAINT CK_Messages_Position CHECK (Position > 0)
);
CREATE UNIQUE INDEX UX_Messages_Client ON Messages (SenderId, ClientId);
CREATE UNIQUE INDEX UX_Messages_Position ON Messages (ThreadId, Position);
CREATE INDEX IX_Messages_Sender ON Messages (SenderId, CreatedAt);
CREATE TABLE MessageBlocks (
  BlockerId INTEGER NOT NULL,
  BlockedId INTEGER NOT NULL,
  CreatedAt DATETIME NOT NULL,
  CONSTRAINT PK_MessageBlocks PRIMARY KEY (BlockerId, BlockedId),
  CONSTRAINT FK_MessageBlocks_Blocker FOREIGN KEY (BlockerId) REFERENCES Users (Id),
  CONSTRAINT FK_MessageBlocks_Blocked FOREIGN KEY (BlockedId) REFERENCES Users (Id),
  CONSTRAINT CK_MessageBlocks_Sides CHECK (BlockerId <> BlockedId)
);
CREATE INDEX IX_MessageBlocks_Blocked ON MessageBlocks (BlockedId, BlockerId);
CREATE TABLE MessageReports (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  MessageId INTEGER NOT NULL,
  ReporterId INTEGER NOT NULL,
  Reason TEXT NOT NULL,
  Detail TEXT NULL,
  CreatedAt DATETIME NOT NULL,
  Decision TEXT NULL,
  DecidedBy INTEGER NULL,
  DecidedAt DATETIME NULL,
  CONSTRAINT FK_MessageReports_Message FOREIGN KEY (MessageId) REFERENCES Messages (Id),
  CONSTRAINT FK_MessageReports_Reporter FOREIGN KEY (ReporterId) REFERENCES Users (Id),
  CONSTRAINT FK_MessageReports_DecidedBy FOREIGN KEY (DecidedBy) REFERENCES Users (Id),
  CONSTRAINT CK_MessageReports_Reason CHECK (Reason IN ('spam', 'abusive', 'scam', 'deal-elsewhere', 'other')),
  CONSTRAINT CK_MessageReports_Decision CHECK (Decision IN ('removed', 'dismissed')),
  CONSTRAINT CK_MessageReports_Decided CHECK ((Decision IS NULL AND DecidedAt IS NULL AND DecidedBy IS NULL) OR (Decision IS NOT NULL AND DecidedAt IS NOT NULL AND DecidedBy IS NOT NULL))
);
CREATE UNIQUE INDEX UX_MessageReports_Reporter ON MessageReports (MessageId, ReporterId);
CREATE INDEX IX_MessageReports_Decision ON MessageReports (Decision, Id);
CREATE INDEX IX_MessageReports_Reporter ON MessageReports (ReporterId, Id);
