-- Replies of sellers, reports, ratings that were struck out (visible, not counted), decisions with their reasons, appeals. The
-- history learns three more actions, votes outlive the striking of their rating, and the audit log refuses changes.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE RatingReplies (
  RatingId INT NOT NULL,
  SellerId INT NOT NULL,
  Text NVARCHAR(2000) NOT NULL,
  Version INT NOT NULL CONSTRAINT DF_RatingReplies_Version DEFAULT 1,
  CreatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_RatingReplies_CreatedAt DEFAULT SYSUTCDATETIME(),
  UpdatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_RatingReplies_UpdatedAt DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_RatingReplies PRIMARY KEY (RatingId),
  CONSTRAINT FK_RatingReplies_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id)
);
GO
CREATE TABLE RatingReports (
  Id INT IDENTITY(1,1) NOT NULL,
  RatingId INT NOT NULL,
  ReporterId INT NOT NULL,
  Reason NVARCHAR(30) NOT NULL,
  Detail NVARCHAR(2000) NULL,
  CreatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_RatingReports_CreatedAt DEFAULT SYSUTCDATETIME(),
  DecisionId INT NULL,
  CONSTRAINT PK_RatingReports PRIMARY KEY (Id),
  CONSTRAINT FK_RatingReports_Reporter FOREIGN KEY (ReporterId) REFERENCES Users (Id),
  CONSTRAINT CK_RatingReports_Reason CHECK (Reason IN (N'personal-data', N'abusive', N'not-about-purchase', N'blackmail', N'fake', N'other'))
);
GO
CREATE TABLE RatingDecisions (
  Id INT IDENTITY(1,1) NOT NULL,
  RatingId INT NOT NULL,
  SellerId INT NOT NULL,
  RaterId INT NOT NULL,
  Rating TINYINT NOT NULL,
  Comment NVARCHAR(2000) NULL,
  Action NVARCHAR(20) NOT NULL,
  Reason NVARCHAR(30) NULL,
  Statement NVARCHAR(2000) NOT NULL,
  DecidedBy INT NOT NULL,
  At DATETIME2(3) NOT NULL CONSTRAINT DF_RatingDecisions_At DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_RatingDecisions PRIMARY KEY (Id),
  CONSTRAINT CK_RatingDecisions_Rating CHECK (Rating IN (1, 2, 3, 4, 5)),
  CONSTRAINT CK_RatingDecisions_Action CHECK (Action IN (N'struck', N'restored', N'dismissed', N'appeal-granted', N'appeal-denied')),
  CONSTRAINT CK_RatingDecisions_Reason CHECK (Reason IS NULL OR Reason IN (N'personal-data', N'abusive', N'not-about-purchase', N'blackmail', N'fake', N'unlawful'))
);
GO
CREATE TABLE StruckRatings (
  RatingId INT NOT NULL,
  SellerId INT NOT NULL,
  RaterId INT NOT NULL,
  Rating TINYINT NOT NULL,
  Comment NVARCHAR(2000) NULL,
  OrderId INT NULL,
  Source NVARCHAR(20) NOT NULL,
  ImportRunId INT NULL,
  Version INT NOT NULL,
  HelpfulCount INT NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  StruckAt DATETIME2(3) NOT NULL CONSTRAINT DF_StruckRatings_StruckAt DEFAULT SYSUTCDATETIME(),
  DecisionId INT NOT NULL,
  CONSTRAINT PK_StruckRatings PRIMARY KEY (RatingId),
  CONSTRAINT FK_StruckRatings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_StruckRatings_Rater FOREIGN KEY (RaterId) REFERENCES Users (Id),
  CONSTRAINT FK_StruckRatings_Decision FOREIGN KEY (DecisionId) REFERENCES RatingDecisions (Id),
  CONSTRAINT CK_StruckRatings_Rating CHECK (Rating IN (1, 2, 3, 4, 5))
);
GO
CREATE TABLE RatingAppeals (
  Id INT IDENTITY(1,1) NOT NULL,
  DecisionId INT NOT NULL,
  AppellantId INT NOT NULL,
  Text NVARCHAR(2000) NOT NULL,
  Status NVARCHAR(10) NOT NULL CONSTRAINT DF_RatingAppeals_Status DEFAULT N'open',
  CreatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_RatingAppeals_CreatedAt DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_RatingAppeals PRIMARY KEY (Id),
  CONSTRAINT FK_RatingAppeals_Decision FOREIGN KEY (DecisionId) REFERENCES RatingDecisions (Id),
  CONSTRAINT FK_RatingAppeals_Appellant FOREIGN KEY (AppellantId) REFERENCES Users (Id),
  CONSTRAINT CK_RatingAppeals_Status CHECK (Status IN (N'open', N'granted', N'denied'))
);
GO
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
GO
ALTER TABLE SellerRatingHistory DROP CONSTRAINT CK_SellerRatingHistory_Action;
GO
ALTER TABLE SellerRatingHistory ADD CONSTRAINT CK_SellerRatingHistory_Action CHECK (Action IN (N'submitted', N'edited', N'withdrawn', N'imported', N'replaced', N'struck', N'restored'));
GO
ALTER TABLE RatingHelpfulVotes DROP CONSTRAINT FK_RatingHelpfulVotes_Rating;
GO
CREATE TRIGGER TR_AuditLog_AppendOnly ON AuditLog INSTEAD OF UPDATE, DELETE AS
BEGIN
  THROW 51000, N'AuditLog is append-only.', 1;
END
GO
COMMIT TRANSACTION;
GO
