-- What a request caused can be told: events and maintenance runs keep its id, runs its trace (W3C traceparent) too.
ALTER TABLE OutboxEvents ADD COLUMN RequestId TEXT NULL;
ALTER TABLE MaintenanceRuns ADD COLUMN RequestId TEXT NULL;
ALTER TABLE MaintenanceRuns ADD COLUMN TraceParent TEXT NULL;
