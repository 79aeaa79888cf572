-- What a payment provider says is stored before anything acts on it, once for each event.
CREATE TABLE ProviderEvents (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Provider TEXT NOT NULL,
  EventId TEXT NOT NULL,
  Type TEXT NOT NULL,
  Subject TEXT NOT NULL,
  Reference TEXT NOT NULL,
  Status TEXT NOT NULL,
  Failure TEXT NULL,
  CreatedAt DATETIME NOT NULL,
  ReceivedAt DATETIME NOT NULL,
  SettledAt DATETIME NULL,
  CONSTRAINT CK_ProviderEvents_Subject CHECK (Subject IN ('payment', 'refund', 'dispute')),
  CONSTRAINT CK_ProviderEvents_Status CHECK (Status IN ('received', 'done', 'parked'))
);
CREATE UNIQUE INDEX UX_ProviderEvents_Event ON ProviderEvents (Provider, EventId);
CREATE INDEX IX_ProviderEvents_Status ON ProviderEvents (Status, Id);
CREATE TABLE ProviderEventPulls (
  Provider TEXT NOT NULL,
  PulledTo DATETIME NOT NULL,
  CONSTRAINT PK_ProviderEventPulls PRIMARY KEY (Provider)
);
