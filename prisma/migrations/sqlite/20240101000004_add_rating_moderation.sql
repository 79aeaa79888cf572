-- Replies of sellers, reports, ratings that were struck out (visible, not counted), decisions with their reasons, appeals. The
-- history learns three more actions, votes outlive the striking of their rating, and the audit log refuses changes.
CREATE TABLE RatingReplies (
  RatingId INTEGER NOT NULL,
  SellerId INTEGER NOT NULL,
  Text TEXT NOT NULL,
  Version INTEGER NOT NULL DEFAULT 1,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  UpdatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT PK_RatingReplies PRIMARY KEY (RatingId),
  CONSTRAINT FK_RatingReplies_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id)
);
CREATE TABLE RatingReports (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  RatingId INTEGER NOT NULL,
  ReporterId INTEGER NOT NULL,
  Reason TEXT NOT NULL,
  Detail TEXT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  DecisionId INTEGER NULL,
  CONSTRAINT FK_RatingReports_Reporter FOREIGN KEY (ReporterId) REFERENCES Users (Id),
  CONSTRAINT CK_RatingReports_Reason CHECK (Reason IN ('personal-data', 'abusive', 'not-about-purchase', 'blackmail', 'fake', 'other'))
);
CREATE TABLE RatingDecisions (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  RatingId INTEGER NOT NULL,
  SellerId INTEGER NOT NULL,
  RaterId INTEGER NOT NULL,
  Rating INTEGER NOT NULL,
  Comment TEXT NULL,
  Action TEXT NOT NULL,
  Reason TEXT NULL,
  Statement TEXT NOT NULL,
  DecidedBy INTEGER NOT NULL,
  At DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT CK_RatingDecisions_Rating CHECK (Rating IN (1, 2, 3, 4, 5)),
  CONSTRAINT CK_RatingDecisions_Action CHECK (Action IN ('struck', 'restored', 'dismissed', 'appeal-granted', 'appeal-denied')),
  CONSTRAINT CK_RatingDecisions_Reason CHECK (Reason IS NULL OR Reason IN ('personal-data', 'abusive', 'not-about-purchase', 'blackmail', 'fake', 'unlawful'))
);
CREATE TABLE StruckRatings (
  RatingId INTEGER NOT NULL,
  SellerId INTEGER NOT NULL,
  RaterId INTEGER NOT NULL,
  Rating INTEGER NOT NULL,
  Comment TEXT NULL,
  OrderId INTEGER NULL,
  Source TEXT NOT NULL,
  ImportRunId INTEGER NULL,
  Version INTEGER NOT NULL,
  HelpfulCount INTEGER NOT NULL,
  CreatedAt DATETIME NOT NULL,
  UpdatedAt DATETIME NOT NULL,
  StruckAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  DecisionId INTEGER NOT NULL,
  CONSTRAINT PK_StruckRatings PRIMARY KEY (RatingId),
  CONSTRAINT FK_StruckRatings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_StruckRatings_Rater FOREIGN KEY (RaterId) REFERENCES Users (Id),
  CONSTRAINT FK_StruckRatings_Decision FOREIGN KEY (DecisionId) REFERENCES RatingDecisions (Id),
  CONSTRAINT CK_StruckRatings_Rating CHECK (Rating IN (1, 2, 3, 4, 5))
);
CREATE TABLE RatingAppeals (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  DecisionId INTEGER NOT NULL,
  AppellantId INTEGER NOT NULL,
  Text TEXT NOT NULL,
  Status TEXT NOT NULL DEFAULT 'open',
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT FK_RatingAppeals_Decision FOREIGN KEY (DecisionId) REFERENCES RatingDecisions (Id),
  CONSTRAINT FK_RatingAppeals_Appellant FOREIGN KEY (AppellantId) REFERENCES Users (Id),
  CONSTRAINT CK_RatingAppeals_Status CHECK (Status IN ('open', 'granted', 'denied'))
);
CREATE UNIQUE INDEX UX_RatingReports_Reporter ON RatingReports (RatingId, ReporterId);
CREATE INDEX IX_RatingReports_Decision ON RatingReports (DecisionId, Id);
CREATE INDEX IX_StruckRatings_Seller ON StruckRatings (SellerId, StruckAt DESC);
CREATE INDEX IX_StruckRatings_Rater ON StruckRatings (RaterId);
CREATE INDEX IX_RatingDecisions_Rating ON RatingDecisions (RatingId, Id);
CREATE INDEX IX_RatingDecisions_Seller ON RatingDecisions (SellerId, Id);
CREATE INDEX IX_RatingDecisions_Rater ON RatingDecisions (RaterId, Id);
CREATE UNIQUE INDEX UX_RatingAppeals_Decision ON RatingAppeals (DecisionId);
CREATE INDEX IX_RatingAppeals_Status ON RatingAppeals (Status, Id);
CREATE INDEX IX_AuditLog_Action ON AuditLog (Action, Id DESC);
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
  CONSTRAINT CK_SellerRatingHistory_Action CHECK (Action IN ('submitted', 'edited', 'withdrawn', 'imported', 'replaced', 'struck', 'restored')),
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
  CONSTRAINT FK_RatingHelpfulVotes_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
INSERT INTO RatingHelpfulVotes_New (RatingId, UserId, CreatedAt) SELECT RatingId, UserId, CreatedAt FROM RatingHelpfulVotes;
DROP TABLE RatingHelpfulVotes;
ALTER TABLE RatingHelpfulVotes_New RENAME TO RatingHelpfulVotes;
CREATE TRIGGER TR_AuditLog_NoUpdate BEFORE UPDATE ON AuditLog BEGIN SELECT RAISE(ABORT, 'AuditLog is append-only.'); END;
CREATE TRIGGER TR_AuditLog_NoDelete BEFORE DELETE ON AuditLog BEGIN SELECT RAISE(ABORT, 'AuditLog is append-only.'); END;
