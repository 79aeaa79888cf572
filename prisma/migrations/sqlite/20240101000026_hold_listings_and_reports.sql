-- Orders compete for a listing: they are found by it. Reports that were made on a rating which was withdrawn and given anew under another
-- id are about the rating that the buyer has now, one for each person.
CREATE INDEX IX_Orders_Listing ON Orders (ListingId, Id);
UPDATE RatingReports SET RatingId = (
  SELECT MAX(r.Id) FROM SellerRatingHistory h JOIN SellerRatings r ON r.SellerId = h.SellerId AND r.RaterId = h.RaterId
  WHERE h.RatingId = RatingReports.RatingId
)
WHERE DecisionId IS NULL
  AND NOT EXISTS (SELECT 1 FROM SellerRatings r WHERE r.Id = RatingReports.RatingId)
  AND EXISTS (
    SELECT 1 FROM SellerRatingHistory h JOIN SellerRatings r ON r.SellerId = h.SellerId AND r.RaterId = h.RaterId
    WHERE h.RatingId = RatingReports.RatingId
  )
  AND NOT EXISTS (
    SELECT 1 FROM SellerRatingHistory h
    JOIN SellerRatingHistory g ON g.SellerId = h.SellerId AND g.RaterId = h.RaterId AND g.RatingId <> h.RatingId
    JOIN RatingReports p ON p.RatingId = g.RatingId AND p.ReporterId = RatingReports.ReporterId
    LEFT JOIN SellerRatings r ON r.Id = p.RatingId
    WHERE h.RatingId = RatingReports.RatingId AND (r.Id IS NOT NULL OR (p.DecisionId IS NULL AND p.Id > RatingReports.Id))
  );
