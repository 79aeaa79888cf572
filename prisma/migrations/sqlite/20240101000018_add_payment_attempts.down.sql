-- destructive: Payments.Failure
DELETE FROM Payments WHERE Status = 'failed';
-- Refused while a payment is pending or a refund is under way: their outcome is not known yet.
CREATE TABLE Payments_New (
  OrderId INTEGER NOT NULL,
  Provider TEXT NOT NULL,
  Reference TEXT NOT NULL,
  AmountE8 BIGINT NOT NULL,
  Currency TEXT NOT NULL,
  Status TEXT NOT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  UpdatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT PK_Payments PRIMARY KEY (OrderId),
  CONSTRAINT FK_Payments_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_Payments_Status CHECK (Status IN ('captured', 'refunded'))
);
INSERT INTO Payments_New (OrderId, Provider, Reference, AmountE8, Currency, Status, CreatedAt, UpdatedAt) SELECT OrderId, Provider, Reference, AmountE8, Currency, Status, CreatedAt, UpdatedAt FROM Payments;
DROP TABLE Payments;
ALTER TABLE Payments_New RENAME TO Payments;
