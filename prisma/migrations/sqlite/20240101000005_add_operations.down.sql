-- destructive: DashboardVisits, FeatureFeedback, Alerts
DROP TABLE DashboardVisits;
DROP TABLE FeatureFeedback;
DROP TABLE RequestSamples;
DROP TABLE Alerts;
DROP TABLE JobLeases;
DROP TABLE MaintenanceRuns;
