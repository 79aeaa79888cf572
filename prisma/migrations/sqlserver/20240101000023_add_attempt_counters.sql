-- Attempts to sign in or to prove a password are counted before they are judged, by address and account.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE AttemptCounters (
  KeyHash NVARCHAR(64) NOT NULL,
  Attempts INT NOT NULL,
  ExpiresAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_AttemptCounters PRIMARY KEY (KeyHash)
);
GO
CREATE INDEX IX_AttemptCounters_ExpiresAt ON AttemptCounters (ExpiresAt);
GO
COMMIT TRANSACTION;
GO
