import { Following, FollowState, nearestAccent, StoreListings, StoreSettings, StoreView } from '@assay/contract';
import { getSellerPage, getShareFacts, listFollowing, visitFollowing, type Context } from '@assay/core';
import { createRepositories } from '@assay/database';
import {
  call,
  createPeople,
  createPerson,
  createSeller,
  onEachEngine,
  type Person,
  proveAddresses,
  startApi,
  type SuiteApi,
  useApi,
  useProduct,
} from '@assay/testing';
import { beforeAll, describe, expect, it } from 'vitest';

const FIRST = { sort: 'newest', limit: 10 } as const;
const SAID = { about: null, accent: null, shippingPolicy: null, returnsPolicy: null, contactPolicy: null, version: 0 };

onEachEngine('stores', (engine) => {
  const { db, api, as } = useProduct(engine);
  const { api: elsewhere } = useApi(db); // another process
  let people: Person[];

  beforeAll(async () => {
    people = await createPeople(db.database, 24);
    await proveAddresses(db.database, people);
  });

  const at = (person: Person, now: string, where = api): Context =>
    where.container.context({ kind: 'user', id: person.id, roles: person.roles, sessionId: 'x' }, 'test', undefined, () => new Date(now));
  const visitor = (where = api) => where.container.context({ kind: 'anonymous' }, 'test');
  const rest = (method: string, path: string, body?: unknown, person?: Person) =>
    call(`${api.url}/api/v1`, method, path, body, person ? as(person) : {});
  const follow = (seller: { id: number }, person?: Person) => rest('PUT', `/sellers/${seller.id}/follow`, undefined, person);
  const unfollow = (seller: { id: number }, person?: Person) => rest('DELETE', `/sellers/${seller.id}/follow`, undefined, person);
  const list = async (seller: Person, title: string, since = new Date(), status: 'active' | 'draft' | 'sold' = 'active') => {
    const content = { description: null, priceE8: 100_000_000n, currency: 'EUR', category: 'other' };
    const extras = { escrowEnabled: false, shippingInfo: null, metadata: [] };
    return createRepositories(db.database).listings.create({ sellerId: seller.id, status, title, ...content, ...extras }, since);
  };
  const move = (id: number, status: string) => db.database.prisma.sellerListing.updateMany({ where: { id }, data: { status } });

  describe('settings', () => {
    it('are nothing at first, and what was said afterwards, for everybody', async () => {
      const seller = await createSeller(db.database);
      expect(StoreSettings.strict().parse((await rest('GET', '/store', undefined, seller)).body)).toMatchObject({ ...SAID, featured: [] });
      const said = { ...SAID, about: ' We throw.\r\nWe glaze. ', accent: '#2D5488', returnsPolicy: '30 days.' };
      const saved = await rest('PUT', '/store', said, seller);
      expect([saved.status, saved.body]).toEqual([
        200,
        expect.objectContaining({ about: 'We throw.\nWe glaze.', accent: '#2d5488', returnsPolicy: '30 days.', version: 1 }),
      ]);
      expect(StoreView.strict().parse((await rest('GET', `/sellers/${seller.id}/store`)).body)).toEqual({
        about: 'We throw.\nWe glaze.',
        accent: '#2d5488',
        policies: { shipping: null, returns: '30 days.', contact: null },
        followers: 0,
        featured: [],
      });
      const emptied = await rest('PUT', '/store', { ...SAID, about: '', version: 1 }, seller);
      expect(emptied.body).toMatchObject({ about: null, accent: null, returnsPolicy: null, version: 2 });
    });

    it('that another window has changed meanwhile are not written over', async () => {
      const seller = await createSeller(db.database);
      const first = await Promise.all(Array.from({ length: 6 }, (_, i) => rest('PUT', '/store', { ...SAID, about: `${i}` }, seller)));
      expect(first.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409]);
      const next = await Promise.all(
        Array.from({ length: 6 }, (_, i) => rest('PUT', '/store', { ...SAID, about: `${i}`, version: 1 }, seller)),
      );
      expect(next.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409]);
      const kept = next.find(({ status }) => status === 200)!.body;
      expect((await rest('GET', '/store', undefined, seller)).body).toMatchObject({ about: kept.about, version: 2 });
      expect((await rest('PUT', '/store', { ...SAID, version: 7 }, seller)).body.code).toBe('EDIT_CONFLICT');
    });

    it('with a colour that cannot be read are refused with the nearest that can', async () => {
      const seller = await createSeller(db.database);
      for (const accent of ['#ffff00', '#000000', '#fff']) {
        const refused = await rest('PUT', '/store', { ...SAID, accent }, seller);
        const near = nearestAccent(accent === '#fff' ? '#ffffff' : accent);
        expect([refused.status, refused.body.code]).toEqual([422, 'ACCENT_UNREADABLE']);
        expect(refused.body.errors).toEqual([{ field: 'accent', message: expect.stringContaining(near) }]);
        expect((await rest('GET', '/store', undefined, seller)).body.version).toBe(0);
      }
      for (const accent of ['red', '#12', 'url(x)', '#2d5488;}'])
        expect((await rest('PUT', '/store', { ...SAID, accent }, seller)).body.code).toBe('VALIDATION_FAILED');
    });

    it('are for sellers', async () => {
      const buyer = people[0]!;
      expect((await rest('GET', '/store', undefined, buyer)).body.code).toBe('SELLER_NOT_FOUND');
      expect((await rest('PUT', '/store', SAID, buyer)).body.code).toBe('SELLER_NOT_FOUND');
      expect((await rest('PUT', '/store/featured', { listingIds: [] }, buyer)).body.code).toBe('SELLER_NOT_FOUND');
      expect((await rest('GET', `/sellers/${buyer.id}/store`)).body.code).toBe('SELLER_NOT_FOUND');
    });
  });

  describe('listings that come first', () => {
    it('are the seller’s own and for sale; those that are not any more are not shown, and come back', async () => {
      const seller = await createSeller(db.database);
      const other = await createSeller(db.database);
      const [a, b, draft] = [await list(seller, 'A'), await list(seller, 'B'), await list(seller, 'D', new Date(), 'draft')];
      const set = (listingIds: number[]) => rest('PUT', '/store/featured', { listingIds }, seller);
      const shown = async () => (await rest('GET', `/sellers/${seller.id}/store`)).body.featured.map(({ id }: { id: number }) => id);

      expect((await set([b, a])).body.featured.map(({ id }: { id: number }) => id)).toEqual([b, a]);
      expect((await set([a, other.listingId])).body.code).toBe('LISTING_NOT_FOUND');
      expect((await set([a, draft])).body.code).toBe('LISTING_NOT_FOR_SALE');
      expect((await set([a, 999_999_999])).body.code).toBe('LISTING_NOT_FOUND');
      expect((await set([a, a])).body.code).toBe('VALIDATION_FAILED');
      expect((await set([1, 2, 3, 4, 5, 6, 7])).body.code).toBe('VALIDATION_FAILED');
      expect(await shown()).toEqual([b, a]);
      await move(b, 'sold');
      expect(await shown()).toEqual([a]);
      await move(b, 'active');
      expect(await shown()).toEqual([b, a]);
      await set([]);
      expect(await shown()).toEqual([]);
    });

    it('are one of the orders when two are said at once', async () => {
      const seller = await createSeller(db.database);
      const [a, b] = [await list(seller, 'A'), await list(seller, 'B')];
      const orders = Array.from({ length: 8 }, (_, i) => (i % 2 ? [a, b] : [b, a, seller.listingId]));
      const answers = await Promise.all(orders.map((listingIds) => rest('PUT', '/store/featured', { listingIds }, seller)));
      expect(answers.map(({ status }) => status)).toEqual(orders.map(() => 200));
      const { featured } = (await rest('GET', `/sellers/${seller.id}/store`)).body;
      expect([
        [a, b],
        [b, a, seller.listingId],
      ]).toContainEqual(featured.map(({ id }: { id: number }) => id));
    });
  });

  it('all listings are there page by page, none twice, also those of one moment', async () => {
    const seller = await createSeller(db.database);
    const moment = new Date('2026-01-01T00:00:00.000Z');
    for (let i = 0; i < 6; i++) await list(seller, `L${i}`, moment);
    await list(seller, 'sold', moment, 'sold');
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await rest('GET', `/sellers/${seller.id}/listings?limit=3${cursor && `&cursor=${cursor}`}`);
      const { items, nextCursor } = StoreListings.strict().parse(page.body);
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
    expect((await rest('GET', `/sellers/${seller.id}/listings?cursor=WyJ4Il0`)).body.code).toBe('INVALID_CURSOR');
  });

  describe('followers', () => {
    it('have proved an address, or linked a wallet', async () => {
      const seller = await createSeller(db.database);
      const newcomer = await createPerson(db.database);
      expect((await follow(seller, newcomer)).body.code).toBe('EMAIL_NOT_VERIFIED');
      expect((await unfollow(seller, newcomer)).body).toMatchObject({ following: false, followers: 0 });
      await proveAddresses(db.database, [newcomer]);
      expect((await follow(seller, newcomer)).body).toMatchObject({ following: true, followers: 1 });
    });

    it('follow once, however often they say so, and not themselves', async () => {
      const seller = await createSeller(db.database);
      const [person] = people;
      expect((await follow(seller)).body.code).toBe('UNAUTHENTICATED');
      expect((await follow(seller, seller)).body.code).toBe('OWN_FOLLOW');
      expect((await follow({ id: 999_999_999 }, person)).body.code).toBe('SELLER_NOT_FOUND');
      expect((await follow({ id: people[1]!.id }, person)).body.code).toBe('SELLER_NOT_FOUND');
      const answers = await Promise.all(Array.from({ length: 12 }, () => follow(seller, person)));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(FollowState.strict().parse((await follow(seller, person)).body)).toEqual({
        sellerId: seller.id,
        following: true,
        followers: 1,
      });
      const published = () => db.database.prisma.outboxEvent.count({ where: { topic: 'store.followed', subjectId: seller.id } });
      expect(await published()).toBe(1);
      await Promise.all(Array.from({ length: 5 }, () => unfollow(seller, person)));
      expect((await unfollow(seller, person)).body).toEqual({ sellerId: seller.id, following: false, followers: 0 });
      expect(await published()).toBe(2);
    });

    it('who come and go at once are counted exactly', async () => {
      const seller = await createSeller(db.database);
      await Promise.all(people.map((person) => follow(seller, person)));
      expect((await rest('GET', `/sellers/${seller.id}/store`)).body.followers).toBe(people.length);
      await Promise.all(people.map((person, i) => (i % 3 === 0 ? unfollow(seller, person) : follow(seller, person))));
      expect((await rest('GET', `/sellers/${seller.id}/store`)).body.followers).toBe(people.length - Math.ceil(people.length / 3));
    });

    it('are in the page that is kept, in every process; whether the reader is one of them is not', async () => {
      const seller = await createSeller(db.database);
      const [me, you] = people as [Person, Person];
      const read = async (ctx: Context) => {
        const { store, following } = await getSellerPage(ctx, { id: seller.id, ...FIRST });
        return [store.followers, following];
      };
      /** What a visitor of the other process reads, once that process knows what was committed. */
      const readElsewhere = async () => {
        expect(await elsewhere.container.feed.catchUp()).toBe(true);
        return read(visitor(elsewhere));
      };
      expect(await readElsewhere()).toEqual([0, null]);
      await follow(seller, me);
      expect(await read(at(me, '2026-01-01T00:00:00.000Z', elsewhere))).toEqual([1, true]);
      expect(await read(at(you, '2026-01-01T00:00:00.000Z', elsewhere))).toEqual([1, false]);
      expect(await read(at(seller, '2026-01-01T00:00:00.000Z', elsewhere))).toEqual([1, null]);
      expect(await readElsewhere()).toEqual([1, null]);
      await unfollow(seller, me);
      expect(await read(at(me, '2026-01-01T00:00:00.000Z', elsewhere))).toEqual([0, false]);
      expect(await readElsewhere()).toEqual([0, null]);
    });

    it('settings and listings that come first reach the page that is kept', async () => {
      const seller = await createSeller(db.database);
      const read = async () =>
        (await getSellerPage(at(people[0]!, '2026-01-01T00:00:00.000Z', elsewhere), { id: seller.id, ...FIRST })).store;
      expect(await read()).toMatchObject({ about: null, featured: [] });
      await rest('PUT', '/store', { ...SAID, about: 'New.' }, seller);
      await rest('PUT', '/store/featured', { listingIds: [seller.listingId] }, seller);
      expect(await read()).toMatchObject({ about: 'New.', featured: [{ id: seller.listingId }] });
    });

    it('are sent to viewers of the seller’s page, as a number that changed and no name', async () => {
      const seller = await createSeller(db.database);
      await follow(seller, people[0]);
      const event = await db.database.prisma.outboxEvent.findFirstOrThrow({ where: { topic: 'store.followed', subjectId: seller.id } });
      expect(JSON.parse(event.payload)).toEqual({ sellerId: seller.id });
    });
  });

  describe('what a person follows', () => {
    it('is theirs alone, the latest first, with the newest listings, page by page', async () => {
      const me = await createPerson(db.database);
      await proveAddresses(db.database, [me]);
      const sellers = [await createSeller(db.database), await createSeller(db.database), await createSeller(db.database)];
      for (const seller of sellers) await follow(seller, me);
      for (let i = 0; i < 5; i++) await list(sellers[0]!, `L${i}`);
      expect((await rest('GET', '/following')).body.code).toBe('UNAUTHENTICATED');
      const first = Following.strict().parse((await rest('GET', '/following?limit=2', undefined, me)).body);
      expect([first.items.map(({ seller }) => seller.id), first.total, first.lastLookAt]).toEqual([
        [sellers[2]!.id, sellers[1]!.id],
        3,
        null,
      ]);
      const second = await rest('GET', `/following?limit=2&cursor=${first.nextCursor}`, undefined, me);
      const [last] = Following.parse(second.body).items;
      expect([last!.seller.id, last!.listings.map(({ title }) => title), last!.newListings]).toEqual([
        sellers[0]!.id,
        ['L4', 'L3', 'L2', 'L1'],
        null,
      ]);
      expect(second.body.nextCursor).toBeNull();
      expect(
        (await rest('GET', '/following', undefined, people[2])).body.items.map(({ seller }: { seller: { id: number } }) => seller.id),
      ).not.toContain(sellers[0]!.id);
    });

    it('says what came since the last look; what is looked at twice within half an hour is one look', async () => {
      const me = await createPerson(db.database);
      await proveAddresses(db.database, [me]);
      const seller = await createSeller(db.database);
      await follow(seller, me);
      const fresh = async (now: string) => (await listFollowing(at(me, now), { limit: 10 })).items[0]!.newListings;
      const look = (now: string) => visitFollowing(at(me, now));

      await look('2027-01-01T10:00:00.000Z');
      expect(await fresh('2027-01-01T10:00:00.000Z')).toBeNull();
      await list(seller, 'Later', new Date('2027-01-01T12:00:00.000Z'));
      await list(seller, 'Hidden', new Date('2027-01-01T12:00:00.000Z'), 'draft');
      await look('2027-01-02T10:00:00.000Z');
      expect(await fresh('2027-01-02T10:00:00.000Z')).toBe(1);
      await look('2027-01-02T10:20:00.000Z');
      expect(await fresh('2027-01-02T10:20:00.000Z')).toBe(1);
      await look('2027-01-02T10:51:00.000Z');
      expect(await fresh('2027-01-02T10:51:00.000Z')).toBe(0);
      await Promise.all(Array.from({ length: 6 }, () => look('2027-01-03T10:00:00.000Z')));
      expect((await listFollowing(at(me, '2027-01-03T10:00:00.000Z'), { limit: 10 })).lastLookAt).toBe('2027-01-02T10:51:00.000Z');
    });
  });

  describe('the picture by which a store is shared', () => {
    const get = (path: string, headers: Record<string, string> = {}) => fetch(`${api.url}/media/sellers/${path}`, { headers });
    const tagOf = async (seller: Person) => (await get(`${seller.id}.png`)).headers.get('etag')!;

    it('is public, may be asked for again, and is another one when what it shows has changed', async () => {
      const seller = await createSeller(db.database);
      const answer = await get(`${seller.id}.png`);
      const png = Buffer.from(await answer.arrayBuffer());
      expect([answer.status, answer.headers.get('content-type'), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
        200,
        'image/png',
        1200,
        630,
      ]);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
      const etag = answer.headers.get('etag')!;
      expect((await get(`${seller.id}.png`, { 'if-none-match': etag })).status).toBe(304);
      await rest('PUT', '/store', { ...SAID, accent: '#2d5488' }, seller);
      expect(await tagOf(seller)).not.toBe(etag);
    });

    it('of an unknown seller is not there', async () => {
      for (const path of ['999999999.png', `${people[0]!.id}.png`, '1.jpg', '01.png', 'x.png', '1e3.png'])
        expect([path, (await get(path)).status]).toEqual([path, 404]);
    });

    it('shows no score where strangers have no ratings, for any reader', async () => {
      const seller = await createSeller(db.database);
      await db.database.prisma.user.updateMany({ where: { id: seller.id }, data: { stars5: 4 } });
      const off = await startApi(db, { ENABLE_RATING_FEATURE: 'false' });
      const facts = (where: SuiteApi) => getShareFacts(visitor(where), { sellerId: seller.id });
      expect((await facts(api)).summary).toMatchObject({ totalRatings: 4 });
      expect((await facts(off)).summary).toBeNull();
      const byTheSeller = await fetch(`${off.url}/media/sellers/${seller.id}.png`, {
        headers: { authorization: `Bearer ${off.tokenFor(seller)}` },
      });
      expect(byTheSeller.headers.get('etag')).not.toBe(await tagOf(seller));
      await off.close();
    });
  });
});
