-- Seller ratings. SellerRatings holds exactly the ratings that count, one per seller and rater. On Users, Stars1 … Stars5 are
-- the only stored counts; TotalRatings, PositiveRatings and SellerRating are computed from them by the database, so that they
-- cannot disagree and nobody can write them. SellerRating is rounded half up to hundredths, in whole numbers:
-- floor((200 * sum + n) / (2 * n)) / 100.
ALTER TABLE Users ADD COLUMN Stars1 INTEGER NOT NULL DEFAULT 0 CHECK (Stars1 >= 0);
ALTER TABLE Users ADD COLUMN Stars2 INTEGER NOT NULL DEFAULT 0 CHECK (Stars2 >= 0);
ALTER TABLE Users ADD COLUMN Stars3 INTEGER NOT NULL DEFAULT 0 CHECK (Stars3 >= 0);
ALTER TABLE Users ADD COLUMN Stars4 INTEGER NOT NULL DEFAULT 0 CHECK (Stars4 >= 0);
ALTER TABLE Users ADD COLUMN Stars5 INTEGER NOT NULL DEFAULT 0 CHECK (Stars5 >= 0);
ALTER TABLE Users ADD COLUMN TotalRatings INTEGER GENERATED ALWAYS AS (Stars1 + Stars2 + Stars3 + Stars4 + Stars5) VIRTUAL;
ALTER TABLE Users ADD COLUMN PositiveRatings INTEGER GENERATED ALWAYS AS (Stars4 + Stars5) VIRTUAL;
ALTER TABLE Users ADD COLUMN SellerRating DECIMAL GENERATED ALWAYS AS (
  (200 * (Stars1 + 2 * Stars2 + 3 * Stars3 + 4 * Stars4 + 5 * Stars5) + (Stars1 + Stars2 + Stars3 + Stars4 + Stars5))
  / NULLIF(2 * (Stars1 + Stars2 + Stars3 + Stars4 + Stars5), 0) / 100.0
) VIRTUAL;
CREATE INDEX IX_Users_SellerRating ON Users (SellerRating DESC, TotalRatings DESC, Id);
CREATE TABLE SellerRatings (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  SellerId INTEGER NOT NULL,
  RaterId INTEGER NOT NULL,
  Rating INTEGER NOT NULL,
  Comment TEXT NULL,
  OrderId INTEGER NULL,
  Source TEXT NOT NULL DEFAULT 'purchase',
  ImportRunId INTEGER NULL,
  Version INTEGER NOT NULL DEFAULT 1,
  HelpfulCount INTEGER NOT NULL DEFAULT 0,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  UpdatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT FK_SellerRatings_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT FK_SellerRatings_Rater FOREIGN KEY (RaterId) REFERENCES Users (Id),
  CONSTRAINT FK_SellerRatings_Order FOREIGN KEY (OrderId) REFERENCES Orders (Id),
  CONSTRAINT CK_SellerRatings_Rating CHECK (Rating IN (1, 2, 3, 4, 5)),
  CONSTRAINT CK_SellerRatings_Self CHECK (SellerId <> RaterId),
  CONSTRAINT CK_SellerRatings_Source CHECK ((Source = 'purchase' AND OrderId IS NOT NULL) OR (Source = 'imported' AND OrderId IS NULL)),
  CONSTRAINT CK_SellerRatings_HelpfulCount CHECK (HelpfulCount >= 0)
);
CREATE UNIQUE INDEX UX_SellerRatings_Seller_Rater ON SellerRatings (SellerId, RaterId);
CREATE INDEX IX_SellerRatings_Seller_Newest ON SellerRatings (SellerId, CreatedAt DESC, Id DESC);
CREATE INDEX IX_SellerRatings_Seller_Rating ON SellerRatings (SellerId, Rating, CreatedAt DESC, Id DESC);
CREATE INDEX IX_SellerRatings_Seller_Helpful ON SellerRatings (SellerId, HelpfulCount DESC, Id DESC);
CREATE INDEX IX_SellerRatings_Rater ON SellerRatings (RaterId, CreatedAt DESC, Id DESC);
CREATE INDEX IX_SellerRatings_CreatedAt ON SellerRatings (CreatedAt);
CREATE TABLE SellerRatingHistory (
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
CREATE UNIQUE INDEX UX_SellerRatingHistory_Version ON SellerRatingHistory (RatingId, Version);
CREATE INDEX IX_SellerRatingHistory_Pair ON SellerRatingHistory (SellerId, RaterId, Id);
CREATE TABLE RatingHelpfulVotes (
  RatingId INTEGER NOT NULL,
  UserId INTEGER NOT NULL,
  CreatedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
  CONSTRAINT PK_RatingHelpfulVotes PRIMARY KEY (RatingId, UserId),
  CONSTRAINT FK_RatingHelpfulVotes_Rating FOREIGN KEY (RatingId) REFERENCES SellerRatings (Id),
  CONSTRAINT FK_RatingHelpfulVotes_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
