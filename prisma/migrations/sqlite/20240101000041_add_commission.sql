-- Commission: the rules by which the marketplace charges sellers, what each sale is charged, and how sellers are taxed.
CREATE TABLE CommissionRules (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  CategoryPath TEXT NULL,
  SellerId INTEGER NULL,
  Tier TEXT NULL,
  BasisPoints INTEGER NOT NULL,
  FixedMinor BIGINT NOT NULL,
  MinimumMinor BIGINT NOT NULL,
  Currency TEXT NULL,
  ValidFrom DATETIME NOT NULL,
  ValidUntil DATETIME NULL,
  CreatedBy INTEGER NOT NULL,
  CreatedAt DATETIME NOT NULL,
  CONSTRAINT FK_CommissionRules_Category FOREIGN KEY (CategoryPath) REFERENCES Categories (Path),
  CONSTRAINT FK_CommissionRules_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_CommissionRules_CreatedBy FOREIGN KEY (CreatedBy) REFERENCES Users (Id),
  CONSTRAINT CK_CommissionRules_BasisPoints CHECK (BasisPoints BETWEEN 0 AND 10000),
  CONSTRAINT CK_CommissionRules_Amounts CHECK (FixedMinor >= 0 AND MinimumMinor >= 0),
  CONSTRAINT CK_CommissionRules_Currency CHECK (Currency IS NOT NULL OR (FixedMinor = 0 AND MinimumMinor = 0)),
  CONSTRAINT CK_CommissionRules_Valid CHECK (ValidUntil IS NULL OR ValidUntil > ValidFrom)
);
CREATE INDEX IX_CommissionRules_Seller ON CommissionRules (SellerId, ValidFrom);
CREATE TABLE OrderFees (
  OrderId INTEGER NOT NULL,
  Currency TEXT NOT NULL,
  BaseMinor BIGINT NOT NULL,
  CommissionMinor BIGINT NOT NULL,
  VatMinor BIGINT NOT NULL,
  VatBasisPoints INTEGER NOT NULL,
  VatTreatment TEXT NOT NULL,
  VatCountry TEXT NULL,
  FrozenAt DATETIME NOT NULL,
  CONSTRAINT PK_OrderFees PRIMARY KEY (OrderId),
  CONSTRAINT FK_OrderFees_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_OrderFees_Amounts CHECK (CommissionMinor >= 0 AND VatMinor >= 0 AND CommissionMinor + VatMinor <= BaseMinor),
  CONSTRAINT CK_OrderFees_VatTreatment CHECK (VatTreatment IN ('standard', 'reverse-charge', 'outside', 'none')),
  CONSTRAINT CK_OrderFees_Vat CHECK (VatTreatment = 'standard' OR (VatMinor = 0 AND VatBasisPoints = 0))
);
CREATE TABLE OrderFeeLines (
  OrderId INTEGER NOT NULL,
  Line INTEGER NOT NULL,
  RuleId INTEGER NULL,
  BaseMinor BIGINT NOT NULL,
  BasisPoints INTEGER NOT NULL,
  FixedMinor BIGINT NOT NULL,
  MinimumMinor BIGINT NOT NULL,
  CommissionMinor BIGINT NOT NULL,
  CONSTRAINT PK_OrderFeeLines PRIMARY KEY (OrderId, Line),
  CONSTRAINT FK_OrderFeeLines_Order FOREIGN KEY (OrderId) REFERENCES OrderFees (OrderId),
  CONSTRAINT FK_OrderFeeLines_Rule FOREIGN KEY (RuleId) REFERENCES CommissionRules (Id)
);
CREATE INDEX IX_OrderFeeLines_Rule ON OrderFeeLines (RuleId);
CREATE TABLE SellerTaxDetails (
  UserId INTEGER NOT NULL,
  Name TEXT NOT NULL,
  Address TEXT NOT NULL,
  Country TEXT NOT NULL,
  VatNumber TEXT NULL,
  UpdatedAt DATETIME NOT NULL,
  CONSTRAINT PK_SellerTaxDetails PRIMARY KEY (UserId),
  CONSTRAINT FK_SellerTaxDetails_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
