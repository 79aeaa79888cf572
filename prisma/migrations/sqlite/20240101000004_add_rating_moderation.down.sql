-- destructive: RatingReplies, RatingReports, StruckRatings, RatingDecisions, RatingAppeals
DROP TRIGGER TR_AuditLog_NoUpdate;
DROP TRIGGER TR_AuditLog_NoDelete;
DROP INDEX IX_AuditLog_Action;
DROP TABLE RatingAppeals;
DROP TABLE StruckRatings;
DROP TABLE RatingDecisions;
DROP TABLE RatingReports;
DROP TABLE RatingReplies;
DELETE FROM RatingHelpfulVotes WHERE RatingId NOT IN (SELECT Id FROM SellerRatings);
UPDATE SellerRatingHistory SET Action = 'edited' WHERE Action = 'replaced';
UPDATE SellerRatingHistory SET Action = 'withdrawn' WHERE Action = 'struck';
UPDATE SellerRatingHistory SET Action = 'submitted' WHERE Action = 'restored';
CREATE TABLE SellerRatingHistory_New (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  RatingId INTEGER NOT NULL,
  SellerId INTEGER NOT NULL,
  RaterId INTEGER NOT NULL,
  Version INTEGER NOT NULL,
  Action TEXT NOT NULL,
  Rating INTEGER NOT NULL,
  Comment TEXT NULL,
  OrderId INTEGER NULL,
  ActorId INTEGER NULL,
  At DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT CK_SellerRatingHistory_Action CHECK (Action IN ('submitted', 'edited', 'withdrawn', 'imported')),
  CONSTRAINT CK_SellerRatingHistory_Rating CHECK (Rating IN (1, 2, 3, 4, 5))
);
INSERT INTO SellerRatingHistory_New (Id, RatingId, SellerId, RaterId, Version, Action, Rating, Comment, OrderId, ActorId, At)
SELECT Id, RatingId, SellerId, RaterId, Version, Action, Rating, Comment, OrderId, ActorId, At FROM SellerRatingHistory;
DROP TABLE SellerRatingHistory;
ALTER TABLE SellerRatingHistory_New RENAME TO SellerRatingHistory;
CREATE UNIQUE INDEX UX_SellerRatingHistory_Version ON SellerRatingHistory (RatingId, Version);
CREATE INDEX IX_SellerRatingHistory_Pair ON SellerRatingHistory (SellerId, RaterId, Id);
CREATE INDEX IX_SellerRatingHistory_Seller ON SellerRatingHistory (SellerId, Id DESC);
CREATE TABLE RatingHelpfulVotes_New (
  RatingId INTEGER NOT NULL,
  UserId INTEGER NOT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT PK_RatingHelpfulVotes PRIMARY KEY (RatingId, UserId),
  CONSTRAINT FK_RatingHelpfulVotes_Rating FOREIGN KEY (RatingId) REFERENCES SellerRatings (Id),
  CONSTRAINT FK_RatingHelpfulVotes_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
INSERT INTO RatingHelpfulVotes_New (RatingId, UserId, CreatedAt) SELECT RatingId, UserId, CreatedAt FROM RatingHelpfulVotes;
DROP TABLE RatingHelpfulVotes;
ALTER TABLE RatingHelpfulVotes_New RENAME TO RatingHelpfulVotes;
