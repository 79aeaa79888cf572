-- destructive: Users.DeletedAt, Users.ErasedAt
DROP TRIGGER TR_AuditLog_EraseOnly;
CREATE TRIGGER TR_AuditLog_NoUpdate BEFORE UPDATE ON AuditLog BEGIN SELECT RAISE(ABORT, 'AuditLog is append-only.'); END;
DROP INDEX IX_EmailMessages_User;
DROP INDEX IX_RatingAppeals_Appellant;
DROP INDEX IX_RatingReports_ReporterId;
DROP INDEX IX_RatingReplies_Seller;
DROP INDEX IX_RatingHelpfulVotes_User;
DROP INDEX IX_Users_DeletedAt;
ALTER TABLE Users DROP COLUMN ErasedAt;
ALTER TABLE Users DROP COLUMN DeletedAt;
