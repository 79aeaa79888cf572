-- destructive: SellerRatings, SellerRatingHistory, RatingHelpfulVotes
DROP TABLE RatingHelpfulVotes;
DROP TABLE SellerRatingHistory;
DROP TABLE SellerRatings;
DROP INDEX IX_Users_SellerRating;
ALTER TABLE Users DROP COLUMN SellerRating;
ALTER TABLE Users DROP COLUMN PositiveRatings;
ALTER TABLE Users DROP COLUMN TotalRatings;
ALTER TABLE Users DROP COLUMN Stars1;
ALTER TABLE Users DROP COLUMN Stars2;
ALTER TABLE Users DROP COLUMN Stars3;
ALTER TABLE Users DROP COLUMN Stars4;
ALTER TABLE Users DROP COLUMN Stars5;
