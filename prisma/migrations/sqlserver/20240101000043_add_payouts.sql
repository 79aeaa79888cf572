-- Payouts: a seller's schedule and holds, payouts with the postings that they pay out, and the bank files that they were sent in.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE PayoutSettings (
  SellerId INT NOT NULL,
  Schedule NVARCHAR(10) NOT NULL,
  NextAt DATETIME2(3) NOT NULL,
  HeldReason NVARCHAR(500) NULL,
  HeldAt DATETIME2(3) NULL,
  ReturnedAt DATETIME2(3) NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_PayoutSettings PRIMARY KEY (SellerId),
  CONSTRAINT FK_PayoutSettings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_PayoutSettings_Schedule CHECK (Schedule IN (N'daily', N'weekly', N'monthly'))
);
GO
CREATE INDEX IX_PayoutSettings_NextAt ON PayoutSettings (NextAt, SellerId);
GO
CREATE TABLE PayoutFiles (
  Id INT IDENTITY(1, 1) NOT NULL,
  MessageId NVARCHAR(35) NOT NULL,
  ExecuteOn DATETIME2(3) NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  CancelledAt DATETIME2(3) NULL,
  CONSTRAINT PK_PayoutFiles PRIMARY KEY (Id)
);
GO
CREATE UNIQUE INDEX UX_PayoutFiles_MessageId ON PayoutFiles (MessageId);
GO
CREATE TABLE Payouts (
  Id INT IDENTITY(1, 1) NOT NULL,
  SellerId INT NOT NULL,
  Currency NVARCHAR(10) NOT NULL,
  AmountMinor BIGINT NOT NULL,
  Status NVARCHAR(20) NOT NULL,
  Method NVARCHAR(10) NOT NULL,
  Reference NVARCHAR(35) NOT NULL,
  Masked NVARCHAR(100) NOT NULL,
  IsTest BIT NOT NULL CONSTRAINT DF_Payouts_IsTest DEFAULT 0,
  FileId INT NULL,
  Reason NVARCHAR(500) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  SentAt DATETIME2(3) NULL,
  SettledAt DATETIME2(3) NULL,
  CONSTRAINT PK_Payouts PRIMARY KEY (Id),
  CONSTRAINT FK_Payouts_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_Payouts_File FOREIGN KEY (FileId) REFERENCES PayoutFiles (Id),
  CONSTRAINT CK_Payouts_Amount CHECK (AmountMinor > 0),
  CONSTRAINT CK_Payouts_Status CHECK (Status IN (N'pending', N'sent', N'paid', N'failed', N'returned', N'unresolved')),
  CONSTRAINT CK_Payouts_Method CHECK (Method IN (N'sepa', N'manual'))
);
GO
CREATE UNIQUE INDEX UX_Payouts_Reference ON Payouts (Reference);
GO
CREATE INDEX IX_Payouts_Seller ON Payouts (SellerId, Id DESC);
GO
CREATE INDEX IX_Payouts_Status ON Payouts (Status, Method, Id DESC);
GO
CREATE INDEX IX_Payouts_File ON Payouts (FileId, Id);
GO
CREATE TABLE PayoutLines (
  EntryId INT NOT NULL,
  Line INT NOT NULL,
  PayoutId INT NOT NULL,
  CONSTRAINT PK_PayoutLines PRIMARY KEY (EntryId, Line),
  CONSTRAINT FK_PayoutLines_Posting FOREIGN KEY (EntryId, Line) REFERENCES LedgerPostings (EntryId, Line),
  CONSTRAINT FK_PayoutLines_Payout FOREIGN KEY (PayoutId) REFERENCES Payouts (Id)
);
GO
CREATE INDEX IX_PayoutLines_Payout ON PayoutLines (PayoutId, EntryId);
GO
COMMIT TRANSACTION;
GO
