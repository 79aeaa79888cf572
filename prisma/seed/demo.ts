import { dayNumber, foldForSearch, parsePriceE8, STARS, type Histogram, type Stars } from '@assay/contract';
import { searchTextOf, type PasswordHasher } from '@assay/core';
import type { Database } from '@assay/database';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_SELLERS } from './demo-data.ts';
import { COMMENTS, FIRST_NAMES, LAST_NAMES } from './demo-texts.ts';
import { seedModeration } from './demo-moderation.ts';
import { seedStores } from './demo-stores.ts';
import { pick, seededRandom } from './random.ts';

type Prisma = Database['prisma'];

const DAY_MS = 86_400_000;

/** One completed sale, and its rating. */
interface Sale {
  raterId: number;
  stars: Stars;
  comment: string | null;
  completedAt: Date;
  ratedAt: Date;
  listing: number;
}

/** Whether the database has no accounts. */
export async function isEmpty(database: Database): Promise<boolean> {
  return (await database.prisma.user.count()) === 0;
}

/**
 * Fills an empty database with realistic sellers, buyers, orders and ratings, and four accounts to sign in with. It is one
 * transaction, so an interrupted run leaves nothing behind.
 */
export async function seedDemo(
  database: Database,
  passwords: PasswordHasher,
  now = new Date(),
): Promise<{ sellers: number; ratings: number }> {
  const passwordHash = await passwords.hash(DEMO_PASSWORD);
  const random = seededRandom(20_261_122);
  return database.prisma.$transaction(
    async (tx) => {
      const prisma = tx as Prisma;
      const accounts = await createAccounts(prisma, passwordHash, now);
      const buyerIds = await createBuyers(prisma, Math.max(...DEMO_SELLERS.map(({ histogram }) => total(histogram))), random, now);
      let ratings = 0;
      for (const [i, seller] of DEMO_SELLERS.entries()) {
        const sellerId =
          i === 0 ? accounts.seller : await createUser(prisma, seller.name, null, null, new Date(now.getTime() - (900 - 60 * i) * DAY_MS));
        const listings = await openStore(prisma, sellerId, seller, now);
        const sales = imagineSales(seller.histogram, buyerIds, listings.length, random, now);
        await recordSales(prisma, sellerId, listings, seller.currency, sales);
        ratings += sales.length;
      }
      await seedStores(prisma, accounts.buyer, buyerIds, now);
      await openOrders(prisma, accounts, now);
      const rater = await createUser(prisma, 'Silas Crane', null, null, new Date(now.getTime() - 60 * DAY_MS));
      await seedModeration(prisma, { ...accounts, rater }, now);
      return { sellers: DEMO_SELLERS.length, ratings };
    },
    { maxWait: 60_000, timeout: 300_000 },
  );
}

const total = (histogram: Histogram) => STARS.reduce((sum, stars) => sum + histogram[stars], 0);

async function createUser(prisma: Prisma, fullName: string, email: string | null, passwordHash: string | null, at: Date): Promise<number> {
  const { id } = await prisma.user.create({
    data: { fullName, searchName: foldForSearch(fullName), email, passwordHash, createdAt: at, updatedAt: at },
    select: { id: true },
  });
  await prisma.userRole.createMany({ data: [{ userId: id, role: 'buyer', grantedAt: at }] });
  return id;
}

async function createAccounts(prisma: Prisma, passwordHash: string, now: Date) {
  const ids = {} as Record<(typeof DEMO_ACCOUNTS)[number]['role'], number>;
  for (const { role, email, fullName } of DEMO_ACCOUNTS) {
    ids[role] = await createUser(prisma, fullName, email, passwordHash, new Date(now.getTime() - 980 * DAY_MS));
    if (role === 'admin' || role === 'ops') await prisma.userRole.createMany({ data: [{ userId: ids[role], role, grantedAt: now }] });
  }
  return ids;
}

async function createBuyers(prisma: Prisma, count: number, random: () => number, now: Date): Promise<number[]> {
  const at = new Date(now.getTime() - 950 * DAY_MS);
  const before = (await prisma.user.aggregate({ _max: { id: true } }))._max.id ?? 0;
  const data = Array.from({ length: count }, () => {
    const fullName = `${pick(random, FIRST_NAMES)} ${pick(random, LAST_NAMES)}`;
    return { fullName, searchName: foldForSearch(fullName), createdAt: at, updatedAt: at };
  });
  await prisma.user.createMany({ data });
  const ids = (await prisma.user.findMany({ where: { id: { gt: before } }, select: { id: true }, orderBy: { id: 'asc' } })).map(
    ({ id }) => id,
  );
  await prisma.userRole.createMany({ data: ids.map((userId) => ({ userId, role: 'buyer', grantedAt: at })) });
  return ids;
}

