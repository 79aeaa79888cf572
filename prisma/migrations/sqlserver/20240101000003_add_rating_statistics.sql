-- What lists are sorted by, and what windows are added up from.
-- RatingLowerBound: ten-thousandths of a star, rounded down, computed by the database from the star counts (see lowerBoundOf() in
-- packages/contract/src/statistics.ts). SellerRatingDays: the ratings that count, by the day (since 1 January 1970, UTC) on which
-- they were given.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE Users ADD RatingLowerBound AS (
  CAST(FLOOR(10000E0 * ((CAST(Stars1 AS FLOAT) + 2E0 * Stars2 + 3E0 * Stars3 + 4E0 * Stars4 + 5E0 * Stars5 + 15)
    - 1.6448536269514722E0 * SQRT(((CAST(Stars1 AS FLOAT) + 4E0 * Stars2 + 9E0 * Stars3 + 16E0 * Stars4 + 25E0 * Stars5 + 55) * (CAST(Stars1 AS FLOAT) + Stars2 + Stars3 + Stars4 + Stars5 + 5)
      - (CAST(Stars1 AS FLOAT) + 2E0 * Stars2 + 3E0 * Stars3 + 4E0 * Stars4 + 5E0 * Stars5 + 15) * (CAST(Stars1 AS FLOAT) + 2E0 * Stars2 + 3E0 * Stars3 + 4E0 * Stars4 + 5E0 * Stars5 + 15))
      / ((CAST(Stars1 AS FLOAT) + Stars2 + Stars3 + Stars4 + Stars5 + 5) + 1)))
    / NULLIF((CAST(Stars1 AS FLOAT) + Stars2 + Stars3 + Stars4 + Stars5 + 5), 5)) AS INT)
) PERSISTED;
GO
CREATE INDEX IX_Users_RatingLowerBound ON Users (RatingLowerBound DESC, TotalRatings DESC, Id DESC);
GO
CREATE TABLE SellerRatingDays (
  SellerId INT NOT NULL,
  Day INT NOT NULL,
  Stars1 INT NOT NULL CONSTRAINT DF_SellerRatingDays_Stars1 DEFAULT 0,
  Stars2 INT NOT NULL CONSTRAINT DF_SellerRatingDays_Stars2 DEFAULT 0,
  Stars3 INT NOT NULL CONSTRAINT DF_SellerRatingDays_Stars3 DEFAULT 0,
  Stars4 INT NOT NULL CONSTRAINT DF_SellerRatingDays_Stars4 DEFAULT 0,
  Stars5 INT NOT NULL CONSTRAINT DF_SellerRatingDays_Stars5 DEFAULT 0,
  CONSTRAINT PK_SellerRatingDays PRIMARY KEY (SellerId, Day),
  CONSTRAINT FK_SellerRatingDays_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_SellerRatingDays_Stars CHECK (Stars1 >= 0 AND Stars2 >= 0 AND Stars3 >= 0 AND Stars4 >= 0 AND Stars5 >= 0)
);
GO
CREATE INDEX IX_SellerRatingDays_Day ON SellerRatingDays (Day);
CREATE INDEX IX_SellerRatingHistory_Seller ON SellerRatingHistory (SellerId, Id DESC);
GO
INSERT INTO SellerRatingDays (SellerId, Day, Stars1, Stars2, Stars3, Stars4, Stars5)
SELECT r.SellerId, DATEDIFF(DAY, '1970-01-01', r.CreatedAt),
  SUM(CASE WHEN r.Rating = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN r.Rating = 2 THEN 1 ELSE 0 END), SUM(CASE WHEN r.Rating = 3 THEN 1 ELSE 0 END),
  SUM(CASE WHEN r.Rating = 4 THEN 1 ELSE 0 END), SUM(CASE WHEN r.Rating = 5 THEN 1 ELSE 0 END)
FROM SellerRatings r GROUP BY r.SellerId, DATEDIFF(DAY, '1970-01-01', r.CreatedAt);
GO
COMMIT TRANSACTION;
GO
