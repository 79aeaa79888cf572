-- Accounts are deleted: their rows stay for the orders and ratings that name them. What a person has in other tables is found by them.
-- Details of audit entries may be erased, and nothing else of them.
ALTER TABLE Users ADD COLUMN DeletedAt DATETIME NULL;
ALTER TABLE Users ADD COLUMN ErasedAt DATETIME NULL;
CREATE INDEX IX_Users_DeletedAt ON Users (DeletedAt);
CREATE INDEX IX_RatingHelpfulVotes_User ON RatingHelpfulVotes (UserId, RatingId);
CREATE INDEX IX_RatingReplies_Seller ON RatingReplies (SellerId, RatingId);
CREATE INDEX IX_RatingReports_ReporterId ON RatingReports (ReporterId, Id);
CREATE INDEX IX_RatingAppeals_Appellant ON RatingAppeals (AppellantId, Id);
CREATE INDEX IX_EmailMessages_User ON EmailMessages (UserId, Id);
DROP TRIGGER TR_AuditLog_NoUpdate;
CREATE TRIGGER TR_AuditLog_EraseOnly BEFORE UPDATE ON AuditLog
WHEN NEW.Id IS NOT OLD.Id OR NEW.At IS NOT OLD.At OR NEW.ActorId IS NOT OLD.ActorId OR NEW.ActorKind IS NOT OLD.ActorKind OR NEW.Action IS NOT OLD.Action
  OR NEW.Entity IS NOT OLD.Entity OR NEW.EntityId IS NOT OLD.EntityId OR NEW.RequestId IS NOT OLD.RequestId
  OR (NEW.Detail IS NOT OLD.Detail AND NEW.Detail IS NOT NULL)
  OR (NEW.AddressPrefix IS NOT OLD.AddressPrefix AND NEW.AddressPrefix IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'AuditLog is append-only.'); END;
