-- Flags that are opened step by step as long as what is measured stays good; an alert may be about one.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE FeatureRollouts (
  Id INT IDENTITY(1,1) NOT NULL,
  FlagName NVARCHAR(60) NOT NULL,
  OpenKey NVARCHAR(60) NOT NULL,
  Status NVARCHAR(20) NOT NULL,
  Phases NVARCHAR(100) NOT NULL,
  Phase INT NOT NULL,
  StartPercentage INT NOT NULL,
  WaitMinutes INT NOT NULL,
  RequestsMin INT NOT NULL,
  ErrorRateMaxPermille INT NOT NULL,
  P95MaxMs INT NOT NULL,
  RequestedBy INT NULL,
  RequestedAt DATETIME2(3) NOT NULL,
  PhaseStartedAt DATETIME2(3) NOT NULL,
  FinishedAt DATETIME2(3) NULL,
  Message NVARCHAR(500) NULL,
  Guards NVARCHAR(2000) NOT NULL,
  CONSTRAINT PK_FeatureRollouts PRIMARY KEY (Id),
  CONSTRAINT CK_FeatureRollouts_Status CHECK (Status IN (N'running', N'paused', N'done', N'rolled-back', N'stopped'))
);
GO
CREATE UNIQUE INDEX UX_FeatureRollouts_OpenKey ON FeatureRollouts (OpenKey);
GO
CREATE INDEX IX_FeatureRollouts_Flag ON FeatureRollouts (FlagName, Id DESC);
GO
ALTER TABLE Alerts DROP CONSTRAINT CK_Alerts_Kind;
GO
ALTER TABLE Alerts ADD CONSTRAINT CK_Alerts_Kind CHECK (Kind IN (N'error-rate', N'response-time', N'discrepancies', N'rating-spike', N'rollout'));
GO
COMMIT TRANSACTION;
GO
