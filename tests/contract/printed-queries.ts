import type { Database } from '@assay/database';

// The deployment guide's queries, letter for letter: people have them in their runbooks and dashboards.

export const TABLE_EXISTS = `
SELECT * FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'SellerRatings';`;
export const INDEXES = `
EXEC sp_helpindex 'SellerRatings';`;
export const USER_COLUMNS = `
SELECT COLUMN_NAME, DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS 
WHERE TABLE_NAME = 'Users' AND COLUMN_NAME IN ('SellerRating', 'TotalRatings', 'PositiveRatings');`;
export const BACKFILLED = 'SELECT TOP 10 Id, FullName, TotalRatings, SellerRating FROM Users WHERE TotalRatings > 0';
export const DAILY = `
SELECT 
    CAST(CreatedAt AS DATE) as RatingDate,
    COUNT(*) as RatingsCreated
FROM SellerRatings
WHERE CreatedAt >= DATEADD(day, -30, GETUTCDATE())
GROUP BY CAST(CreatedAt AS DATE)
ORDER BY RatingDate DESC;`;
export const DISTRIBUTION = `
SELECT 
    Rating,
    COUNT(*) as Count,
    CAST(COUNT(*) * 100.0 / (SELECT COUNT(*) FROM SellerRatings) AS DECIMAL(5,2)) as Percentage
FROM SellerRatings
GROUP BY Rating
ORDER BY Rating DESC;`;
export const TOP_RATED = `
SELECT TOP 10
    u.Id,
    u.FullName,
    u.SellerRating,
    u.TotalRatings,
    u.PositiveRatings
FROM Users u
WHERE u.TotalRatings >= 3
ORDER BY u.SellerRating DESC, u.TotalRatings DESC;`;
export const WEEKLY = `
SELECT 
    DATEPART(year, CreatedAt) as Year,
    DATEPART(week, CreatedAt) as Week,
    COUNT(*) as RatingsCount,
    AVG(CAST(Rating AS FLOAT)) as AvgRating
FROM SellerRatings
GROUP BY DATEPART(year, CreatedAt), DATEPART(week, CreatedAt)
ORDER BY Year DESC, Week DESC;`;
export const PARTICIPATION = `
SELECT 
    (SELECT COUNT(DISTINCT RaterId) FROM SellerRatings) as UsersWhoRated,
    (SELECT COUNT(*) FROM Users) as TotalUsers,
    CAST((SELECT COUNT(DISTINCT RaterId) FROM SellerRatings) * 100.0 / 
         (SELECT COUNT(*) FROM Users) AS DECIMAL(5,2)) as ParticipationRate;`;
export const SLOW = `
SET STATISTICS IO ON;
SET STATISTICS TIME ON;

SELECT * FROM SellerRatings WHERE SellerId = 1;`;

export async function getRatingCreationRate(prisma: Database['prisma']) {
  const today = new Date();
  today.setHours(0, 0, 0, 0);

  return await prisma.sellerRating.count({
    where: {
      createdAt: {
        gte: today,
      },
    },
  });
}

export async function getAverageRatingTrend(prisma: Database['prisma'], days: number = 7) {
  const startDate = new Date();
  startDate.setDate(startDate.getDate() - days);

  const ratings = await prisma.sellerRating.groupBy({
    by: ['createdAt'],
    _avg: {
      rating: true,
    },
    where: {
      createdAt: {
        gte: startDate,
      },
    },
  });

  return ratings;
}

export async function verifySellersScores(prisma: Database['prisma']) {
  const sellers = await prisma.user.findMany({
    where: {
      totalRatings: {
        gt: 0,
      },
    },
    select: {
      id: true,
      fullName: true,
      sellerRating: true,
      totalRatings: true,
      positiveRatings: true,
    },
  });

  const discrepancies = [];

  for (const seller of sellers) {
    const actualCount = await prisma.sellerRating.count({
      where: { sellerId: seller.id },
    });

    const actualPositive = await prisma.sellerRating.count({
      where: {
        sellerId: seller.id,
        rating: { gte: 4 },
      },
    });

    if (actualCount !== seller.totalRatings || actualPositive !== seller.positiveRatings) {
      discrepancies.push({
        sellerId: seller.id,
        sellerName: seller.fullName,
        storedTotal: seller.totalRatings,
        actualTotal: actualCount,
        storedPositive: seller.positiveRatings,
        actualPositive: actualPositive,
      });
    }
  }

  return discrepancies;
}
