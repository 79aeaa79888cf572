-- Flags that are opened step by step as long as what is measured stays good; an alert may be about one.
CREATE TABLE FeatureRollouts (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  FlagName TEXT NOT NULL,
  OpenKey TEXT NOT NULL,
  Status TEXT NOT NULL,
  Phases TEXT NOT NULL,
  Phase INTEGER NOT NULL,
  StartPercentage INTEGER NOT NULL,
  WaitMinutes INTEGER NOT NULL,
  RequestsMin INTEGER NOT NULL,
  ErrorRateMaxPermille INTEGER NOT NULL,
  P95MaxMs INTEGER NOT NULL,
  RequestedBy INTEGER NULL,
  RequestedAt DATETIME NOT NULL,
  PhaseStartedAt DATETIME NOT NULL,
  FinishedAt DATETIME NULL,
  Message TEXT NULL,
  Guards TEXT NOT NULL,
  CONSTRAINT CK_FeatureRollouts_Status CHECK (Status IN ('running', 'paused', 'done', 'rolled-back', 'stopped'))
);
CREATE UNIQUE INDEX UX_FeatureRollouts_OpenKey ON FeatureRollouts (OpenKey);
CREATE INDEX IX_FeatureRollouts_Flag ON FeatureRollouts (FlagName, Id DESC);
CREATE TABLE Alerts_new (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Kind TEXT NOT NULL,
  OpenKey TEXT NOT NULL,
  SellerId INTEGER NULL,
  Title TEXT NOT NULL,
  Evidence TEXT NOT NULL,
  Status TEXT NOT NULL DEFAULT 'open',
  OpenedAt DATETIME NOT NULL,
  LastSeenAt DATETIME NOT NULL,
  AcknowledgedBy INTEGER NULL,
  AcknowledgedAt DATETIME NULL,
  ClosedBy INTEGER NULL,
  ClosedAt DATETIME NULL,
  Note TEXT NULL,
  DeliveredAt DATETIME NULL,
  CONSTRAINT CK_Alerts_Kind CHECK (Kind IN ('error-rate', 'response-time', 'discrepancies', 'rating-spike', 'rollout')),
  CONSTRAINT CK_Alerts_Status CHECK (Status IN ('open', 'acknowledged', 'closed'))
);
INSERT INTO Alerts_new SELECT * FROM Alerts;
DROP TABLE Alerts;
ALTER TABLE Alerts_new RENAME TO Alerts;
CREATE UNIQUE INDEX UX_Alerts_OpenKey ON Alerts (OpenKey);
CREATE INDEX IX_Alerts_Status ON Alerts (Status, Id DESC);
