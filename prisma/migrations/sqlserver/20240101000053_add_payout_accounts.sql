-- Payouts through a provider: a seller's account at it, and what it was asked for each payout: the transfer to that account, the payout
-- from there to the bank, and the reversal of the transfer where that failed. Each has its own idempotency key.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE PayoutAccounts (
  SellerId INT NOT NULL,
  Provider NVARCHAR(20) NOT NULL,
  ProviderKey NVARCHAR(60) NOT NULL,
  KeyedAt DATETIME2(3) NOT NULL,
  Reference NVARCHAR(64) NULL,
  State NVARCHAR(20) NOT NULL,
  Missing NVARCHAR(1000) NULL,
  Country NVARCHAR(2) NOT NULL,
  Currency NVARCHAR(10) NULL,
  Masked NVARCHAR(100) NULL,
  ConfirmedAt DATETIME2(3) NOT NULL,
  StoppedAt DATETIME2(3) NULL,
  CheckedAt DATETIME2(3) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_PayoutAccounts PRIMARY KEY (SellerId),
  CONSTRAINT FK_PayoutAccounts_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_PayoutAccounts_State CHECK (State IN (N'none', N'onboarding', N'restricted', N'ready')),
  CONSTRAINT CK_PayoutAccounts_Reference CHECK ((State = N'none' AND Reference IS NULL) OR (State <> N'none' AND Reference IS NOT NULL))
);
GO
CREATE UNIQUE INDEX UX_PayoutAccounts_ProviderKey ON PayoutAccounts (ProviderKey);
CREATE UNIQUE INDEX UX_PayoutAccounts_Reference ON PayoutAccounts (Reference) WHERE Reference IS NOT NULL;
CREATE INDEX IX_PayoutAccounts_CheckedAt ON PayoutAccounts (CheckedAt, SellerId);
GO
CREATE TABLE PayoutCalls (
  PayoutId INT NOT NULL,
  Kind NVARCHAR(20) NOT NULL,
  Provider NVARCHAR(20) NOT NULL,
  Account NVARCHAR(64) NOT NULL,
  ProviderKey NVARCHAR(60) NOT NULL,
  Attempt INT NOT NULL,
  KeyedAt DATETIME2(3) NOT NULL,
  Status NVARCHAR(20) NOT NULL,
  Reference NVARCHAR(64) NULL,
  Failure NVARCHAR(300) NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_PayoutCalls PRIMARY KEY (PayoutId, Kind),
  CONSTRAINT FK_PayoutCalls_Payout FOREIGN KEY (PayoutId) REFERENCES Payouts (Id),
  CONSTRAINT CK_PayoutCalls_Kind CHECK (Kind IN (N'transfer', N'payout', N'reversal')),
  CONSTRAINT CK_PayoutCalls_Attempt CHECK (Attempt >= 1),
  CONSTRAINT CK_PayoutCalls_Status CHECK (Status IN (N'pending', N'done', N'refused', N'unresolved')),
  CONSTRAINT CK_PayoutCalls_Done CHECK ((Status = N'done' AND Reference IS NOT NULL) OR Status <> N'done')
);
GO
CREATE UNIQUE INDEX UX_PayoutCalls_ProviderKey ON PayoutCalls (ProviderKey);
CREATE INDEX IX_PayoutCalls_Reference ON PayoutCalls (Reference);
ALTER TABLE Payouts ADD CheckedAt DATETIME2(3) NULL;
GO
ALTER TABLE Payouts DROP CONSTRAINT CK_Payouts_Method;
GO
ALTER TABLE Payouts ADD CONSTRAINT CK_Payouts_Method CHECK (Method IN (N'sepa', N'manual', N'stripe'));
CREATE INDEX IX_Payouts_Checked ON Payouts (Method, Status, CheckedAt, Id);
ALTER TABLE ProviderEvents DROP CONSTRAINT CK_ProviderEvents_Subject;
GO
ALTER TABLE ProviderEvents ADD CONSTRAINT CK_ProviderEvents_Subject CHECK (Subject IN (N'payment', N'refund', N'dispute', N'account', N'payout', N'transfer'));
GO
COMMIT TRANSACTION;
GO
