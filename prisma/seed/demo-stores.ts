import type { StoreSettingsInput } from '@assay/contract';
import type { Database } from '@assay/database';

type Prisma = Database['prisma'];

interface DemoStore extends Omit<StoreSettingsInput, 'version'> {
  name: string;
  /** Titles of the featured listings, in order. */
  featured: string[];
  followers: number;
}

const DAY_MS = 86_400_000;

/** Two stores with settings; the other stores show the defaults. */
export const DEMO_STORES: DemoStore[] = [
  {
    name: 'Quillon Pottery',
    about:
      'One wheel, one kiln, one pair of hands. Marta Quillon has thrown stoneware in Évora since 2009.\n\nThe glazes are made of ash from the olive prunings of three neighbours, so that no two firings are alike. Every piece is used in our own kitchen for a week before it is sold.',
    accent: '#a33f2c',
    shippingPolicy: 'Packed in wool, ships within three business days. Portugal and Spain € 6.50, rest of Europe € 11.',
    returnsPolicy:
      'Returns accepted within 30 days, unused, for a full refund. If an item arrives damaged, send us a photo and we replace it.',
    contactPolicy: 'Message us about an order and we reply within a day, except on firing days. We speak Portuguese, English and Spanish.',
    featured: ['Teapot, 0.8 l, new spout', 'Bottle vase, iron red'],
    followers: 41,
  },
  {
    name: 'Yunamori Watches',
    about: 'Every watch is taken apart, cleaned, oiled and regulated in six positions. You receive the test results with the watch.',
    accent: '#2d5488',
    shippingPolicy: 'Ships worldwide, insured, within three business days.',
    returnsPolicy: 'Returns accepted within 14 days, in original condition. Two-year warranty on our work.',
    contactPolicy: null,
    featured: ['Hand-wound field watch, 1968, serviced'],
    followers: 112,
  },
];

/** Inserts store settings, featured listings and followers: the demo buyer follows both stores. */
export async function seedStores(prisma: Prisma, buyer: number, buyerIds: readonly number[], now: Date): Promise<void> {
  for (const [i, { name, featured, followers, ...settings }] of DEMO_STORES.entries()) {
    const { id: sellerId } = await prisma.user.findFirstOrThrow({ where: { fullName: name }, select: { id: true } });
    await prisma.store.createMany({ data: [{ sellerId, ...settings, version: 1, updatedAt: now }] });
    const listings = await prisma.sellerListing.findMany({ where: { sellerId }, select: { id: true, title: true } });
    await prisma.storeFeatured.createMany({
      data: featured.map((title, position) => ({ sellerId, listingId: listings.find((listing) => listing.title === title)!.id, position })),
    });
    const users = [buyer, ...buyerIds.slice(0, followers - 1)];
    await prisma.storeFollow.createMany({
      data: users.map((userId, n) => ({ sellerId, userId, createdAt: new Date(now.getTime() - (20 + 3 * n + i) * DAY_MS) })),
    });
  }
  const visitedAt = new Date(now.getTime() - 6 * DAY_MS);
  await prisma.followingVisit.createMany({ data: [{ userId: buyer, visitedAt, previousAt: null }] });
}
