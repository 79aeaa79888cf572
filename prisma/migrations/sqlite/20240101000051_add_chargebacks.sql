-- A buyer disputes a payment at their bank. ChargedBackE8 is what the bank has taken of a payment and not given back.
CREATE TABLE Chargebacks (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Provider TEXT NOT NULL,
  Reference TEXT NOT NULL,
  OrderId INTEGER NOT NULL,
  AmountE8 BIGINT NOT NULL,
  Status TEXT NOT NULL,
  Reason TEXT NOT NULL,
  EvidenceDueAt DATETIME NULL,
  Steps INTEGER NOT NULL,
  WithdrawnAt DATETIME NULL,
  ReinstatedAt DATETIME NULL,
  FeeE8 BIGINT NOT NULL DEFAULT 0,
  FeeCurrency TEXT NULL,
  OpenedAt DATETIME NOT NULL,
  UpdatedAt DATETIME NOT NULL,
  ClosedAt DATETIME NULL,
  CONSTRAINT FK_Chargebacks_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_Chargebacks_Amount CHECK (AmountE8 > 0 AND FeeE8 >= 0),
  CONSTRAINT CK_Chargebacks_Status CHECK (Status IN ('inquiry', 'open', 'won', 'lost', 'closed')),
  CONSTRAINT CK_Chargebacks_Funds CHECK (ReinstatedAt IS NULL OR WithdrawnAt IS NOT NULL),
  CONSTRAINT CK_Chargebacks_Closed CHECK ((Status IN ('inquiry', 'open') AND ClosedAt IS NULL) OR (Status IN ('won', 'lost', 'closed') AND ClosedAt IS NOT NULL))
);
CREATE UNIQUE INDEX UX_Chargebacks_Reference ON Chargebacks (Provider, Reference, OrderId);
CREATE INDEX IX_Chargebacks_Order ON Chargebacks (OrderId, Id);
CREATE INDEX IX_Chargebacks_Status ON Chargebacks (Status, Id);
ALTER TABLE Payments ADD COLUMN ChargedBackE8 BIGINT NOT NULL DEFAULT 0 CONSTRAINT CK_Payments_ChargedBack CHECK (ChargedBackE8 >= 0);