async function openStore(prisma: Prisma, sellerId: number, seller: (typeof DEMO_SELLERS)[number], now: Date) {
  const openedAt = new Date(now.getTime() - (total(seller.histogram) < 3 ? 20 : 800) * DAY_MS);
  await prisma.userRole.createMany({ data: [{ userId: sellerId, role: 'seller', grantedAt: openedAt }] });
  await prisma.sellerProfile.createMany({
    data: [{ userId: sellerId, bio: seller.bio, location: seller.location, createdAt: openedAt, updatedAt: openedAt }],
  });
  await prisma.sellerListing.createMany({
    data: seller.listings.map(({ title, price, category, description, metadata = [] }, i) => {
      const at = new Date(now.getTime() - (2 + 3 * i + (sellerId % 7)) * DAY_MS);
      return {
        sellerId,
        title,
        description: description ?? null,
        priceE8: parsePriceE8(price),
        currency: seller.currency,
        category,
        status: 'active',
        escrowEnabled: seller.escrowEnabled,
        shippingInfo: JSON.stringify(seller.shippingInfo),
        metadata: JSON.stringify(metadata),
        searchText: searchTextOf({ title, description: description ?? null, metadata }),
        publishedAt: at,
        createdAt: at,
        updatedAt: at,
      };
    }),
  });
  return prisma.sellerListing.findMany({ where: { sellerId }, orderBy: { id: 'asc' }, select: { id: true, title: true, priceE8: true } });
}

/** Sales with exactly this histogram, each by another buyer, spread over the last two years. */
function imagineSales(histogram: Histogram, buyerIds: number[], listings: number, random: () => number, now: Date): Sale[] {
  const stars = STARS.flatMap((value) => Array<Stars>(histogram[value]).fill(value));
  const span = stars.length < 3 ? 15 : 700;
  const sales = stars.map((value, i): Sale => {
    const completedAt = new Date(now.getTime() - (1 + random() * span) * DAY_MS);
    // Within five days, and before now: many ratings at one moment would raise the spike alert.
    const ratedAt = new Date(completedAt.getTime() + random() * Math.min(5 * DAY_MS, now.getTime() - completedAt.getTime()));
    const comment = random() < (value <= 3 ? 0.9 : 0.55) ? imagineComment(value, random) : null;
    return { raterId: buyerIds[i]!, stars: value, comment, completedAt, ratedAt, listing: Math.floor(random() * listings) };
  });
  return sales.sort((a, b) => a.ratedAt.getTime() - b.ratedAt.getTime());
}

function imagineComment(stars: Stars, random: () => number): string {
  const { first, second } = COMMENTS[stars];
  const kind = random();
  if (kind < 0.25) return pick(random, first);
  if (kind < 0.5) return pick(random, second);
  return `${pick(random, first)} ${pick(random, second)}`;
}

