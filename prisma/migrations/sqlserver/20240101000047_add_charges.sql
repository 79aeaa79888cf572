-- A charge is one payment at the provider: for one order, or for several of a checkout. Payments stay the orders' shares.
-- Payments of before get none: they are read as charges of their order, and so are those that an older release begins.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE Charges (
  Id INT IDENTITY(1, 1) NOT NULL,
  GroupId INT NULL,
  BuyerId INT NOT NULL,
  Provider NVARCHAR(20) NOT NULL,
  Reference NVARCHAR(64) NOT NULL,
  AmountE8 BIGINT NOT NULL,
  Currency NVARCHAR(10) NOT NULL,
  ProviderKey NVARCHAR(60) NOT NULL,
  Status NVARCHAR(20) NOT NULL,
  Failure NVARCHAR(300) NULL,
  BegunAt DATETIME2(3) NOT NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_Charges PRIMARY KEY (Id),
  CONSTRAINT FK_Charges_Group FOREIGN KEY (GroupId) REFERENCES OrderGroups (Id),
  CONSTRAINT FK_Charges_Buyer FOREIGN KEY (BuyerId) REFERENCES Users (Id),
  CONSTRAINT CK_Charges_Amount CHECK (AmountE8 > 0),
  CONSTRAINT CK_Charges_Status CHECK (Status IN (N'pending', N'captured', N'failed', N'unresolved'))
);
GO
CREATE UNIQUE INDEX UX_Charges_ProviderKey ON Charges (ProviderKey);
CREATE INDEX IX_Charges_Status ON Charges (Status, Id);
CREATE INDEX IX_Charges_Group ON Charges (GroupId);
CREATE INDEX IX_Charges_Buyer ON Charges (BuyerId, Id);
GO
ALTER TABLE Payments ADD ChargeId INT NULL;
ALTER TABLE Payments ADD ChargeAttempt INT NULL;
GO
ALTER TABLE Payments ADD CONSTRAINT FK_Payments_Charge FOREIGN KEY (ChargeId) REFERENCES Charges (Id);
ALTER TABLE Payments ADD CONSTRAINT CK_Payments_Charge CHECK ((ChargeId IS NULL AND ChargeAttempt IS NULL) OR (ChargeId IS NOT NULL AND ChargeAttempt IS NOT NULL));
CREATE INDEX IX_Payments_Charge ON Payments (ChargeId);
GO
COMMIT TRANSACTION;
GO
