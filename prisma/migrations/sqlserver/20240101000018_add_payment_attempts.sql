-- A payment is begun before its provider is asked, and settled afterwards: it may fail and be attempted again, and a refund has two steps.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE Payments DROP CONSTRAINT CK_Payments_Status;
GO
ALTER TABLE Payments ADD CONSTRAINT CK_Payments_Status CHECK (Status IN (N'pending', N'captured', N'failed', N'refunding', N'refunded'));
GO
ALTER TABLE Payments ADD Attempt INT NOT NULL CONSTRAINT DF_Payments_Attempt DEFAULT 1;
GO
ALTER TABLE Payments ADD Failure NVARCHAR(300) NULL;
GO
COMMIT TRANSACTION;
GO
