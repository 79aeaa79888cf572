-- destructive: Charges
-- Refused while a charge has no outcome: without its key, nothing can find at the provider what became of it.
CREATE TABLE Charges_Open (Id INTEGER NOT NULL, CONSTRAINT CK_Charges_without_an_outcome CHECK (Id < 0));
INSERT INTO Charges_Open (Id) SELECT Id FROM Charges WHERE Status IN ('pending', 'unresolved');
DROP TABLE Charges_Open;
DROP INDEX IX_Payments_Charge;
ALTER TABLE Payments DROP COLUMN ChargeAttempt;
ALTER TABLE Payments DROP COLUMN ChargeId;
DROP TABLE Charges;
