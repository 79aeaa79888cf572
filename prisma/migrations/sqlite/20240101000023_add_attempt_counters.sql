-- Attempts to sign in or to prove a password are counted before they are judged, by address and account.
CREATE TABLE AttemptCounters (
  KeyHash TEXT NOT NULL,
  Attempts INTEGER NOT NULL,
  ExpiresAt DATETIME NOT NULL,
  CONSTRAINT PK_AttemptCounters PRIMARY KEY (KeyHash)
);
CREATE INDEX IX_AttemptCounters_ExpiresAt ON AttemptCounters (ExpiresAt);
