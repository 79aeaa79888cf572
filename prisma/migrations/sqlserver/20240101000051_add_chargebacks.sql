-- A buyer disputes a payment at their bank. ChargedBackE8 is what the bank has taken of a payment and not given back.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE Chargebacks (
  Id INT IDENTITY(1, 1) NOT NULL,
  Provider NVARCHAR(20) NOT NULL,
  Reference NVARCHAR(64) COLLATE Latin1_General_BIN2 NOT NULL,
  OrderId INT NOT NULL,
  AmountE8 BIGINT NOT NULL,
  Status NVARCHAR(10) NOT NULL,
  Reason NVARCHAR(60) NOT NULL,
  EvidenceDueAt DATETIME2(3) NULL,
  Steps INT NOT NULL,
  WithdrawnAt DATETIME2(3) NULL,
  ReinstatedAt DATETIME2(3) NULL,
  FeeE8 BIGINT NOT NULL CONSTRAINT DF_Chargebacks_FeeE8 DEFAULT 0,
  FeeCurrency NVARCHAR(10) NULL,
  OpenedAt DATETIME2(3) NOT NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  ClosedAt DATETIME2(3) NULL,
  CONSTRAINT PK_Chargebacks PRIMARY KEY (Id),
  CONSTRAINT FK_Chargebacks_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_Chargebacks_Amount CHECK (AmountE8 > 0 AND FeeE8 >= 0),
  CONSTRAINT CK_Chargebacks_Status CHECK (Status IN (N'inquiry', N'open', N'won', N'lost', N'closed')),
  CONSTRAINT CK_Chargebacks_Funds CHECK (ReinstatedAt IS NULL OR WithdrawnAt IS NOT NULL),
  CONSTRAINT CK_Chargebacks_Closed CHECK ((Status IN (N'inquiry', N'open') AND ClosedAt IS NULL) OR (Status IN (N'won', N'lost', N'closed') AND ClosedAt IS NOT NULL))
);
GO
CREATE UNIQUE INDEX UX_Chargebacks_Reference ON Chargebacks (Provider, Reference, OrderId);
CREATE INDEX IX_Chargebacks_Order ON Chargebacks (OrderId, Id);
CREATE INDEX IX_Chargebacks_Status ON Chargebacks (Status, Id);
GO
ALTER TABLE Payments ADD ChargedBackE8 BIGINT NOT NULL CONSTRAINT DF_Payments_ChargedBackE8 DEFAULT 0;
GO
ALTER TABLE Payments ADD CONSTRAINT CK_Payments_ChargedBack CHECK (ChargedBackE8 >= 0);
GO
COMMIT TRANSACTION;
GO
