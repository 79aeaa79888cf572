-- Payouts: a seller's schedule and holds, payouts with the postings that they pay out, and the bank files that they were sent in.
CREATE TABLE PayoutSettings (
  SellerId INTEGER NOT NULL,
  Schedule TEXT NOT NULL,
  NextAt DATETIME NOT NULL,
  HeldReason TEXT NULL,
  HeldAt DATETIME NULL,
  ReturnedAt DATETIME NULL,
  UpdatedAt DATETIME NOT NULL,
  CONSTRAINT PK_PayoutSettings PRIMARY KEY (SellerId),
  CONSTRAINT FK_PayoutSettings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_PayoutSettings_Schedule CHECK (Schedule IN ('daily', 'weekly', 'monthly'))
);
CREATE INDEX IX_PayoutSettings_NextAt ON PayoutSettings (NextAt, SellerId);
CREATE TABLE PayoutFiles (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  MessageId TEXT NOT NULL,
  ExecuteOn DATETIME NOT NULL,
  CreatedAt DATETIME NOT NULL,
  CancelledAt DATETIME NULL
);
CREATE UNIQUE INDEX UX_PayoutFiles_MessageId ON PayoutFiles (MessageId);
CREATE TABLE Payouts (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  SellerId INTEGER NOT NULL,
  Currency TEXT NOT NULL,
  AmountMinor BIGINT NOT NULL,
  Status TEXT NOT NULL,
  Method TEXT NOT NULL,
  Reference TEXT NOT NULL,
  Masked TEXT NOT NULL,
  IsTest BOOLEAN NOT NULL DEFAULT false,
  FileId INTEGER NULL,
  Reason TEXT NULL,
  CreatedAt DATETIME NOT NULL,
  SentAt DATETIME NULL,
  SettledAt DATETIME NULL,
  CONSTRAINT FK_Payouts_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_Payouts_File FOREIGN KEY (FileId) REFERENCES PayoutFiles (Id),
  CONSTRAINT CK_Payouts_Amount CHECK (AmountMinor > 0),
  CONSTRAINT CK_Payouts_Status CHECK (Status IN ('pending', 'sent', 'paid', 'failed', 'returned', 'unresolved')),
  CONSTRAINT CK_Payouts_Method CHECK (Method IN ('sepa', 'manual'))
);
CREATE UNIQUE INDEX UX_Payouts_Reference ON Payouts (Reference);
CREATE INDEX IX_Payouts_Seller ON Payouts (SellerId, Id DESC);
CREATE INDEX IX_Payouts_Status ON Payouts (Status, Method, Id DESC);
CREATE INDEX IX_Payouts_File ON Payouts (FileId, Id);
CREATE TABLE PayoutLines (
  EntryId INTEGER NOT NULL,
  Line INTEGER NOT NULL,
  PayoutId INTEGER NOT NULL,
  CONSTRAINT PK_PayoutLines PRIMARY KEY (EntryId, Line),
  CONSTRAINT FK_PayoutLines_Posting FOREIGN KEY (EntryId, Line) REFERENCES LedgerPostings (EntryId, Line),
  CONSTRAINT FK_PayoutLines_Payout FOREIGN KEY (PayoutId) REFERENCES Payouts (Id)
);
CREATE INDEX IX_PayoutLines_Payout ON PayoutLines (PayoutId, EntryId);
