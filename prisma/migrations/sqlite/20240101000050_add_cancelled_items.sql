-- Items of a paid order are cancelled one by one before it is shipped: how many units, by which side, and why.
CREATE TABLE CancelledItems (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  OrderId INTEGER NOT NULL,
  ItemId INTEGER NOT NULL,
  Quantity INTEGER NOT NULL,
  ActorId INTEGER NOT NULL,
  Reason TEXT NOT NULL,
  At DATETIME NOT NULL,
  CONSTRAINT FK_CancelledItems_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT FK_CancelledItems_Item FOREIGN KEY (ItemId) REFERENCES OrderItems (Id),
  CONSTRAINT CK_CancelledItems_Quantity CHECK (Quantity > 0),
  CONSTRAINT CK_CancelledItems_Reason CHECK (Reason IN ('changed-mind', 'found-elsewhere', 'ordered-by-mistake', 'wrong-address', 'buyer-asked', 'address-problem', 'out-of-stock', 'price-mistake', 'cannot-ship', 'other'))
);
CREATE INDEX IX_CancelledItems_Order ON CancelledItems (OrderId, Id);
CREATE INDEX IX_CancelledItems_Item ON CancelledItems (ItemId, Quantity);
