-- A buyer opens a dispute about an order: its steps, and the evidence of both sides. The history of the order says how it ended.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE OrderEvents DROP CONSTRAINT CK_OrderEvents_Reason;
GO
ALTER TABLE OrderEvents ADD CONSTRAINT CK_OrderEvents_Reason CHECK (Reason IN (N'changed-mind', N'found-elsewhere', N'ordered-by-mistake', N'wrong-address', N'buyer-asked', N'address-problem', N'out-of-stock', N'price-mistake', N'cannot-ship', N'other', N'not-paid', N'not-shipped', N'delivery-time-passed', N'not-disputed', N'payment-refused', N'refunded-in-full', N'refunded-in-part', N'not-refunded'));
GO
CREATE TABLE OrderDisputes (
  Id INT IDENTITY(1, 1) NOT NULL,
  OrderId INT NOT NULL,
  Reason NVARCHAR(30) NOT NULL,
  Status NVARCHAR(10) NOT NULL,
  OpenedFrom NVARCHAR(20) NOT NULL,
  OfferE8 BIGINT NULL,
  Outcome NVARCHAR(10) NULL,
  AmountE8 BIGINT NULL,
  DecidedBy INT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  ClosedAt DATETIME2(3) NULL,
  CONSTRAINT PK_OrderDisputes PRIMARY KEY (Id),
  CONSTRAINT FK_OrderDisputes_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT FK_OrderDisputes_DecidedBy FOREIGN KEY (DecidedBy) REFERENCES Users (Id),
  CONSTRAINT CK_OrderDisputes_Reason CHECK (Reason IN (N'not-received', N'not-as-described', N'damaged', N'wrong-item', N'incomplete', N'counterfeit', N'other')),
  CONSTRAINT CK_OrderDisputes_Status CHECK (Status IN (N'opened', N'answered', N'escalated', N'decided', N'appealed', N'closed')),
  CONSTRAINT CK_OrderDisputes_OpenedFrom CHECK (OpenedFrom IN (N'paid', N'shipped', N'delivered', N'completed')),
  CONSTRAINT CK_OrderDisputes_Outcome CHECK (Outcome IN (N'full', N'part', N'none')),
  CONSTRAINT CK_OrderDisputes_Amounts CHECK (OfferE8 > 0 AND AmountE8 >= 0),
  CONSTRAINT CK_OrderDisputes_Decided CHECK ((Status NOT IN (N'decided', N'appealed', N'closed') OR Outcome IS NOT NULL) AND (Status NOT IN (N'opened', N'answered', N'escalated') OR Outcome IS NULL)),
  CONSTRAINT CK_OrderDisputes_Closed CHECK ((Status = N'closed' AND ClosedAt IS NOT NULL AND AmountE8 IS NOT NULL) OR (Status <> N'closed' AND ClosedAt IS NULL))
);
GO
CREATE UNIQUE INDEX UX_OrderDisputes_Order ON OrderDisputes (OrderId);
CREATE INDEX IX_OrderDisputes_Status ON OrderDisputes (Status, Id);
GO
CREATE TABLE DisputeEvents (
  Id INT IDENTITY(1, 1) NOT NULL,
  DisputeId INT NOT NULL,
  ActorId INT NOT NULL,
  Action NVARCHAR(10) NOT NULL,
  Outcome NVARCHAR(10) NULL,
  AmountE8 BIGINT NULL,
  Text NVARCHAR(2000) NULL,
  At DATETIME2(3) NOT NULL,
  CONSTRAINT PK_DisputeEvents PRIMARY KEY (Id),
  CONSTRAINT FK_DisputeEvents_Dispute FOREIGN KEY (DisputeId) REFERENCES OrderDisputes (Id),
  CONSTRAINT CK_DisputeEvents_Action CHECK (Action IN (N'open', N'refund', N'offer', N'contest', N'accept', N'escalate', N'withdraw', N'appeal', N'decide', N'expire')),
  CONSTRAINT CK_DisputeEvents_Outcome CHECK (Outcome IN (N'full', N'part', N'none')),
  CONSTRAINT CK_DisputeEvents_Amount CHECK (AmountE8 >= 0)
);
GO
CREATE INDEX IX_DisputeEvents_Dispute ON DisputeEvents (DisputeId, Id);
CREATE INDEX IX_DisputeEvents_Actor ON DisputeEvents (ActorId, Id);
GO
CREATE TABLE DisputeFiles (
  Id INT IDENTITY(1, 1) NOT NULL,
  DisputeId INT NOT NULL,
  UploaderId INT NOT NULL,
  StorageKey NVARCHAR(100) NOT NULL,
  Type NVARCHAR(40) NOT NULL,
  Bytes INT NOT NULL,
  KeyId NVARCHAR(20) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  StoredAt DATETIME2(3) NULL,
  RemovedAt DATETIME2(3) NULL,
  CONSTRAINT PK_DisputeFiles PRIMARY KEY (Id),
  CONSTRAINT FK_DisputeFiles_Dispute FOREIGN KEY (DisputeId) REFERENCES OrderDisputes (Id),
  CONSTRAINT FK_DisputeFiles_Uploader FOREIGN KEY (UploaderId) REFERENCES Users (Id),
  CONSTRAINT CK_DisputeFiles_Type CHECK (Type IN (N'application/pdf', N'image/jpeg', N'image/png', N'image/webp')),
  CONSTRAINT CK_DisputeFiles_Bytes CHECK (Bytes > 0)
);
GO
CREATE UNIQUE INDEX UX_DisputeFiles_Key ON DisputeFiles (StorageKey);
CREATE INDEX IX_DisputeFiles_Dispute ON DisputeFiles (DisputeId, Id);
CREATE INDEX IX_DisputeFiles_Uploader ON DisputeFiles (UploaderId, Id);
GO
COMMIT TRANSACTION;
GO
