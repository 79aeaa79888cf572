-- SellerRating is rounded half up to hundredths again, also from 4.995 to 5.00.
DROP INDEX IX_Users_SellerRating;
ALTER TABLE Users DROP COLUMN SellerRating;
ALTER TABLE Users ADD COLUMN SellerRating DECIMAL GENERATED ALWAYS AS (
  (200 * (Stars1 + 2 * Stars2 + 3 * Stars3 + 4 * Stars4 + 5 * Stars5) + (Stars1 + Stars2 + Stars3 + Stars4 + Stars5))
  / NULLIF(2 * (Stars1 + Stars2 + Stars3 + Stars4 + Stars5), 0) / 100.0
) VIRTUAL;
CREATE INDEX IX_Users_SellerRating ON Users (SellerRating DESC, TotalRatings DESC, Id);
