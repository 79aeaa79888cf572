-- Sets every seller's star counts to what SellerRatings holds, and says how many sellers were wrong. Needs sqlcmd alone:
--   sqlcmd -S SERVER -d MARKETPLACE_DB -i prisma/migrations/sqlserver/backfill-rating-aggregates.sql
-- TotalRatings, PositiveRatings and SellerRating follow by themselves: the database computes them.
--
-- Needs no migration after add_seller_ratings. What later ones add is kept right where it is there: the counts of each day
-- (add_rating_statistics), and an event in each batch by which processes forget what they cached (add_cache_invalidations).
--
-- Safe while ratings come in. A batch first locks its sellers and counts afterwards, in a second statement: a rating that was
-- committed before the lock is seen by the count, and one that was not adds itself when the lock is gone. Run twice, the second
-- run changes nothing.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
DECLARE @after INT = 0, @upTo INT = 0, @batch INT = 1000, @attempt INT = 0, @corrected INT = 0;
-- The server resolves the name of a table when it runs the statement: one that is not there must only not be reached.
DECLARE @days BIT = CASE WHEN OBJECT_ID(N'SellerRatingDays', N'U') IS NULL THEN 0 ELSE 1 END;
DECLARE @caches BIT = CASE WHEN OBJECT_ID(N'SellerCacheInvalidations', N'U') IS NULL THEN 0 ELSE 1 END;

WHILE @upTo IS NOT NULL
BEGIN
  SELECT @upTo = MAX(b.Id) FROM (SELECT TOP (@batch) u.Id FROM Users u WHERE u.Id > @after ORDER BY u.Id) AS b;
  IF @upTo IS NULL BREAK;

  BEGIN TRY
    BEGIN TRANSACTION;
    UPDATE Users SET Stars1 = Stars1 WHERE Id > @after AND Id <= @upTo;
    UPDATE u
       SET Stars1 = COALESCE(c.Stars1, 0), Stars2 = COALESCE(c.Stars2, 0), Stars3 = COALESCE(c.Stars3, 0),
           Stars4 = COALESCE(c.Stars4, 0), Stars5 = COALESCE(c.Stars5, 0)
      FROM Users u
      LEFT JOIN (
        SELECT r.SellerId,
               SUM(CASE WHEN r.Rating = 1 THEN 1 ELSE 0 END) AS Stars1, SUM(CASE WHEN r.Rating = 2 THEN 1 ELSE 0 END) AS Stars2,
               SUM(CASE WHEN r.Rating = 3 THEN 1 ELSE 0 END) AS Stars3, SUM(CASE WHEN r.Rating = 4 THEN 1 ELSE 0 END) AS Stars4,
               SUM(CASE WHEN r.Rating = 5 THEN 1 ELSE 0 END) AS Stars5
          FROM SellerRatings r
         WHERE r.SellerId > @after AND r.SellerId <= @upTo
         GROUP BY r.SellerId
      ) c ON c.SellerId = u.Id
     WHERE u.Id > @after AND u.Id <= @upTo
       AND (u.Stars1 <> COALESCE(c.Stars1, 0) OR u.Stars2 <> COALESCE(c.Stars2, 0) OR u.Stars3 <> COALESCE(c.Stars3, 0)
         OR u.Stars4 <> COALESCE(c.Stars4, 0) OR u.Stars5 <> COALESCE(c.Stars5, 0));
    SET @corrected = @corrected + @@ROWCOUNT;
    IF @days = 1
    BEGIN
      DELETE FROM SellerRatingDays WHERE SellerId > @after AND SellerId <= @upTo;
      INSERT INTO SellerRatingDays (SellerId, Day, Stars1, Stars2, Stars3, Stars4, Stars5)
      SELECT r.SellerId, DATEDIFF(DAY, '1970-01-01', r.CreatedAt),
             SUM(CASE WHEN r.Rating = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN r.Rating = 2 THEN 1 ELSE 0 END),
             SUM(CASE WHEN r.Rating = 3 THEN 1 ELSE 0 END), SUM(CASE WHEN r.Rating = 4 THEN 1 ELSE 0 END),
             SUM(CASE WHEN r.Rating = 5 THEN 1 ELSE 0 END)
        FROM SellerRatings r
       WHERE r.SellerId > @after AND r.SellerId <= @upTo
       GROUP BY r.SellerId, DATEDIFF(DAY, '1970-01-01', r.CreatedAt);
    END;
    IF @caches = 1
    BEGIN
      INSERT INTO OutboxEvents (Topic, SubjectId, Payload) VALUES (N'aggregates.corrected', 0, N'{}');
      INSERT INTO SellerCacheInvalidations (Id, SellerId, InvalidationType, Component)
      VALUES (CAST(SCOPE_IDENTITY() AS INT), NULL, N'all', N'aggregates');
    END;
    COMMIT TRANSACTION;
    SET @after = @upTo;
    SET @attempt = 0;
  END TRY
  BEGIN CATCH
    IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;
    SET @attempt = @attempt + 1;
    -- 1205: chosen as a deadlock's victim. The batch begins again.
    IF ERROR_NUMBER() <> 1205 OR @attempt > 10 THROW;
  END CATCH;
END;

SELECT @corrected AS SellersCorrected;
GO
