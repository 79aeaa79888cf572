-- destructive: PayoutLines, Payouts, PayoutFiles, PayoutSettings
DROP TABLE PayoutLines;
DROP TABLE Payouts;
DROP TABLE PayoutFiles;
DROP TABLE PayoutSettings;
