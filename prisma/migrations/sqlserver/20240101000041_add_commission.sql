-- Commission: the rules by which the marketplace charges sellers, what each sale is charged, and how sellers are taxed.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE CommissionRules (
  Id INT IDENTITY(1,1) NOT NULL,
  CategoryPath NVARCHAR(100) NULL,
  SellerId INT NULL,
  Tier NVARCHAR(50) NULL,
  BasisPoints INT NOT NULL,
  FixedMinor BIGINT NOT NULL,
  MinimumMinor BIGINT NOT NULL,
  Currency NVARCHAR(10) NULL,
  ValidFrom DATETIME2(3) NOT NULL,
  ValidUntil DATETIME2(3) NULL,
  CreatedBy INT NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_CommissionRules PRIMARY KEY (Id),
  CONSTRAINT FK_CommissionRules_Category FOREIGN KEY (CategoryPath) REFERENCES Categories (Path),
  CONSTRAINT FK_CommissionRules_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_CommissionRules_CreatedBy FOREIGN KEY (CreatedBy) REFERENCES Users (Id),
  CONSTRAINT CK_CommissionRules_BasisPoints CHECK (BasisPoints BETWEEN 0 AND 10000),
  CONSTRAINT CK_CommissionRules_Amounts CHECK (FixedMinor >= 0 AND MinimumMinor >= 0),
  CONSTRAINT CK_CommissionRules_Currency CHECK (Currency IS NOT NULL OR (FixedMinor = 0 AND MinimumMinor = 0)),
  CONSTRAINT CK_CommissionRules_Valid CHECK (ValidUntil IS NULL OR ValidUntil > ValidFrom)
);
GO
CREATE INDEX IX_CommissionRules_Seller ON CommissionRules (SellerId, ValidFrom);
GO
CREATE TABLE OrderFees (
  OrderId INT NOT NULL,
  Currency NVARCHAR(10) NOT NULL,
  BaseMinor BIGINT NOT NULL,
  CommissionMinor BIGINT NOT NULL,
  VatMinor BIGINT NOT NULL,
  VatBasisPoints INT NOT NULL,
  VatTreatment NVARCHAR(20) NOT NULL,
  VatCountry NVARCHAR(2) NULL,
  FrozenAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_OrderFees PRIMARY KEY (OrderId),
  CONSTRAINT FK_OrderFees_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_OrderFees_Amounts CHECK (CommissionMinor >= 0 AND VatMinor >= 0 AND CommissionMinor + VatMinor <= BaseMinor),
  CONSTRAINT CK_OrderFees_VatTreatment CHECK (VatTreatment IN (N'standard', N'reverse-charge', N'outside', N'none')),
  CONSTRAINT CK_OrderFees_Vat CHECK (VatTreatment = N'standard' OR (VatMinor = 0 AND VatBasisPoints = 0))
);
GO
CREATE TABLE OrderFeeLines (
  OrderId INT NOT NULL,
  Line INT NOT NULL,
  RuleId INT NULL,
  BaseMinor BIGINT NOT NULL,
  BasisPoints INT NOT NULL,
  FixedMinor BIGINT NOT NULL,
  MinimumMinor BIGINT NOT NULL,
  CommissionMinor BIGINT NOT NULL,
  CONSTRAINT PK_OrderFeeLines PRIMARY KEY (OrderId, Line),
  CONSTRAINT FK_OrderFeeLines_Order FOREIGN KEY (OrderId) REFERENCES OrderFees (OrderId),
  CONSTRAINT FK_OrderFeeLines_Rule FOREIGN KEY (RuleId) REFERENCES CommissionRules (Id)
);
GO
CREATE INDEX IX_OrderFeeLines_Rule ON OrderFeeLines (RuleId);
GO
CREATE TABLE SellerTaxDetails (
  UserId INT NOT NULL,
  Name NVARCHAR(140) NOT NULL,
  Address NVARCHAR(400) NOT NULL,
  Country NVARCHAR(2) NOT NULL,
  VatNumber NVARCHAR(20) NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_SellerTaxDetails PRIMARY KEY (UserId),
  CONSTRAINT FK_SellerTaxDetails_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
GO
COMMIT TRANSACTION;
GO
