import { foldForSearch, type Role, type Stars } from '@assay/contract';
import type { CountedRating, NewListing } from '@assay/core';
import { createRepositories, type Database } from '@assay/database';

let serial = 0;

export interface Person {
  id: number;
  fullName: string;
  roles: Role[];
}

/** The session of a person whom {@link createPeople} made: tokens of tests belong to it. */
export const sessionIdOf = (userId: number): string => `00000000-0000-4000-8000-${String(userId).padStart(12, '0')}`;

/** Users without passwords, signed in once, straight into the database: for tests that are not about signing up. */
export async function createPeople(database: Database, count: number, roles: Role[] = ['buyer'], name = 'Person'): Promise<Person[]> {
  const mark = `${name} ${++serial}x${Math.floor(performance.now() * 1000)}`;
  const people = Array.from({ length: count }, (_, i) => `${mark} ${i}`);
  await database.prisma.user.createMany({ data: people.map((fullName) => ({ fullName, searchName: foldForSearch(fullName) })) });
  const rows = await database.prisma.user.findMany({
    where: { fullName: { startsWith: mark } },
    select: { id: true, fullName: true },
    orderBy: { id: 'asc' },
  });
  const expiresAt = new Date(Date.now() + 24 * 3_600_000);
  await database.prisma.session.createMany({
    data: rows.map(({ id }) => ({ id: sessionIdOf(id), userId: id, tokenHash: 'no token has it', expiresAt })),
  });
  await database.prisma.userRole.createMany({ data: rows.flatMap(({ id }) => roles.map((role) => ({ userId: id, role }))) });
  return rows.map((row) => ({ ...row, roles }));
}

export async function createPerson(database: Database, roles: Role[] = ['buyer'], name = 'Person'): Promise<Person> {
  const [person] = await createPeople(database, 1, roles, name);
  return person!;
}

/** Makes people such as have proved that an address is theirs: they may vote and follow. */
export async function proveAddresses(database: Database, people: readonly Pick<Person, 'id'>[]): Promise<void> {
  await database.prisma.user.updateMany({ where: { id: { in: people.map(({ id }) => id) } }, data: { emailVerifiedAt: new Date() } });
}

/** A rating of now, as the counts see it. */
export const counted = (rating: Stars): CountedRating => ({ rating, createdAt: new Date() });

/** A seller with a profile and one listing, of which there are enough for the orders of a test. */
export async function createSeller(database: Database, name = 'Seller', quantity = 1000): Promise<Seller> {
  const seller = await createPerson(database, ['buyer', 'seller'], name);
  await database.prisma.sellerProfile.createMany({ data: [{ userId: seller.id }] });
  const listing = {
    sellerId: seller.id,
    status: 'active',
    title: 'Bowl',
    description: null,
    priceE8: 1_250_000_000n,
    currency: 'EUR',
    category: 'ceramics/bowls',
    escrowEnabled: false,
    shippingInfo: null,
    metadata: [],
    quantity,
  } satisfies NewListing;
  return { ...seller, listingId: await createRepositories(database).listings.create(listing, new Date()) };
}

export interface Seller extends Person {
  /** Their one listing. */
  listingId: number;
}

export interface Market {
  seller: Seller;
  /** Each may rate the seller once. */
  buyers: Person[];
  /** The first of them. */
  buyer: Person;
  /** The completed order of each buyer, by the buyer's id. */
  orders: Map<number, number>;
}

/** A seller, and buyers with a completed order each. */
export async function createMarket(database: Database, buyerCount = 1): Promise<Market> {
  const seller = await createSeller(database);
  const buyers = await createPeople(database, buyerCount);
  const ids = buyers.map(({ id }) => id);
  return { seller, buyers, buyer: buyers[0]!, orders: await completeOrders(database, seller, ids) };
}

/** A seller with one rating for each of these stars, written past the use cases: the seller's counts do not have them. */
export async function createUncountedRatings(database: Database, stars: number[], at = new Date()): Promise<Seller> {
  const { seller, buyers, orders } = await createMarket(database, stars.length);
  await database.prisma.sellerRating.createMany({
    data: buyers.map(({ id }, i) => ({ sellerId: seller.id, raterId: id, rating: stars[i]!, orderId: orders.get(id)!, createdAt: at })),
  });
  return seller;
}

/** Orders of these buyers with a seller that are completed already. Returns the order's id for each buyer. */
export async function completeOrders(
  database: Database,
  seller: { id: number; listingId: number },
  buyerIds: number[],
): Promise<Map<number, number>> {
  const now = new Date();
  await database.prisma.order.createMany({
    data: buyerIds.map((buyerId) => ({
      listingId: seller.listingId,
      sellerId: seller.id,
      buyerId,
      title: 'Bowl',
      priceE8: 1_250_000_000n,
      currency: 'EUR',
      status: 'completed',
      completedAt: now,
    })),
  });
  const orders = await database.prisma.order.findMany({
    where: { sellerId: seller.id, status: 'completed' },
    select: { id: true, buyerId: true },
  });
  return new Map(orders.map(({ id, buyerId }) => [buyerId, id]));
}
