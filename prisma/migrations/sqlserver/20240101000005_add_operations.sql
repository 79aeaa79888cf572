-- Visits, feedback, what processes measured of themselves, alerts, and maintenance that is begun from the console or by the clock.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE DashboardVisits (
  SellerId INT NOT NULL,
  VisitedAt DATETIME2(3) NOT NULL,
  PreviousAt DATETIME2(3) NULL,
  CONSTRAINT PK_DashboardVisits PRIMARY KEY (SellerId),
  CONSTRAINT FK_DashboardVisits_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id)
);
GO
CREATE TABLE FeatureFeedback (
  UserId INT NOT NULL,
  Feature NVARCHAR(60) NOT NULL,
  Score TINYINT NOT NULL,
  At DATETIME2(3) NOT NULL CONSTRAINT DF_FeatureFeedback_At DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_FeatureFeedback PRIMARY KEY (UserId, Feature),
  CONSTRAINT FK_FeatureFeedback_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_FeatureFeedback_Score CHECK (Score IN (1, 2, 3, 4, 5))
);
GO
CREATE TABLE RequestSamples (
  Id INT IDENTITY(1,1) NOT NULL,
  At DATETIME2(3) NOT NULL,
  Endpoint NVARCHAR(100) NOT NULL,
  Requests INT NOT NULL,
  Errors INT NOT NULL,
  To25 INT NOT NULL,
  To50 INT NOT NULL,
  To100 INT NOT NULL,
  To250 INT NOT NULL,
  To500 INT NOT NULL,
  To1000 INT NOT NULL,
  To2500 INT NOT NULL,
  Longer INT NOT NULL,
  Hourly INT NOT NULL CONSTRAINT DF_RequestSamples_Hourly DEFAULT 0,
  CONSTRAINT PK_RequestSamples PRIMARY KEY (Id)
);
GO
CREATE TABLE Alerts (
  Id INT IDENTITY(1,1) NOT NULL,
  Kind NVARCHAR(30) NOT NULL,
  OpenKey NVARCHAR(100) NOT NULL,
  SellerId INT NULL,
  Title NVARCHAR(200) NOT NULL,
  Evidence NVARCHAR(500) NOT NULL,
  Status NVARCHAR(20) NOT NULL CONSTRAINT DF_Alerts_Status DEFAULT N'open',
  OpenedAt DATETIME2(3) NOT NULL,
  LastSeenAt DATETIME2(3) NOT NULL,
  AcknowledgedBy INT NULL,
  AcknowledgedAt DATETIME2(3) NULL,
  ClosedBy INT NULL,
  ClosedAt DATETIME2(3) NULL,
  Note NVARCHAR(1000) NULL,
  DeliveredAt DATETIME2(3) NULL,
  CONSTRAINT PK_Alerts PRIMARY KEY (Id),
  CONSTRAINT CK_Alerts_Kind CHECK (Kind IN (N'error-rate', N'response-time', N'discrepancies', N'rating-spike')),
  CONSTRAINT CK_Alerts_Status CHECK (Status IN (N'open', N'acknowledged', N'closed'))
);
GO
CREATE TABLE JobLeases (
  Name NVARCHAR(60) NOT NULL,
  Holder NVARCHAR(60) NULL,
  NextRunAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_JobLeases PRIMARY KEY (Name)
);
GO
CREATE TABLE MaintenanceRuns (
  Id INT IDENTITY(1,1) NOT NULL,
  Kind NVARCHAR(20) NOT NULL,
  Status NVARCHAR(20) NOT NULL CONSTRAINT DF_MaintenanceRuns_Status DEFAULT N'queued',
  OpenKey NVARCHAR(60) NOT NULL,
  Holder NVARCHAR(60) NULL,
  RequestedBy INT NULL,
  RequestedAt DATETIME2(3) NOT NULL,
  StartedAt DATETIME2(3) NULL,
  FinishedAt DATETIME2(3) NULL,
  HeartbeatAt DATETIME2(3) NULL,
  Total INT NOT NULL CONSTRAINT DF_MaintenanceRuns_Total DEFAULT 0,
  Done INT NOT NULL CONSTRAINT DF_MaintenanceRuns_Done DEFAULT 0,
  Wrong INT NOT NULL CONSTRAINT DF_MaintenanceRuns_Wrong DEFAULT 0,
  Corrected INT NOT NULL CONSTRAINT DF_MaintenanceRuns_Corrected DEFAULT 0,
  Findings NVARCHAR(MAX) NULL,
  Message NVARCHAR(500) NULL,
  CONSTRAINT PK_MaintenanceRuns PRIMARY KEY (Id),
  CONSTRAINT CK_MaintenanceRuns_Kind CHECK (Kind IN (N'verify', N'recalculate')),
  CONSTRAINT CK_MaintenanceRuns_Status CHECK (Status IN (N'queued', N'running', N'paused', N'done', N'failed'))
);
GO
CREATE INDEX IX_RequestSamples_At ON RequestSamples (At);
CREATE UNIQUE INDEX UX_Alerts_OpenKey ON Alerts (OpenKey);
CREATE INDEX IX_Alerts_Status ON Alerts (Status, Id DESC);
CREATE UNIQUE INDEX UX_MaintenanceRuns_OpenKey ON MaintenanceRuns (OpenKey);
CREATE INDEX IX_MaintenanceRuns_Status ON MaintenanceRuns (Status, Id);
CREATE INDEX IX_MaintenanceRuns_Kind ON MaintenanceRuns (Kind, FinishedAt DESC);
GO
COMMIT TRANSACTION;
GO
