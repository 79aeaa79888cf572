-- One queue for the work that leaves the process or takes long: claimed by a worker, leased, tried again, dead after its last attempt.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE Tasks (
  Id INT IDENTITY(1,1) NOT NULL,
  Name NVARCHAR(60) NOT NULL,
  TaskKey NVARCHAR(120) NOT NULL,
  Input NVARCHAR(2000) NOT NULL,
  Status NVARCHAR(10) NOT NULL,
  Attempts INT NOT NULL,
  DueAt DATETIME2(3) NOT NULL,
  Holder NVARCHAR(60) NULL,
  Failure NVARCHAR(500) NULL,
  RequestId NVARCHAR(64) NOT NULL,
  TraceParent NVARCHAR(55) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  SettledAt DATETIME2(3) NULL,
  CONSTRAINT PK_Tasks PRIMARY KEY (Id),
  CONSTRAINT CK_Tasks_Status CHECK (Status IN (N'queued', N'running', N'done', N'dead')),
  CONSTRAINT CK_Tasks_Settled CHECK ((SettledAt IS NULL AND Status NOT IN (N'done', N'dead')) OR (SettledAt IS NOT NULL AND Status NOT IN (N'queued', N'running')))
);
GO
CREATE UNIQUE INDEX UX_Tasks_TaskKey ON Tasks (TaskKey);
CREATE INDEX IX_Tasks_Due ON Tasks (SettledAt, Name, DueAt, Id);
CREATE INDEX IX_Tasks_Status ON Tasks (Status, Id);
GO
COMMIT TRANSACTION;
GO
