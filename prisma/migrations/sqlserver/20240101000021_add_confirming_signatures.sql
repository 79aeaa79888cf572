-- A linked wallet can confirm a change of its account by a fresh signature.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE WalletNonces DROP CONSTRAINT CK_WalletNonces_Purpose;
GO
ALTER TABLE WalletNonces ADD CONSTRAINT CK_WalletNonces_Purpose CHECK ((Purpose = N'sign-in' AND SessionId IS NULL) OR (Purpose IN (N'link', N'confirm') AND SessionId IS NOT NULL));
GO
COMMIT TRANSACTION;
GO
