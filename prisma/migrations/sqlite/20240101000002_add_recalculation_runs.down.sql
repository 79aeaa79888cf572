-- destructive: RecalculationRuns
DROP TABLE RecalculationRuns;
