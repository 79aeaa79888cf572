-- Receipts, commission invoices and credit notes: numbers without gaps, and what each document says.
CREATE TABLE InvoiceCounters (
  Series TEXT NOT NULL,
  Year INTEGER NOT NULL,
  LastNumber INTEGER NOT NULL,
  CONSTRAINT PK_InvoiceCounters PRIMARY KEY (Series, Year)
);
CREATE TABLE Invoices (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Kind TEXT NOT NULL,
  Series TEXT NOT NULL,
  Year INTEGER NOT NULL,
  Number INTEGER NOT NULL,
  Cause TEXT NOT NULL,
  OrderId INTEGER NOT NULL,
  RecipientId INTEGER NOT NULL,
  CorrectsId INTEGER NULL,
  Currency TEXT NOT NULL,
  NetMinor BIGINT NOT NULL,
  VatMinor BIGINT NOT NULL,
  VatBasisPoints INTEGER NOT NULL,
  VatTreatment TEXT NOT NULL,
  IssuerName TEXT NOT NULL,
  IssuerAddress TEXT NOT NULL,
  IssuerVatNumber TEXT NULL,
  RecipientName TEXT NOT NULL,
  RecipientAddress TEXT NOT NULL,
  RecipientVatNumber TEXT NULL,
  IsTest BOOLEAN NOT NULL,
  IssuedAt DATETIME NOT NULL,
  StorageKey TEXT NOT NULL,
  Sha256 TEXT NULL,
  CONSTRAINT FK_Invoices_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT FK_Invoices_Recipient FOREIGN KEY (RecipientId) REFERENCES Users (Id),
  CONSTRAINT FK_Invoices_Corrects FOREIGN KEY (CorrectsId) REFERENCES Invoices (Id),
  CONSTRAINT CK_Invoices_Kind CHECK (Kind IN ('receipt', 'receipt-credit', 'commission', 'commission-credit')),
  CONSTRAINT CK_Invoices_Number CHECK (Number > 0),
  CONSTRAINT CK_Invoices_Amounts CHECK (NetMinor >= 0 AND VatMinor >= 0),
  CONSTRAINT CK_Invoices_VatTreatment CHECK (VatTreatment IN ('standard', 'reverse-charge', 'outside', 'none')),
  CONSTRAINT CK_Invoices_Corrects CHECK ((CorrectsId IS NULL AND Kind NOT IN ('receipt-credit', 'commission-credit')) OR (CorrectsId IS NOT NULL AND Kind NOT IN ('receipt', 'commission')))
);
CREATE UNIQUE INDEX UX_Invoices_Number ON Invoices (Series, Year, Number);
CREATE UNIQUE INDEX UX_Invoices_Cause ON Invoices (Cause, Kind);
CREATE INDEX IX_Invoices_Order ON Invoices (OrderId, Id);
CREATE INDEX IX_Invoices_Recipient ON Invoices (RecipientId, Id);
CREATE TABLE InvoiceLines (
  InvoiceId INTEGER NOT NULL,
  Line INTEGER NOT NULL,
  Text TEXT NOT NULL,
  Quantity INTEGER NOT NULL,
  AmountMinor BIGINT NOT NULL,
  CONSTRAINT PK_InvoiceLines PRIMARY KEY (InvoiceId, Line),
  CONSTRAINT FK_InvoiceLines_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoices (Id)
);
