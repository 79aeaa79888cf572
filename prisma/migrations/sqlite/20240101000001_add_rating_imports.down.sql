-- destructive: ExternalAccounts, ImportRuns
DROP TABLE ImportRuns;
DROP TABLE ExternalAccounts;
