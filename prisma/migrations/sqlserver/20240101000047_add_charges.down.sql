-- destructive: Charges
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
-- Refused while a charge has no outcome: without its key, nothing can find at the provider what became of it.
IF EXISTS (SELECT 1 FROM Charges WHERE Status IN (N'pending', N'unresolved')) THROW 51000, N'A charge has no outcome yet.', 1;
GO
DROP INDEX IX_Payments_Charge ON Payments;
ALTER TABLE Payments DROP CONSTRAINT CK_Payments_Charge;
ALTER TABLE Payments DROP CONSTRAINT FK_Payments_Charge;
GO
ALTER TABLE Payments DROP COLUMN ChargeAttempt;
ALTER TABLE Payments DROP COLUMN ChargeId;
GO
DROP TABLE Charges;
GO
COMMIT TRANSACTION;
GO
