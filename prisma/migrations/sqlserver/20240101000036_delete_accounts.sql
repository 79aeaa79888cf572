-- Accounts are deleted: their rows stay for the orders and ratings that name them. What a person has in other tables is found by them.
-- Details of audit entries may be erased, and nothing else of them.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE Users ADD DeletedAt DATETIME2(3) NULL;
ALTER TABLE Users ADD ErasedAt DATETIME2(3) NULL;
GO
CREATE INDEX IX_Users_DeletedAt ON Users (DeletedAt);
CREATE INDEX IX_RatingHelpfulVotes_User ON RatingHelpfulVotes (UserId, RatingId);
CREATE INDEX IX_RatingReplies_Seller ON RatingReplies (SellerId, RatingId);
CREATE INDEX IX_RatingReports_ReporterId ON RatingReports (ReporterId, Id);
CREATE INDEX IX_RatingAppeals_Appellant ON RatingAppeals (AppellantId, Id);
CREATE INDEX IX_EmailMessages_User ON EmailMessages (UserId, Id);
GO
DROP TRIGGER TR_AuditLog_AppendOnly;
GO
CREATE TRIGGER TR_AuditLog_NoDelete ON AuditLog INSTEAD OF DELETE AS
BEGIN
  THROW 51000, N'AuditLog is append-only.', 1;
END
GO
CREATE TRIGGER TR_AuditLog_EraseOnly ON AuditLog AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (
    SELECT 1 FROM inserted i JOIN deleted d ON d.Id = i.Id
    WHERE i.At <> d.At OR COALESCE(i.ActorId, -1) <> COALESCE(d.ActorId, -1) OR i.ActorKind <> d.ActorKind OR i.Action <> d.Action
      OR i.Entity <> d.Entity OR i.EntityId <> d.EntityId OR COALESCE(i.RequestId, N'') <> COALESCE(d.RequestId, N'')
      OR (i.Detail IS NOT NULL AND COALESCE(d.Detail, N'') <> i.Detail)
      OR (i.AddressPrefix IS NOT NULL AND COALESCE(d.AddressPrefix, N'') <> i.AddressPrefix)
  )
    THROW 51000, N'AuditLog is append-only.', 1;
END
GO
COMMIT TRANSACTION;
GO
