-- destructive: RatingReplies, RatingReports, StruckRatings, RatingDecisions, RatingAppeals
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
DROP TRIGGER TR_AuditLog_AppendOnly;
GO
DROP INDEX IX_AuditLog_Action ON AuditLog;
GO
DROP TABLE RatingAppeals;
DROP TABLE StruckRatings;
DROP TABLE RatingDecisions;
DROP TABLE RatingReports;
DROP TABLE RatingReplies;
GO
ALTER TABLE SellerRatingHistory DROP CONSTRAINT CK_SellerRatingHistory_Action;
GO
DELETE FROM RatingHelpfulVotes WHERE RatingId NOT IN (SELECT Id FROM SellerRatings);
UPDATE SellerRatingHistory SET Action = 'edited' WHERE Action = 'replaced';
UPDATE SellerRatingHistory SET Action = 'withdrawn' WHERE Action = 'struck';
UPDATE SellerRatingHistory SET Action = 'submitted' WHERE Action = 'restored';
GO
ALTER TABLE SellerRatingHistory ADD CONSTRAINT CK_SellerRatingHistory_Action CHECK (Action IN (N'submitted', N'edited', N'withdrawn', N'imported'));
GO
ALTER TABLE RatingHelpfulVotes ADD CONSTRAINT FK_RatingHelpfulVotes_Rating FOREIGN KEY (RatingId) REFERENCES SellerRatings (Id);
GO
COMMIT TRANSACTION;
GO
