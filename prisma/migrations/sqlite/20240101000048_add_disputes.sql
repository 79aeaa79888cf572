-- A buyer opens a dispute about an order: its steps, and the evidence of both sides. The history of the order says how it ended.
ALTER TABLE OrderEvents DROP CONSTRAINT CK_OrderEvents_Reason;
ALTER TABLE OrderEvents ADD CONSTRAINT CK_OrderEvents_Reason CHECK (Reason IN ('changed-mind', 'found-elsewhere', 'ordered-by-mistake', 'wrong-address', 'buyer-asked', 'address-problem', 'out-of-stock', 'price-mistake', 'cannot-ship', 'other', 'not-paid', 'not-shipped', 'delivery-time-passed', 'not-disputed', 'payment-refused', 'refunded-in-full', 'refunded-in-part', 'not-refunded'));
CREATE TABLE OrderDisputes (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  OrderId INTEGER NOT NULL,
  Reason TEXT NOT NULL,
  Status TEXT NOT NULL,
  OpenedFrom TEXT NOT NULL,
  OfferE8 BIGINT NULL,
  Outcome TEXT NULL,
  AmountE8 BIGINT NULL,
  DecidedBy INTEGER NULL,
  CreatedAt DATETIME NOT NULL,
  ClosedAt DATETIME NULL,
  CONSTRAINT FK_OrderDisputes_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT FK_OrderDisputes_DecidedBy FOREIGN KEY (DecidedBy) REFERENCES Users (Id),
  CONSTRAINT CK_OrderDisputes_Reason CHECK (Reason IN ('not-received', 'not-as-described', 'damaged', 'wrong-item', 'incomplete', 'counterfeit', 'other')),
  CONSTRAINT CK_OrderDisputes_Status CHECK (Status IN ('opened', 'answered', 'escalated', 'decided', 'appealed', 'closed')),
  CONSTRAINT CK_OrderDisputes_OpenedFrom CHECK (OpenedFrom IN ('paid', 'shipped', 'delivered', 'completed')),
  CONSTRAINT CK_OrderDisputes_Outcome CHECK (Outcome IN ('full', 'part', 'none')),
  CONSTRAINT CK_OrderDisputes_Amounts CHECK (OfferE8 > 0 AND AmountE8 >= 0),
  CONSTRAINT CK_OrderDisputes_Decided CHECK ((Status NOT IN ('decided', 'appealed', 'closed') OR Outcome IS NOT NULL) AND (Status NOT IN ('opened', 'answered', 'escalated') OR Outcome IS NULL)),
  CONSTRAINT CK_OrderDisputes_Closed CHECK ((Status = 'closed' AND ClosedAt IS NOT NULL AND AmountE8 IS NOT NULL) OR (Status <> 'closed' AND ClosedAt IS NULL))
);
CREATE UNIQUE INDEX UX_OrderDisputes_Order ON OrderDisputes (OrderId);
CREATE INDEX IX_OrderDisputes_Status ON OrderDisputes (Status, Id);
CREATE TABLE DisputeEvents (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  DisputeId INTEGER NOT NULL,
  ActorId INTEGER NOT NULL,
  Action TEXT NOT NULL,
  Outcome TEXT NULL,
  AmountE8 BIGINT NULL,
  Text TEXT NULL,
  At DATETIME NOT NULL,
  CONSTRAINT FK_DisputeEvents_Dispute FOREIGN KEY (DisputeId) REFERENCES OrderDisputes (Id),
  CONSTRAINT CK_DisputeEvents_Action CHECK (Action IN ('open', 'refund', 'offer', 'contest', 'accept', 'escalate', 'withdraw', 'appeal', 'decide', 'expire')),
  CONSTRAINT CK_DisputeEvents_Outcome CHECK (Outcome IN ('full', 'part', 'none')),
  CONSTRAINT CK_DisputeEvents_Amount CHECK (AmountE8 >= 0)
);
CREATE INDEX IX_DisputeEvents_Dispute ON DisputeEvents (DisputeId, Id);
CREATE INDEX IX_DisputeEvents_Actor ON DisputeEvents (ActorId, Id);
CREATE TABLE DisputeFiles (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  DisputeId INTEGER NOT NULL,
  UploaderId INTEGER NOT NULL,
  StorageKey TEXT NOT NULL,
  Type TEXT NOT NULL,
  Bytes INTEGER NOT NULL,
  KeyId TEXT NULL,
  CreatedAt DATETIME NOT NULL,
  StoredAt DATETIME NULL,
  RemovedAt DATETIME NULL,
  CONSTRAINT FK_DisputeFiles_Dispute FOREIGN KEY (DisputeId) REFERENCES OrderDisputes (Id),
  CONSTRAINT FK_DisputeFiles_Uploader FOREIGN KEY (UploaderId) REFERENCES Users (Id),
  CONSTRAINT CK_DisputeFiles_Type CHECK (Type IN ('application/pdf', 'image/jpeg', 'image/png', 'image/webp')),
  CONSTRAINT CK_DisputeFiles_Bytes CHECK (Bytes > 0)
);
CREATE UNIQUE INDEX UX_DisputeFiles_Key ON DisputeFiles (StorageKey);
CREATE INDEX IX_DisputeFiles_Dispute ON DisputeFiles (DisputeId, Id);
CREATE INDEX IX_DisputeFiles_Uploader ON DisputeFiles (UploaderId, Id);
