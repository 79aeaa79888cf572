-- Seller ratings. SellerRatings holds exactly the ratings that count, one per seller and rater. On Users, Stars1 … Stars5 are
-- the only stored counts; TotalRatings, PositiveRatings and SellerRating are computed from them by the database, so that they
-- cannot disagree and nobody can write them. SellerRating is rounded half up to hundredths, in whole numbers:
-- floor((200 * sum + n) / (2 * n)) / 100.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE Users ADD Stars1 INT NOT NULL CONSTRAINT DF_Users_Stars1 DEFAULT 0;
ALTER TABLE Users ADD Stars2 INT NOT NULL CONSTRAINT DF_Users_Stars2 DEFAULT 0;
ALTER TABLE Users ADD Stars3 INT NOT NULL CONSTRAINT DF_Users_Stars3 DEFAULT 0;
ALTER TABLE Users ADD Stars4 INT NOT NULL CONSTRAINT DF_Users_Stars4 DEFAULT 0;
ALTER TABLE Users ADD Stars5 INT NOT NULL CONSTRAINT DF_Users_Stars5 DEFAULT 0;
GO
ALTER TABLE Users ADD CONSTRAINT CK_Users_Stars CHECK (Stars1 >= 0 AND Stars2 >= 0 AND Stars3 >= 0 AND Stars4 >= 0 AND Stars5 >= 0);
GO
ALTER TABLE Users ADD TotalRatings AS (Stars1 + Stars2 + Stars3 + Stars4 + Stars5) PERSISTED;
GO
ALTER TABLE Users ADD PositiveRatings AS (Stars4 + Stars5) PERSISTED;
GO
ALTER TABLE Users ADD SellerRating AS (
  CAST(CAST((200 * (CAST(Stars1 AS BIGINT) + 2 * CAST(Stars2 AS BIGINT) + 3 * CAST(Stars3 AS BIGINT) + 4 * CAST(Stars4 AS BIGINT) + 5 * CAST(Stars5 AS BIGINT))
    + (Stars1 + Stars2 + Stars3 + Stars4 + Stars5))
    / NULLIF(2 * CAST(Stars1 + Stars2 + Stars3 + Stars4 + Stars5 AS BIGINT), 0) AS DECIMAL(19,2)) / 100 AS DECIMAL(3,2))
) PERSISTED;
GO
CREATE INDEX IX_Users_SellerRating ON Users (SellerRating DESC, TotalRatings DESC, Id);
GO
CREATE TABLE SellerRatings (
  Id INT IDENTITY(1,1) NOT NULL,
  SellerId INT NOT NULL,
  RaterId INT NOT NULL,
  Rating TINYINT NOT NULL,
  Comment NVARCHAR(2000) NULL,
  OrderId INT NULL,
  Source NVARCHAR(20) NOT NULL CONSTRAINT DF_SellerRatings_Source DEFAULT N'purchase',
  ImportRunId INT NULL,
  Version INT NOT NULL CONSTRAINT DF_SellerRatings_Version DEFAULT 1,
  HelpfulCount INT NOT NULL CONSTRAINT DF_SellerRatings_HelpfulCount DEFAULT 0,
  CreatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_SellerRatings_CreatedAt DEFAULT SYSUTCDATETIME(),
  UpdatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_SellerRatings_UpdatedAt DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_SellerRatings PRIMARY KEY (Id),
  CONSTRAINT FK_SellerRatings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_SellerRatings_Rater FOREIGN KEY (RaterId) REFERENCES Users (Id),
  CONSTRAINT FK_SellerRatings_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_SellerRatings_Rating CHECK (Rating IN (1, 2, 3, 4, 5)),
  CONSTRAINT CK_SellerRatings_Self CHECK (SellerId <> RaterId),
  CONSTRAINT CK_SellerRatings_Source CHECK ((Source = N'purchase' AND OrderId IS NOT NULL) OR (Source = N'imported' AND OrderId IS NULL)),
  CONSTRAINT CK_SellerRatings_HelpfulCount CHECK (HelpfulCount >= 0)
);
GO
CREATE UNIQUE INDEX UX_SellerRatings_Seller_Rater ON SellerRatings (SellerId, RaterId);
CREATE INDEX IX_SellerRatings_Seller_Newest ON SellerRatings (SellerId, CreatedAt DESC, Id DESC);
CREATE INDEX IX_SellerRatings_Seller_Rating ON SellerRatings (SellerId, Rating, CreatedAt DESC, Id DESC);
CREATE INDEX IX_SellerRatings_Seller_Helpful ON SellerRatings (SellerId, HelpfulCount DESC, Id DESC);
CREATE INDEX IX_SellerRatings_Rater ON SellerRatings (RaterId, CreatedAt DESC, Id DESC);
CREATE INDEX IX_SellerRatings_CreatedAt ON SellerRatings (CreatedAt);
GO
CREATE TABLE SellerRatingHistory (
  Id INT IDENTITY(1,1) NOT NULL,
  RatingId INT NOT NULL,
  SellerId INT NOT NULL,
  RaterId INT NOT NULL,
  Version INT NOT NULL,
  Action NVARCHAR(20) NOT NULL,
  Rating TINYINT NOT NULL,
  Comment NVARCHAR(2000) NULL,
  OrderId INT NULL,
  ActorId INT NULL,
  At DATETIME2(3) NOT NULL CONSTRAINT DF_SellerRatingHistory_At DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_SellerRatingHistory PRIMARY KEY (Id),
  CONSTRAINT CK_SellerRatingHistory_Action CHECK (Action IN (N'submitted', N'edited', N'withdrawn', N'imported')),
  CONSTRAINT CK_SellerRatingHistory_Rating CHECK (Rating IN (1, 2, 3, 4, 5))
);
GO
CREATE UNIQUE INDEX UX_SellerRatingHistory_Version ON SellerRatingHistory (RatingId, Version);
CREATE INDEX IX_SellerRatingHistory_Pair ON SellerRatingHistory (SellerId, RaterId, Id);
GO
CREATE TABLE RatingHelpfulVotes (
  RatingId INT NOT NULL,
  UserId INT NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL CONSTRAINT DF_RatingHelpfulVotes_CreatedAt DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_RatingHelpfulVotes PRIMARY KEY (RatingId, UserId),
  CONSTRAINT FK_RatingHelpfulVotes_Rating FOREIGN KEY (RatingId) REFERENCES SellerRatings (Id),
  CONSTRAINT FK_RatingHelpfulVotes_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
GO
COMMIT TRANSACTION;
GO
