import type { Database } from '@assay/database';

type Prisma = Database['prisma'];

const DAY_MS = 86_400_000;
const REPLIES = [
  'You are right, and thank you for saying so. Write to me and we will find a way.',
  'Thank you! The next firing has the same glaze, should you want a second one.',
  'I am glad that it arrived in one piece. The wool can be used again.',
];
const STATEMENT =
  'The comment asked for a refund outside the order in exchange for a better rating. Our rules forbid ratings that are used to press for something.';

/** What makes a seller's dashboard and the moderators' queue worth a look: replies, an open report, and a rating that was struck out. */
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
    const detail = 'This buyer never wrote to me, and the parcel came back unopened.';
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
  const said = {
    sellerId: seller,
    raterId: rater,
    rating: 1,
    comment: 'Half of the money back and this becomes five stars. You know where to find me.',
  };
  const content = { ...said, orderId: order.id };
  const { id } = await prisma.sellerRating.create({ data: { ...content, createdAt: ratedAt, updatedAt: ratedAt }, select: { id: true } });
  const decision = await prisma.ratingDecision.create({
    data: { ...said, ratingId: id, action: 'struck', reason: 'blackmail', statement: STATEMENT, decidedBy: admin, at: struckAt },
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
