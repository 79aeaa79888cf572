-- What lists are sorted by, and what windows are added up from.
-- RatingLowerBound: ten-thousandths of a star, rounded down, computed by the database from the star counts (see lowerBoundOf() in
-- packages/contract/src/statistics.ts). SellerRatingDays: the ratings that count, by the day (since 1 January 1970, UTC) on which
-- they were given.
ALTER TABLE Users ADD COLUMN RatingLowerBound INTEGER GENERATED ALWAYS AS (
  CAST(FLOOR(10000.0 * ((Stars1 + 2 * Stars2 + 3 * Stars3 + 4 * Stars4 + 5 * Stars5 + 15)
    - 1.6448536269514722 * SQRT(((Stars1 + 4 * Stars2 + 9 * Stars3 + 16 * Stars4 + 25 * Stars5 + 55) * (Stars1 + Stars2 + Stars3 + Stars4 + Stars5 + 5)
      - (Stars1 + 2 * Stars2 + 3 * Stars3 + 4 * Stars4 + 5 * Stars5 + 15) * (Stars1 + 2 * Stars2 + 3 * Stars3 + 4 * Stars4 + 5 * Stars5 + 15))
      / ((Stars1 + Stars2 + Stars3 + Stars4 + Stars5 + 5) + 1.0)))
    / NULLIF((Stars1 + Stars2 + Stars3 + Stars4 + Stars5 + 5), 5)) AS INTEGER)
) VIRTUAL;
CREATE INDEX IX_Users_RatingLowerBound ON Users (RatingLowerBound DESC, TotalRatings DESC, Id DESC);
CREATE TABLE SellerRatingDays (
  SellerId INTEGER NOT NULL,
  Day INTEGER NOT NULL,
  Stars1 INTEGER NOT NULL DEFAULT 0,
  Stars2 INTEGER NOT NULL DEFAULT 0,
  Stars3 INTEGER NOT NULL DEFAULT 0,
  Stars4 INTEGER NOT NULL DEFAULT 0,
  Stars5 INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT PK_SellerRatingDays PRIMARY KEY (SellerId, Day),
  CONSTRAINT FK_SellerRatingDays_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_SellerRatingDays_Stars CHECK (Stars1 >= 0 AND Stars2 >= 0 AND Stars3 >= 0 AND Stars4 >= 0 AND Stars5 >= 0)
);
CREATE INDEX IX_SellerRatingDays_Day ON SellerRatingDays (Day);
CREATE INDEX IX_SellerRatingHistory_Seller ON SellerRatingHistory (SellerId, Id DESC);
INSERT INTO SellerRatingDays (SellerId, Day, Stars1, Stars2, Stars3, Stars4, Stars5)
SELECT r.SellerId, CAST(strftime('%s', r.CreatedAt) AS INTEGER) / 86400,
  SUM(CASE WHEN r.Rating = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN r.Rating = 2 THEN 1 ELSE 0 END), SUM(CASE WHEN r.Rating = 3 THEN 1 ELSE 0 END),
  SUM(CASE WHEN r.Rating = 4 THEN 1 ELSE 0 END), SUM(CASE WHEN r.Rating = 5 THEN 1 ELSE 0 END)
FROM SellerRatings r GROUP BY r.SellerId, CAST(strftime('%s', r.CreatedAt) AS INTEGER) / 86400;
