-- destructive: Chargebacks, Payments.ChargedBackE8
ALTER TABLE Payments DROP COLUMN ChargedBackE8;
DROP TABLE Chargebacks;
