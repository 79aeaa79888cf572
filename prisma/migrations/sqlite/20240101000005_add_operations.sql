-- Visits, feedback, what processes measured of themselves, alerts, and maintenance that is begun from the console or by the clock.
CREATE TABLE DashboardVisits (
  SellerId INTEGER NOT NULL,
  VisitedAt DATETIME NOT NULL,
  PreviousAt DATETIME NULL,
  CONSTRAINT PK_DashboardVisits PRIMARY KEY (SellerId),
  CONSTRAINT FK_DashboardVisits_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id)
);
CREATE TABLE FeatureFeedback (
  UserId INTEGER NOT NULL,
  Feature TEXT NOT NULL,
  Score INTEGER NOT NULL,
  At DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT PK_FeatureFeedback PRIMARY KEY (UserId, Feature),
  CONSTRAINT FK_FeatureFeedback_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_FeatureFeedback_Score CHECK (Score IN (1, 2, 3, 4, 5))
);
CREATE TABLE RequestSamples (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  At DATETIME NOT NULL,
  Endpoint TEXT NOT NULL,
  Requests INTEGER NOT NULL,
  Errors INTEGER NOT NULL,
  To25 INTEGER NOT NULL,
  To50 INTEGER NOT NULL,
  To100 INTEGER NOT NULL,
  To250 INTEGER NOT NULL,
  To500 INTEGER NOT NULL,
  To1000 INTEGER NOT NULL,
  To2500 INTEGER NOT NULL,
  Longer INTEGER NOT NULL,
  Hourly INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE Alerts (
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
  CONSTRAINT CK_Alerts_Kind CHECK (Kind IN ('error-rate', 'response-time', 'discrepancies', 'rating-spike')),
  CONSTRAINT CK_Alerts_Status CHECK (Status IN ('open', 'acknowledged', 'closed'))
);
CREATE TABLE JobLeases (
  Name TEXT NOT NULL,
  Holder TEXT NULL,
  NextRunAt DATETIME NOT NULL,
  CONSTRAINT PK_JobLeases PRIMARY KEY (Name)
);
CREATE TABLE MaintenanceRuns (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Kind TEXT NOT NULL,
  Status TEXT NOT NULL DEFAULT 'queued',
  OpenKey TEXT NOT NULL,
  Holder TEXT NULL,
  RequestedBy INTEGER NULL,
  RequestedAt DATETIME NOT NULL,
  StartedAt DATETIME NULL,
  FinishedAt DATETIME NULL,
  HeartbeatAt DATETIME NULL,
  Total INTEGER NOT NULL DEFAULT 0,
  Done INTEGER NOT NULL DEFAULT 0,
  Wrong INTEGER NOT NULL DEFAULT 0,
  Corrected INTEGER NOT NULL DEFAULT 0,
  Findings TEXT NULL,
  Message TEXT NULL,
  CONSTRAINT CK_MaintenanceRuns_Kind CHECK (Kind IN ('verify', 'recalculate')),
  CONSTRAINT CK_MaintenanceRuns_Status CHECK (Status IN ('queued', 'running', 'paused', 'done', 'failed'))
);
CREATE INDEX IX_RequestSamples_At ON RequestSamples (At);
CREATE UNIQUE INDEX UX_Alerts_OpenKey ON Alerts (OpenKey);
CREATE INDEX IX_Alerts_Status ON Alerts (Status, Id DESC);
CREATE UNIQUE INDEX UX_MaintenanceRuns_OpenKey ON MaintenanceRuns (OpenKey);
CREATE INDEX IX_MaintenanceRuns_Status ON MaintenanceRuns (Status, Id);
CREATE INDEX IX_MaintenanceRuns_Kind ON MaintenanceRuns (Kind, FinishedAt DESC);
