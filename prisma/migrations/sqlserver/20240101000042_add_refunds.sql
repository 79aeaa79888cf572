-- Refunds are rows with an amount. A payment or refund whose provider gave no answer is unresolved: it keeps its key until its outcome is known.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE Payments DROP CONSTRAINT CK_Payments_Status;
GO
ALTER TABLE Payments ADD CONSTRAINT CK_Payments_Status CHECK (Status IN (N'pending', N'captured', N'failed', N'refunding', N'refunded', N'unresolved'));
ALTER TABLE Payments ADD RefundedE8 BIGINT NOT NULL CONSTRAINT DF_Payments_RefundedE8 DEFAULT 0;
ALTER TABLE Payments ADD RefundPendingE8 BIGINT NOT NULL CONSTRAINT DF_Payments_RefundPendingE8 DEFAULT 0;
ALTER TABLE Payments ADD BegunAt DATETIME2(3) NULL;
GO
UPDATE Payments SET RefundedE8 = AmountE8 WHERE Status = N'refunded';
GO
ALTER TABLE Payments ADD CONSTRAINT CK_Payments_Refunds CHECK (RefundedE8 >= 0 AND RefundPendingE8 >= 0 AND RefundedE8 + RefundPendingE8 <= AmountE8);
GO
CREATE INDEX IX_Payments_Status ON Payments (Status, OrderId);
GO
CREATE TABLE Refunds (
  Id INT IDENTITY(1, 1) NOT NULL,
  OrderId INT NOT NULL,
  AmountE8 BIGINT NOT NULL,
  Reason NVARCHAR(20) NOT NULL,
  RequestedBy INT NULL,
  Status NVARCHAR(10) NOT NULL,
  Attempt INT NOT NULL,
  ProviderKey NVARCHAR(60) NOT NULL,
  KeyedAt DATETIME2(3) NOT NULL,
  Reference NVARCHAR(64) NOT NULL,
  Failure NVARCHAR(300) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_Refunds PRIMARY KEY (Id),
  CONSTRAINT FK_Refunds_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT FK_Refunds_RequestedBy FOREIGN KEY (RequestedBy) REFERENCES Users (Id),
  CONSTRAINT CK_Refunds_Amount CHECK (AmountE8 > 0),
  CONSTRAINT CK_Refunds_Reason CHECK (Reason IN (N'cancelled', N'returned', N'not-received', N'not-as-described', N'damaged', N'price-adjustment', N'dispute', N'other')),
  CONSTRAINT CK_Refunds_Status CHECK (Status IN (N'pending', N'done', N'failed', N'unresolved'))
);
GO
CREATE UNIQUE INDEX UX_Refunds_ProviderKey ON Refunds (ProviderKey);
CREATE INDEX IX_Refunds_Order ON Refunds (OrderId, Id);
CREATE INDEX IX_Refunds_Status ON Refunds (Status, Id);
GO
COMMIT TRANSACTION;
GO
