-- destructive: ReconciliationRuns, ReconciliationDifferences
DROP TABLE ReconciliationDifferences;
DROP TABLE ReconciliationRuns;
