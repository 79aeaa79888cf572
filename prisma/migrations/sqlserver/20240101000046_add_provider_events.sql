-- What a payment provider says is stored before anything acts on it, once for each event.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE ProviderEvents (
  Id INT IDENTITY(1, 1) NOT NULL,
  Provider NVARCHAR(20) NOT NULL,
  EventId NVARCHAR(64) COLLATE Latin1_General_BIN2 NOT NULL,
  Type NVARCHAR(80) NOT NULL,
  Subject NVARCHAR(10) NOT NULL,
  Reference NVARCHAR(64) NOT NULL,
  Status NVARCHAR(10) NOT NULL,
  Failure NVARCHAR(300) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  ReceivedAt DATETIME2(3) NOT NULL,
  SettledAt DATETIME2(3) NULL,
  CONSTRAINT PK_ProviderEvents PRIMARY KEY (Id),
  CONSTRAINT CK_ProviderEvents_Subject CHECK (Subject IN (N'payment', N'refund', N'dispute')),
  CONSTRAINT CK_ProviderEvents_Status CHECK (Status IN (N'received', N'done', N'parked'))
);
GO
CREATE UNIQUE INDEX UX_ProviderEvents_Event ON ProviderEvents (Provider, EventId);
CREATE INDEX IX_ProviderEvents_Status ON ProviderEvents (Status, Id);
GO
CREATE TABLE ProviderEventPulls (
  Provider NVARCHAR(20) NOT NULL,
  PulledTo DATETIME2(3) NOT NULL,
  CONSTRAINT PK_ProviderEventPulls PRIMARY KEY (Provider)
);
GO
COMMIT TRANSACTION;
GO
