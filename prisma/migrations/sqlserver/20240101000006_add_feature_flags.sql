-- Feature flags that somebody has changed, who has them in any case, the sides of A/B tests, and what was changed when by whom.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE FeatureFlags (
  Name NVARCHAR(60) NOT NULL,
  Description NVARCHAR(500) NOT NULL,
  Owner NVARCHAR(100) NOT NULL,
  ExpiresAt DATETIME2(3) NULL,
  Enabled TINYINT NOT NULL,
  Killed TINYINT NOT NULL CONSTRAINT DF_FeatureFlags_Killed DEFAULT 0,
  RolloutPercentage INT NOT NULL,
  Version INT NOT NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  UpdatedBy INT NULL,
  CONSTRAINT PK_FeatureFlags PRIMARY KEY (Name),
  CONSTRAINT CK_FeatureFlags_Enabled CHECK (Enabled IN (0, 1)),
  CONSTRAINT CK_FeatureFlags_Killed CHECK (Killed IN (0, 1)),
  CONSTRAINT CK_FeatureFlags_RolloutPercentage CHECK (RolloutPercentage >= 0 AND RolloutPercentage <= 100)
);
GO
CREATE TABLE FeatureFlagTargets (
  FlagName NVARCHAR(60) NOT NULL,
  Kind NVARCHAR(10) NOT NULL,
  Value NVARCHAR(60) NOT NULL,
  CONSTRAINT PK_FeatureFlagTargets PRIMARY KEY (FlagName, Kind, Value),
  CONSTRAINT FK_FeatureFlagTargets_Flag FOREIGN KEY (FlagName) REFERENCES FeatureFlags (Name),
  CONSTRAINT CK_FeatureFlagTargets_Kind CHECK (Kind IN (N'user', N'role', N'tier'))
);
GO
CREATE TABLE FeatureFlagVariants (
  FlagName NVARCHAR(60) NOT NULL,
  Name NVARCHAR(60) NOT NULL,
  Weight INT NOT NULL,
  Position INT NOT NULL,
  CONSTRAINT PK_FeatureFlagVariants PRIMARY KEY (FlagName, Name),
  CONSTRAINT FK_FeatureFlagVariants_Flag FOREIGN KEY (FlagName) REFERENCES FeatureFlags (Name),
  CONSTRAINT CK_FeatureFlagVariants_Weight CHECK (Weight >= 1 AND Weight <= 1000)
);
GO
CREATE TABLE FeatureFlagChanges (
  Id INT IDENTITY(1,1) NOT NULL,
  FlagName NVARCHAR(60) NOT NULL,
  At DATETIME2(3) NOT NULL,
  ActorId INT NULL,
  ActorKind NVARCHAR(20) NOT NULL,
  Action NVARCHAR(20) NOT NULL,
  StateBefore NVARCHAR(MAX) NOT NULL,
  StateAfter NVARCHAR(MAX) NOT NULL,
  RequestId NVARCHAR(64) NOT NULL,
  UndoneBy INT NULL,
  CONSTRAINT PK_FeatureFlagChanges PRIMARY KEY (Id),
  CONSTRAINT CK_FeatureFlagChanges_Action CHECK (
    Action IN (N'on', N'off', N'kill', N'revive', N'rollout', N'targets', N'variants', N'details', N'undo', N'rollback')
  )
);
GO
CREATE INDEX IX_FeatureFlagChanges_Flag ON FeatureFlagChanges (FlagName, Id DESC);
GO
COMMIT TRANSACTION;
GO
