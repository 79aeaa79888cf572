-- destructive: InvoiceLines, Invoices, InvoiceCounters
DROP TABLE InvoiceLines;
DROP TABLE Invoices;
DROP TABLE InvoiceCounters;
