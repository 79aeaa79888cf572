-- destructive: Refunds, Payments.BegunAt
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
-- Refused while a payment is unresolved.
DROP TABLE Refunds;
GO
DROP INDEX IX_Payments_Status ON Payments;
GO
ALTER TABLE Payments DROP CONSTRAINT CK_Payments_Refunds;
ALTER TABLE Payments DROP CONSTRAINT IF EXISTS DF_Payments_RefundedE8;
ALTER TABLE Payments DROP CONSTRAINT IF EXISTS DF_Payments_RefundPendingE8;
GO
ALTER TABLE Payments DROP COLUMN RefundedE8;
ALTER TABLE Payments DROP COLUMN RefundPendingE8;
ALTER TABLE Payments DROP COLUMN BegunAt;
ALTER TABLE Payments DROP CONSTRAINT CK_Payments_Status;
GO
ALTER TABLE Payments ADD CONSTRAINT CK_Payments_Status CHECK (Status IN (N'pending', N'captured', N'failed', N'refunding', N'refunded'));
GO
COMMIT TRANSACTION;
GO