async function recordSales(
  prisma: Prisma,
  sellerId: number,
  listings: { id: number; title: string; priceE8: bigint }[],
  currency: string,
  sales: Sale[],
): Promise<void> {
  if (sales.length === 0) return;
  await prisma.order.createMany({
    data: sales.map(({ raterId, completedAt, listing }) => {
      const { id: listingId, title, priceE8 } = listings[listing]!;
      const createdAt = new Date(completedAt.getTime() - 4 * DAY_MS);
      return {
        listingId,
        sellerId,
        buyerId: raterId,
        title,
        priceE8,
        currency,
        status: 'completed',
        createdAt,
        updatedAt: completedAt,
        completedAt,
      };
    }),
  });
  const orders = await prisma.order.findMany({ where: { sellerId }, select: { id: true, buyerId: true, priceE8: true, createdAt: true } });
  await prisma.payment.createMany({
    data: orders.map(({ id, priceE8, createdAt }) => ({
      orderId: id,
      provider: 'test',
      reference: `test_${id}`,
      amountE8: priceE8,
      currency,
      status: 'captured',
      createdAt,
      updatedAt: createdAt,
    })),
  });
  await prisma.orderEvent.createMany({
    data: orders.flatMap(({ id, buyerId }) => {
      const { completedAt } = sales.find(({ raterId }) => raterId === buyerId)!;
      const steps = [
        [null, 'placed', 4],
        ['placed', 'paid', 4],
        ['paid', 'shipped', 3],
        ['shipped', 'completed', 0],
      ] as const;
      return steps.map(([fromStatus, toStatus, daysBefore]) => ({
        orderId: id,
        fromStatus,
        toStatus,
        actorId: toStatus === 'shipped' ? sellerId : buyerId,
        at: new Date(completedAt.getTime() - daysBefore * DAY_MS),
      }));
    }),
  });
  const orderOf = new Map(orders.map(({ id, buyerId }) => [buyerId, id]));
  await prisma.sellerRating.createMany({
    data: sales.map(({ raterId, stars, comment, ratedAt }) => ({
      sellerId,
      raterId,
      rating: stars,
      comment,
      orderId: orderOf.get(raterId)!,
      createdAt: ratedAt,
      updatedAt: ratedAt,
    })),
  });
  const ratings = await prisma.sellerRating.findMany({ where: { sellerId }, orderBy: { id: 'asc' } }); // in the order of submission
  await prisma.sellerRatingVersion.createMany({
    data: ratings.map(({ id, raterId, rating, comment, orderId, createdAt }) => ({
      ratingId: id,
      sellerId,
      raterId,
      version: 1,
      action: 'submitted',
      rating,
      comment,
      orderId,
      actorId: raterId,
      at: createdAt,
    })),
  });
  await voteHelpful(prisma, ratings.filter(({ comment }) => comment !== null).slice(-12));
  const counts = Object.fromEntries(STARS.map((value) => [`stars${value}`, sales.filter(({ stars }) => stars === value).length]));
  await prisma.user.update({ where: { id: sellerId }, data: counts });
  const days = Map.groupBy(sales, ({ ratedAt }) => dayNumber(ratedAt));
  await prisma.sellerRatingDay.createMany({
    data: [...days].map(([day, group]) => ({
      sellerId,
      day,
      ...Object.fromEntries(STARS.map((value) => [`stars${value}`, group.filter(({ stars }) => stars === value).length])),
    })),
  });
}

/** Adds helpful votes to the newest comments, more to the longer ones. */
async function voteHelpful(
  prisma: Prisma,
  ratings: { id: number; raterId: number; comment: string | null; createdAt: Date }[],
): Promise<void> {
  for (const { id, raterId, comment, createdAt } of ratings) {
    const votes = Math.floor((comment?.length ?? 0) / 9) % 14;
    if (votes === 0) continue;
    await prisma.ratingHelpfulVote.createMany({
      data: Array.from({ length: votes }, (_, i) => ({ ratingId: id, userId: raterId + 1 + i, createdAt })),
    });
    await prisma.sellerRating.updateMany({ where: { id }, data: { helpfulCount: votes } });
  }
}

/** Adds open orders for the demo buyer and the demo seller: one to rate, one shipped, one to ship. */
async function openOrders(prisma: Prisma, { buyer, seller }: { buyer: number; seller: number }, now: Date): Promise<void> {
  const listings = await prisma.sellerListing.findMany({ where: { sellerId: seller }, orderBy: { id: 'asc' } });
  const steps = ['placed', 'paid', 'shipped', 'completed'] as const;
  for (const [i, reached] of [3, 2, 1].entries()) {
    const listing = listings[i]!;
    const at = (step: number) => new Date(now.getTime() - (5 - step + i) * DAY_MS);
    const { id } = await prisma.order.create({
      data: {
        listingId: listing.id,
        sellerId: seller,
        buyerId: buyer,
        title: listing.title,
        priceE8: listing.priceE8,
        currency: listing.currency,
        status: steps[reached]!,
        createdAt: at(0),
        updatedAt: at(reached),
        completedAt: reached === 3 ? at(3) : null,
      },
    });
    await prisma.orderEvent.createMany({
      data: steps.slice(0, reached + 1).map((toStatus, step) => ({
        orderId: id,
        fromStatus: steps[step - 1] ?? null,
        toStatus,
        actorId: toStatus === 'shipped' ? seller : buyer,
        at: at(step),
      })),
    });
    await prisma.payment.createMany({
      data: [
        {
          orderId: id,
          provider: 'test',
          reference: `test_${id}`,
          amountE8: listing.priceE8,
          currency: listing.currency,
          status: 'captured',
          createdAt: at(1),
          updatedAt: at(1),
        },
      ],
    });
  }
}
