-- A buyer returns items of a delivered order: what, where to, how it is sent, and each step. OpenKey lets an order have one open return.
CREATE TABLE Returns (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  OrderId INTEGER NOT NULL,
  OpenKey TEXT NOT NULL,
  Reason TEXT NOT NULL,
  Status TEXT NOT NULL,
  DueAt DATETIME NULL,
  RecipientName TEXT NULL,
  Line1 TEXT NULL,
  Line2 TEXT NULL,
  PostalCode TEXT NULL,
  City TEXT NULL,
  Region TEXT NULL,
  Country TEXT NULL,
  Phone TEXT NULL,
  Carrier TEXT NULL,
  TrackingNumber TEXT NULL,
  RefundE8 BIGINT NULL,
  CreatedAt DATETIME NOT NULL,
  ClosedAt DATETIME NULL,
  CONSTRAINT FK_Returns_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_Returns_Reason CHECK (Reason IN ('damaged', 'not-as-described', 'wrong-item', 'incomplete', 'changed-mind', 'other')),
  CONSTRAINT CK_Returns_Status CHECK (Status IN ('requested', 'accepted', 'declined', 'sent', 'refunded', 'closed', 'escalated')),
  CONSTRAINT CK_Returns_Refund CHECK (RefundE8 >= 0),
  CONSTRAINT CK_Returns_Closed CHECK ((Status IN ('refunded', 'closed', 'escalated') AND ClosedAt IS NOT NULL AND DueAt IS NULL) OR (Status NOT IN ('refunded', 'closed', 'escalated') AND ClosedAt IS NULL AND DueAt IS NOT NULL))
);
CREATE UNIQUE INDEX UX_Returns_OpenKey ON Returns (OpenKey);
CREATE INDEX IX_Returns_Order ON Returns (OrderId, Id);
CREATE INDEX IX_Returns_Due ON Returns (DueAt, Id);
CREATE TABLE ReturnItems (
  ReturnId INTEGER NOT NULL,
  ItemId INTEGER NOT NULL,
  Quantity INTEGER NOT NULL,
  CONSTRAINT PK_ReturnItems PRIMARY KEY (ReturnId, ItemId),
  CONSTRAINT FK_ReturnItems_Return FOREIGN KEY (ReturnId) REFERENCES Returns (Id),
  CONSTRAINT FK_ReturnItems_Item FOREIGN KEY (ItemId) REFERENCES OrderItems (Id),
  CONSTRAINT CK_ReturnItems_Quantity CHECK (Quantity > 0)
);
CREATE INDEX IX_ReturnItems_Item ON ReturnItems (ItemId, ReturnId);
CREATE TABLE ReturnEvents (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  ReturnId INTEGER NOT NULL,
  ActorId INTEGER NOT NULL,
  Action TEXT NOT NULL,
  Text TEXT NULL,
  At DATETIME NOT NULL,
  CONSTRAINT FK_ReturnEvents_Return FOREIGN KEY (ReturnId) REFERENCES Returns (Id),
  CONSTRAINT CK_ReturnEvents_Action CHECK (Action IN ('request', 'accept', 'decline', 'withdraw', 'send', 'receive', 'escalate', 'expire'))
);
CREATE INDEX IX_ReturnEvents_Return ON ReturnEvents (ReturnId, Id);
CREATE INDEX IX_ReturnEvents_Actor ON ReturnEvents (ActorId, Id);
