ALTER TABLE MaintenanceRuns DROP COLUMN TraceParent;
ALTER TABLE MaintenanceRuns DROP COLUMN RequestId;
ALTER TABLE OutboxEvents DROP COLUMN RequestId;
