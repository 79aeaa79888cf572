-- A buyer finds the ratings that they withdrew.
CREATE INDEX IX_SellerRatingHistory_Rater ON SellerRatingHistory (RaterId, Id DESC);
