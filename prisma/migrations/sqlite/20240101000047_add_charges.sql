-- A charge is one payment at the provider: for one order, or for several of a checkout. Payments stay the orders' shares.
-- Payments of before get none: they are read as charges of their order, and so are those that an older release begins.
CREATE TABLE Charges (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  GroupId INTEGER NULL,
  BuyerId INTEGER NOT NULL,
  Provider TEXT NOT NULL,
  Reference TEXT NOT NULL,
  AmountE8 BIGINT NOT NULL,
  Currency TEXT NOT NULL,
  ProviderKey TEXT NOT NULL,
  Status TEXT NOT NULL,
  Failure TEXT NULL,
  BegunAt DATETIME NOT NULL,
  UpdatedAt DATETIME NOT NULL,
  CONSTRAINT FK_Charges_Group FOREIGN KEY (GroupId) REFERENCES OrderGroups (Id),
  CONSTRAINT FK_Charges_Buyer FOREIGN KEY (BuyerId) REFERENCES Users (Id),
  CONSTRAINT CK_Charges_Amount CHECK (AmountE8 > 0),
  CONSTRAINT CK_Charges_Status CHECK (Status IN ('pending', 'captured', 'failed', 'unresolved'))
);
CREATE UNIQUE INDEX UX_Charges_ProviderKey ON Charges (ProviderKey);
CREATE INDEX IX_Charges_Status ON Charges (Status, Id);
CREATE INDEX IX_Charges_Group ON Charges (GroupId);
CREATE INDEX IX_Charges_Buyer ON Charges (BuyerId, Id);
ALTER TABLE Payments ADD COLUMN ChargeId INTEGER NULL CONSTRAINT FK_Payments_Charge REFERENCES Charges (Id);
ALTER TABLE Payments ADD COLUMN ChargeAttempt INTEGER NULL CONSTRAINT CK_Payments_Charge CHECK ((ChargeId IS NULL AND ChargeAttempt IS NULL) OR (ChargeId IS NOT NULL AND ChargeAttempt IS NOT NULL));
CREATE INDEX IX_Payments_Charge ON Payments (ChargeId);
