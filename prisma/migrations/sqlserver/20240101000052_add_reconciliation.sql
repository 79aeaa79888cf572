-- What the payment provider has is compared with what the marketplace has, day by day; what differs waits for an admin.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE ReconciliationRuns (
  Id INT IDENTITY(1, 1) NOT NULL,
  Provider NVARCHAR(20) NOT NULL,
  FromAt DATETIME2(3) NOT NULL,
  ToAt DATETIME2(3) NOT NULL,
  Compared INT NOT NULL,
  Differences INT NOT NULL,
  FinishedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_ReconciliationRuns PRIMARY KEY (Id),
  CONSTRAINT CK_ReconciliationRuns_Span CHECK (ToAt > FromAt)
);
CREATE TABLE ReconciliationDifferences (
  Id INT IDENTITY(1, 1) NOT NULL,
  Provider NVARCHAR(20) NOT NULL,
  CheckName NVARCHAR(20) NOT NULL,
  Kind NVARCHAR(20) NOT NULL,
  Reference NVARCHAR(64) NOT NULL,
  OpenKey NVARCHAR(130) COLLATE Latin1_General_BIN2 NOT NULL,
  OrderId INT NULL,
  SellerId INT NULL,
  Here NVARCHAR(200) NOT NULL,
  There NVARCHAR(200) NOT NULL,
  FoundAt DATETIME2(3) NOT NULL,
  SeenAt DATETIME2(3) NOT NULL,
  ResolvedBy INT NULL,
  ResolvedAt DATETIME2(3) NULL,
  Reason NVARCHAR(300) NULL,
  CONSTRAINT PK_ReconciliationDifferences PRIMARY KEY (Id),
  CONSTRAINT CK_ReconciliationDifferences_Check CHECK (CheckName IN (N'missing-here', N'missing-there', N'other-amount', N'other-state', N'other-currency', N'ledger')),
  CONSTRAINT CK_ReconciliationDifferences_Kind CHECK (Kind IN (N'payment', N'refund', N'chargeback')),
  CONSTRAINT CK_ReconciliationDifferences_Resolved CHECK ((ResolvedAt IS NULL AND ResolvedBy IS NULL AND Reason IS NULL) OR (ResolvedAt IS NOT NULL AND ResolvedBy IS NOT NULL AND Reason IS NOT NULL))
);
GO
CREATE INDEX IX_ReconciliationRuns_Provider ON ReconciliationRuns (Provider, ToAt);
CREATE UNIQUE INDEX UX_ReconciliationDifferences_OpenKey ON ReconciliationDifferences (OpenKey);
CREATE INDEX IX_ReconciliationDifferences_Open ON ReconciliationDifferences (ResolvedAt, Id);
CREATE INDEX IX_ReconciliationDifferences_Seller ON ReconciliationDifferences (SellerId, ResolvedAt);
GO
COMMIT TRANSACTION;
GO
