-- destructive: Payments.Failure
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
DELETE FROM Payments WHERE Status = N'failed';
GO
ALTER TABLE Payments DROP COLUMN Failure;
GO
ALTER TABLE Payments DROP CONSTRAINT IF EXISTS DF_Payments_Attempt;
GO
ALTER TABLE Payments DROP COLUMN Attempt;
GO
-- Refused while a payment is pending or a refund is under way: their outcome is not known yet.
ALTER TABLE Payments DROP CONSTRAINT CK_Payments_Status;
GO
ALTER TABLE Payments ADD CONSTRAINT CK_Payments_Status CHECK (Status IN (N'captured', N'refunded'));
GO
COMMIT TRANSACTION;
GO
