-- Receipts, commission invoices and credit notes: numbers without gaps, and what each document says.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE InvoiceCounters (
  Series NVARCHAR(10) NOT NULL,
  Year INT NOT NULL,
  LastNumber INT NOT NULL,
  CONSTRAINT PK_InvoiceCounters PRIMARY KEY (Series, Year)
);
GO
CREATE TABLE Invoices (
  Id INT IDENTITY(1,1) NOT NULL,
  Kind NVARCHAR(20) NOT NULL,
  Series NVARCHAR(10) NOT NULL,
  Year INT NOT NULL,
  Number INT NOT NULL,
  Cause NVARCHAR(80) NOT NULL,
  OrderId INT NOT NULL,
  RecipientId INT NOT NULL,
  CorrectsId INT NULL,
  Currency NVARCHAR(10) NOT NULL,
  NetMinor BIGINT NOT NULL,
  VatMinor BIGINT NOT NULL,
  VatBasisPoints INT NOT NULL,
  VatTreatment NVARCHAR(20) NOT NULL,
  IssuerName NVARCHAR(200) NOT NULL,
  IssuerAddress NVARCHAR(400) NOT NULL,
  IssuerVatNumber NVARCHAR(20) NULL,
  RecipientName NVARCHAR(200) NOT NULL,
  RecipientAddress NVARCHAR(400) NOT NULL,
  RecipientVatNumber NVARCHAR(20) NULL,
  IsTest BIT NOT NULL,
  IssuedAt DATETIME2(3) NOT NULL,
  StorageKey NVARCHAR(100) NOT NULL,
  Sha256 NVARCHAR(64) NULL,
  CONSTRAINT PK_Invoices PRIMARY KEY (Id),
  CONSTRAINT FK_Invoices_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT FK_Invoices_Recipient FOREIGN KEY (RecipientId) REFERENCES Users (Id),
  CONSTRAINT FK_Invoices_Corrects FOREIGN KEY (CorrectsId) REFERENCES Invoices (Id),
  CONSTRAINT CK_Invoices_Kind CHECK (Kind IN (N'receipt', N'receipt-credit', N'commission', N'commission-credit')),
  CONSTRAINT CK_Invoices_Number CHECK (Number > 0),
  CONSTRAINT CK_Invoices_Amounts CHECK (NetMinor >= 0 AND VatMinor >= 0),
  CONSTRAINT CK_Invoices_VatTreatment CHECK (VatTreatment IN (N'standard', N'reverse-charge', N'outside', N'none')),
  CONSTRAINT CK_Invoices_Corrects CHECK ((CorrectsId IS NULL AND Kind NOT IN (N'receipt-credit', N'commission-credit')) OR (CorrectsId IS NOT NULL AND Kind NOT IN (N'receipt', N'commission')))
);
GO
CREATE UNIQUE INDEX UX_Invoices_Number ON Invoices (Series, Year, Number);
GO
CREATE UNIQUE INDEX UX_Invoices_Cause ON Invoices (Cause, Kind);
GO
CREATE INDEX IX_Invoices_Order ON Invoices (OrderId, Id);
GO
CREATE INDEX IX_Invoices_Recipient ON Invoices (RecipientId, Id);
GO
CREATE TABLE InvoiceLines (
  InvoiceId INT NOT NULL,
  Line INT NOT NULL,
  Text NVARCHAR(300) NOT NULL,
  Quantity INT NOT NULL,
  AmountMinor BIGINT NOT NULL,
  CONSTRAINT PK_InvoiceLines PRIMARY KEY (InvoiceId, Line),
  CONSTRAINT FK_InvoiceLines_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoices (Id)
);
GO
COMMIT TRANSACTION;
GO
