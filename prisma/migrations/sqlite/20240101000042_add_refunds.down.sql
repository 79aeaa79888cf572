-- destructive: Refunds, Payments.BegunAt
-- Refused while a payment is unresolved.
DROP TABLE Refunds;
DROP INDEX IX_Payments_Status;
CREATE TABLE Payments_New (
  OrderId INTEGER NOT NULL,
  Provider TEXT NOT NULL,
  Reference TEXT NOT NULL,
  AmountE8 BIGINT NOT NULL,
  Currency TEXT NOT NULL,
  Status TEXT NOT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  UpdatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  Attempt INTEGER NOT NULL DEFAULT 1,
  Failure TEXT NULL,
  CONSTRAINT PK_Payments PRIMARY KEY (OrderId),
  CONSTRAINT FK_Payments_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_Payments_Status CHECK (Status IN ('pending', 'captured', 'failed', 'refunding', 'refunded'))
);
INSERT INTO Payments_New (OrderId, Provider, Reference, AmountE8, Currency, Status, CreatedAt, UpdatedAt, Attempt, Failure) SELECT OrderId, Provider, Reference, AmountE8, Currency, Status, CreatedAt, UpdatedAt, Attempt, Failure FROM Payments;
DROP TABLE Payments;
ALTER TABLE Payments_New RENAME TO Payments;
