-- SellerRating is rounded half up to hundredths again, also from 4.995 to 5.00.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
DROP INDEX IX_Users_SellerRating ON Users;
GO
ALTER TABLE Users DROP COLUMN SellerRating;
GO
ALTER TABLE Users ADD SellerRating AS (
  CAST(CAST((200 * (CAST(Stars1 AS BIGINT) + 2 * CAST(Stars2 AS BIGINT) + 3 * CAST(Stars3 AS BIGINT) + 4 * CAST(Stars4 AS BIGINT) + 5 * CAST(Stars5 AS BIGINT))
    + (Stars1 + Stars2 + Stars3 + Stars4 + Stars5))
    / NULLIF(2 * CAST(Stars1 + Stars2 + Stars3 + Stars4 + Stars5 AS BIGINT), 0) AS DECIMAL(19,2)) / 100 AS DECIMAL(3,2))
) PERSISTED;
GO
CREATE INDEX IX_Users_SellerRating ON Users (SellerRating DESC, TotalRatings DESC, Id);
GO
COMMIT TRANSACTION;
GO
