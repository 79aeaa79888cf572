-- One queue for the work that leaves the process or takes long: claimed by a worker, leased, tried again, dead after its last attempt.
CREATE TABLE Tasks (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Name TEXT NOT NULL,
  TaskKey TEXT NOT NULL,
  Input TEXT NOT NULL,
  Status TEXT NOT NULL,
  Attempts INTEGER NOT NULL,
  DueAt DATETIME NOT NULL,
  Holder TEXT NULL,
  Failure TEXT NULL,
  RequestId TEXT NOT NULL,
  TraceParent TEXT NULL,
  CreatedAt DATETIME NOT NULL,
  SettledAt DATETIME NULL,
  CONSTRAINT CK_Tasks_Status CHECK (Status IN ('queued', 'running', 'done', 'dead')),
  CONSTRAINT CK_Tasks_Settled CHECK ((SettledAt IS NULL AND Status NOT IN ('done', 'dead')) OR (SettledAt IS NOT NULL AND Status NOT IN ('queued', 'running')))
);
CREATE UNIQUE INDEX UX_Tasks_TaskKey ON Tasks (TaskKey);
CREATE INDEX IX_Tasks_Due ON Tasks (SettledAt, Name, DueAt, Id);
CREATE INDEX IX_Tasks_Status ON Tasks (Status, Id);
