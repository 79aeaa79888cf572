-- Recounts of the sellers' star counts, and how far each has come.
CREATE TABLE RecalculationRuns (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Scope TEXT NOT NULL,
  LastSellerId INTEGER NOT NULL DEFAULT 0,
  Checked INTEGER NOT NULL DEFAULT 0,
  Corrected INTEGER NOT NULL DEFAULT 0,
  StartedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  FinishedAt DATETIME NULL
);
CREATE INDEX IX_RecalculationRuns_Scope ON RecalculationRuns (Scope, FinishedAt);
