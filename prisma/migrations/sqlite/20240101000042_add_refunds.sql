-- Refunds are rows with an amount. A payment or refund whose provider gave no answer is unresolved: it keeps its key until its outcome is known.
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
  RefundedE8 BIGINT NOT NULL DEFAULT 0,
  RefundPendingE8 BIGINT NOT NULL DEFAULT 0,
  BegunAt DATETIME NULL,
  CONSTRAINT PK_Payments PRIMARY KEY (OrderId),
  CONSTRAINT FK_Payments_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_Payments_Status CHECK (Status IN ('pending', 'captured', 'failed', 'refunding', 'refunded', 'unresolved')),
  CONSTRAINT CK_Payments_Refunds CHECK (RefundedE8 >= 0 AND RefundPendingE8 >= 0 AND RefundedE8 + RefundPendingE8 <= AmountE8)
);
INSERT INTO Payments_New (OrderId, Provider, Reference, AmountE8, Currency, Status, CreatedAt, UpdatedAt, Attempt, Failure, RefundedE8) SELECT OrderId, Provider, Reference, AmountE8, Currency, Status, CreatedAt, UpdatedAt, Attempt, Failure, CASE WHEN Status = 'refunded' THEN AmountE8 ELSE 0 END FROM Payments;
DROP TABLE Payments;
ALTER TABLE Payments_New RENAME TO Payments;
CREATE INDEX IX_Payments_Status ON Payments (Status, OrderId);
CREATE TABLE Refunds (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  OrderId INTEGER NOT NULL,
  AmountE8 BIGINT NOT NULL,
  Reason TEXT NOT NULL,
  RequestedBy INTEGER NULL,
  Status TEXT NOT NULL,
  Attempt INTEGER NOT NULL,
  ProviderKey TEXT NOT NULL,
  KeyedAt DATETIME NOT NULL,
  Reference TEXT NOT NULL,
  Failure TEXT NULL,
  CreatedAt DATETIME NOT NULL,
  UpdatedAt DATETIME NOT NULL,
  CONSTRAINT FK_Refunds_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT FK_Refunds_RequestedBy FOREIGN KEY (RequestedBy) REFERENCES Users (Id),
  CONSTRAINT CK_Refunds_Amount CHECK (AmountE8 > 0),
  CONSTRAINT CK_Refunds_Reason CHECK (Reason IN ('cancelled', 'returned', 'not-received', 'not-as-described', 'damaged', 'price-adjustment', 'dispute', 'other')),
  CONSTRAINT CK_Refunds_Status CHECK (Status IN ('pending', 'done', 'failed', 'unresolved'))
);
CREATE UNIQUE INDEX UX_Refunds_ProviderKey ON Refunds (ProviderKey);
CREATE INDEX IX_Refunds_Order ON Refunds (OrderId, Id);
CREATE INDEX IX_Refunds_Status ON Refunds (Status, Id);
