-- destructive: Users.DeletedAt, Users.ErasedAt
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
DROP TRIGGER TR_AuditLog_EraseOnly;
GO
DROP TRIGGER TR_AuditLog_NoDelete;
GO
CREATE TRIGGER TR_AuditLog_AppendOnly ON AuditLog INSTEAD OF UPDATE, DELETE AS
BEGIN
  THROW 51000, N'AuditLog is append-only.', 1;
END
GO
DROP INDEX IX_EmailMessages_User ON EmailMessages;
DROP INDEX IX_RatingAppeals_Appellant ON RatingAppeals;
DROP INDEX IX_RatingReports_ReporterId ON RatingReports;
DROP INDEX IX_RatingReplies_Seller ON RatingReplies;
DROP INDEX IX_RatingHelpfulVotes_User ON RatingHelpfulVotes;
DROP INDEX IX_Users_DeletedAt ON Users;
GO
ALTER TABLE Users DROP COLUMN ErasedAt;
ALTER TABLE Users DROP COLUMN DeletedAt;
GO
COMMIT TRANSACTION;
GO
