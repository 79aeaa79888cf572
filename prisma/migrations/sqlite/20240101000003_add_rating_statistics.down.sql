DROP INDEX IX_SellerRatingHistory_Seller;
DROP TABLE SellerRatingDays;
DROP INDEX IX_Users_RatingLowerBound;
ALTER TABLE Users DROP COLUMN RatingLowerBound;
