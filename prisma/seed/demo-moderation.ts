import type { Database } from '@assay/database';

type Prisma = Database['prisma'];

const DAY_MS = 86_400_000;
const REPLIES = [
  'You are right, and thank you for the honest feedback. Please message me and we will find a solution.',
  'Thank you! The next batch has the same glaze, in case you would like a second one.',
  'I am glad it arrived safely. You can reuse the packing wool.',
];
const STATEMENT =
  'The comment demanded a refund outside the order in exchange for a better rating. Our rules do not allow ratings that are used to demand something.';

/** Inserts replies, an open report and a struck rating, for the seller's dashboard and the moderators' queue. */
export async function seedModeration(prisma: Prisma, people: { seller: number; admin: number; rater: number }, now: Date): Promise<void> {
  const { seller } = people;
  const commented = { sellerId: seller, comment: { not: null } };
  const newest = await prisma.sellerRating.findMany({ where: commented, orderBy: { createdAt: 'desc' }, take: 12 });
  const critical = await prisma.sellerRating.findMany({
    where: { ...commented, rating: { lte: 3 } },
    orderBy: { createdAt: 'desc' },
    take: 2,
  });
  const answered = [critical[0], newest[3], newest[7]].filter((rating) => rating !== undefined);
  await prisma.ratingReply.createMany({
    data: [...new Map(answered.map((rating) => [rating.id, rating])).values()].map(({ id, createdAt }, i) => {
      const at = new Date(Math.min(createdAt.getTime() + DAY_MS / 2, now.getTime()));
      return { ratingId: id, sellerId: seller, text: REPLIES[i]!, createdAt: at, updatedAt: at };
    }),
  });
  const reported = critical[1];
  if (reported) {
    const detail = 'This buyer never contacted me, and the parcel came back unopened.';
    await prisma.ratingReport.createMany({
      data: [
        {
          ratingId: reported.id,
          reporterId: seller,
          reason: 'not-about-purchase',
          detail,
          createdAt: new Date(now.getTime() - DAY_MS / 4),
        },
      ],
    });
  }
  await strikeOne(prisma, people, now);
  await prisma.dashboardVisit.createMany({ data: [{ sellerId: seller, visitedAt: new Date(now.getTime() - 30 * DAY_MS) }] });
}

async function strikeOne(
  prisma: Prisma,
  { seller, admin, rater }: { seller: number; admin: number; rater: number },
  now: Date,
): Promise<void> {
  const [ratedAt, struckAt] = [new Date(now.getTime() - DAY_MS / 12), new Date(now.getTime() - DAY_MS / 24)];
  const { id: listingId, title, priceE8, currency } = await prisma.sellerListing.findFirstOrThrow({ where: { sellerId: seller } });
  const order = await prisma.order.create({
    data: {
      listingId,
      sellerId: seller,
      buyerId: rater,
      title,
      priceE8,
      currency,
      status: 'completed',
      createdAt: ratedAt,
      updatedAt: ratedAt,
      completedAt: ratedAt,
    },
    select: { id: true },
  });
  const rated = {
    sellerId: seller,
    raterId: rater,
    rating: 1,
    comment: 'Refund half of the price and I will change this to five stars.',
  };
  const content = { ...rated, orderId: order.id };
  const { id } = await prisma.sellerRating.create({ data: { ...content, createdAt: ratedAt, updatedAt: ratedAt }, select: { id: true } });
  const decision = await prisma.ratingDecision.create({
    data: { ...rated, ratingId: id, action: 'struck', reason: 'blackmail', statement: STATEMENT, decidedBy: admin, at: struckAt },
    select: { id: true },
  });
  await prisma.struckRating.createMany({
    data: [
      {
        ...content,
        ratingId: id,
        source: 'purchase',
        version: 2,
        helpfulCount: 0,
        createdAt: ratedAt,
        updatedAt: ratedAt,
        struckAt,
        decisionId: decision.id,
      },
    ],
  });
  await prisma.sellerRating.deleteMany({ where: { id } });
  await prisma.sellerRatingVersion.createMany({
    data: [
      { ...content, ratingId: id, version: 1, action: 'submitted', actorId: rater, at: ratedAt },
      { ...content, ratingId: id, version: 2, action: 'struck', actorId: admin, at: struckAt },
    ],
  });
  const detail = JSON.stringify({ decisionId: decision.id, stars: 1, reason: 'blackmail', statement: STATEMENT });
  await prisma.auditEntry.createMany({
    data: [
      {
        at: struckAt,
        actorId: admin,
        actorKind: 'user',
        action: 'rating.struck',
        entity: 'rating',
        entityId: String(id),
        detail,
        requestId: 'demo',
      },
    ],
  });
}
