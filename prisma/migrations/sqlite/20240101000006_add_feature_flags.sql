-- Feature flags that somebody has changed, who has them in any case, the sides of A/B tests, and what was changed when by whom.
CREATE TABLE FeatureFlags (
  Name TEXT NOT NULL,
  Description TEXT NOT NULL,
  Owner TEXT NOT NULL,
  ExpiresAt DATETIME NULL,
  Enabled INTEGER NOT NULL,
  Killed INTEGER NOT NULL DEFAULT 0,
  RolloutPercentage INTEGER NOT NULL,
  Version INTEGER NOT NULL,
  UpdatedAt DATETIME NOT NULL,
  UpdatedBy INTEGER NULL,
  CONSTRAINT PK_FeatureFlags PRIMARY KEY (Name),
  CONSTRAINT CK_FeatureFlags_Enabled CHECK (Enabled IN (0, 1)),
  CONSTRAINT CK_FeatureFlags_Killed CHECK (Killed IN (0, 1)),
  CONSTRAINT CK_FeatureFlags_RolloutPercentage CHECK (RolloutPercentage >= 0 AND RolloutPercentage <= 100)
);
CREATE TABLE FeatureFlagTargets (
  FlagName TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Value TEXT NOT NULL,
  CONSTRAINT PK_FeatureFlagTargets PRIMARY KEY (FlagName, Kind, Value),
  CONSTRAINT FK_FeatureFlagTargets_Flag FOREIGN KEY (FlagName) REFERENCES FeatureFlags (Name),
  CONSTRAINT CK_FeatureFlagTargets_Kind CHECK (Kind IN ('user', 'role', 'tier'))
);
CREATE TABLE FeatureFlagVariants (
  FlagName TEXT NOT NULL,
  Name TEXT NOT NULL,
  Weight INTEGER NOT NULL,
  Position INTEGER NOT NULL,
  CONSTRAINT PK_FeatureFlagVariants PRIMARY KEY (FlagName, Name),
  CONSTRAINT FK_FeatureFlagVariants_Flag FOREIGN KEY (FlagName) REFERENCES FeatureFlags (Name),
  CONSTRAINT CK_FeatureFlagVariants_Weight CHECK (Weight >= 1 AND Weight <= 1000)
);
CREATE TABLE FeatureFlagChanges (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  FlagName TEXT NOT NULL,
  At DATETIME NOT NULL,
  ActorId INTEGER NULL,
  ActorKind TEXT NOT NULL,
  Action TEXT NOT NULL,
  StateBefore TEXT NOT NULL,
  StateAfter TEXT NOT NULL,
  RequestId TEXT NOT NULL,
  UndoneBy INTEGER NULL,
  CONSTRAINT CK_FeatureFlagChanges_Action CHECK (
    Action IN ('on', 'off', 'kill', 'revive', 'rollout', 'targets', 'variants', 'details', 'undo', 'rollback')
  )
);
CREATE INDEX IX_FeatureFlagChanges_Flag ON FeatureFlagChanges (FlagName, Id DESC);
