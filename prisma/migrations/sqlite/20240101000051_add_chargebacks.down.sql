-- destructive: Chargebacks
ALTER TABLE Payments DROP COLUMN ChargedBackE8;
DROP TABLE Chargebacks;
