-- SellerRating never rounds up to 5.00: where the average is below 5 it is at most 4.99. Still half up to hundredths, in whole
-- numbers: floor((200 * sum + n) / (2 * n)), less 1 where that would be 500 and sum < 5 * n (ADR 38).
DROP INDEX IX_Users_SellerRating;
ALTER TABLE Users DROP COLUMN SellerRating;
ALTER TABLE Users ADD COLUMN SellerRating DECIMAL GENERATED ALWAYS AS (
  ((200 * (Stars1 + 2 * Stars2 + 3 * Stars3 + 4 * Stars4 + 5 * Stars5) + (Stars1 + Stars2 + Stars3 + Stars4 + Stars5))
  / NULLIF(2 * (Stars1 + Stars2 + Stars3 + Stars4 + Stars5), 0)
  - CASE WHEN Stars1 + Stars2 + Stars3 + Stars4 > 0 AND 200 * (Stars1 + 2 * Stars2 + 3 * Stars3 + 4 * Stars4 + 5 * Stars5) >= 999 * (Stars1 + Stars2 + Stars3 + Stars4 + Stars5)
    THEN 1 ELSE 0 END) / 100.0
) VIRTUAL;
CREATE INDEX IX_Users_SellerRating ON Users (SellerRating DESC, TotalRatings DESC, Id);
