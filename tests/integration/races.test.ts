import {
  createMarket,
  onEachEngine,
  recount,
  restClient,
  spawnApi,
  storedAggregates,
  useProduct,
  type Answer,
  type Person,
  type ServerProcess,
} from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BUYERS = 200;

onEachEngine('races', (engine) => {
  const { db, api } = useProduct(engine); // this API signs tokens; requests go to processes of their own

  async function market(count: number) {
    const { seller, buyers } = await createMarket(db.database, count);
    return { seller, buyers: buyers.map((person) => ({ ...person, token: api.tokenFor(person) })) };
  }

  const statuses = (answers: Answer[]) =>
    Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, group]) => [status, group.length]));

  async function expectExact(sellerId: number) {
    expect(await storedAggregates(db.database, sellerId)).toEqual(await recount(db.database, sellerId));
  }

  describe.each([1, 2])('with %i API process(es)', (count) => {
    let processes: ServerProcess[];
    beforeAll(async () => {
      processes = await Promise.all(Array.from({ length: count }, () => spawnApi(db.url)));
    });
    afterAll(async () => {
      await Promise.all(processes.map((process) => process.stop()));
      for (const process of processes) expect(process.output()).not.toMatch(/database is locked|SQLITE_BUSY/i);
    });
    /** Requests take turns between the processes. */
    const rest = (i: number) => restClient(processes[i % count]!.url);

    it(`${BUYERS} buyers rate one seller at once: nothing is lost`, async () => {
      const { seller, buyers } = await market(BUYERS);
      const answers = await Promise.all(
        buyers.map(({ token }, i) => rest(i).post('/ratings', { sellerId: seller.id, rating: 1 + (i % 5) }, { token })),
      );
      expect(statuses(answers)).toEqual({ 201: BUYERS });
      expect(answers.filter(({ body }) => body.code !== undefined)).toEqual([]); // no error inside a success
      expect(await storedAggregates(db.database, seller.id)).toMatchObject({
        stars1: 40,
        stars2: 40,
        stars3: 40,
        stars4: 40,
        stars5: 40,
        sellerRating: 3,
      });
      await expectExact(seller.id);
    });

    it('30 identical submissions at once: exactly one is stored', async () => {
      const {
        seller,
        buyers: [buyer],
      } = await market(1);
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, i) => rest(i).post('/ratings', { sellerId: seller.id, rating: 5 }, { token: buyer!.token })),
      );
      expect(statuses(answers)).toEqual({ 201: 1, 409: 29 });
      expect(answers.filter(({ status }) => status === 409).every(({ body }) => body.code === 'ALREADY_RATED')).toBe(true);
      expect(await db.database.prisma.sellerRatingVersion.count({ where: { sellerId: seller.id } })).toBe(1);
      await expectExact(seller.id);
    });

    it('30 with one Idempotency-Key: one is stored, the others replay it or wait', async () => {
      const {
        seller,
        buyers: [buyer],
      } = await market(1);
      const headers = { 'idempotency-key': 'the-same-for-all' };
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          rest(i).post('/ratings', { sellerId: seller.id, rating: 4 }, { token: buyer!.token, headers }),
        ),
      );
      for (const { status, body } of answers)
        expect([status, body.code], JSON.stringify(body)).toEqual(status === 201 ? [201, undefined] : [409, 'IDEMPOTENCY_IN_FLIGHT']);
      expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id)).size).toBe(1);
      await expectExact(seller.id);
    });

    it('edits and withdrawals of the same ratings at once keep every count exact', async () => {
      const { seller, buyers } = await market(20);
      const ids = await Promise.all(
        buyers.map(
          async ({ token }, i) => (await rest(i).post('/ratings', { sellerId: seller.id, rating: 3 }, { token })).body.id as number,
        ),
      );
      const answers = await Promise.all(
        Array.from({ length: 150 }, (_, i) => {
          const who = (i * 7) % buyers.length;
          const { token } = buyers[who]!;
          return i % 10 === 9
            ? rest(i).delete(`/ratings/${ids[who]}`, { token })
            : rest(i).patch(`/ratings/${ids[who]}`, { rating: 1 + (i % 5) }, { token });
        }),
      );
      for (const { status, body } of answers) expect([200, 204, 404, 409], JSON.stringify(body)).toContain(status);
      await expectExact(seller.id);
    });

    it(`${BUYERS} buyers race for 3 items: exactly 3 orders are placed`, async () => {
      const { seller, buyers } = await market(BUYERS);
      await db.database.prisma.sellerListing.update({ where: { id: seller.listingId }, data: { quantity: 3 } });
      const before = await db.database.prisma.order.count({ where: { listingId: seller.listingId } });
      const answers = await Promise.all(buyers.map(({ token }, i) => rest(i).post('/orders', { listingId: seller.listingId }, { token })));
      expect(statuses(answers)).toEqual({ 201: 3, 409: BUYERS - 3 });
      expect(answers.filter(({ body, status }) => status === 409 && body.code !== 'OUT_OF_STOCK')).toEqual([]);
      expect(await db.database.prisma.order.count({ where: { listingId: seller.listingId } })).toBe(before + 3);
      const reserved = await db.database.prisma.sellerListing.findUnique({ where: { id: seller.listingId } });
      expect(reserved).toMatchObject({ quantity: 3, reserved: 3, status: 'active' });
      const placed = answers.flatMap(({ status, body }, i) => (status === 201 ? [{ id: body.id, token: buyers[i]!.token }] : []));
      await Promise.all(placed.map(({ id, token }, i) => rest(i).post(`/orders/${id}/pay`, undefined, { token })));
      const sold = await db.database.prisma.sellerListing.findUnique({ where: { id: seller.listingId } });
      expect(sold).toMatchObject({ quantity: 0, reserved: 0, status: 'sold' });
    });

    it('an order is paid once, however often it is asked for', async () => {
      const {
        seller,
        buyers: [buyer],
      } = await market(1);
      const token = buyer!.token;
      const order = (await rest(0).post('/orders', { listingId: seller.listingId }, { token })).body;
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) => rest(i).post(`/orders/${order.id}/pay`, undefined, { token })),
      );
      expect(statuses(answers)).toEqual({ 200: 1, 409: 9 });
      expect(await db.database.prisma.payment.count({ where: { orderId: order.id } })).toBe(1);
    });
  });

  it('kill -9 while ratings come in: what was acknowledged is there, and the counts are exact', async () => {
    const { seller, buyers } = await market(120);
    let process = await spawnApi(db.url);
    const acknowledged: number[] = [];
    let killed = false;
    const submit = async ({ token, id }: Person & { token: string }) => {
      try {
        const { status } = await restClient(process.url).post('/ratings', { sellerId: seller.id, rating: 1 + (id % 5) }, { token });
        if (status === 201) acknowledged.push(id);
        if (acknowledged.length >= 30 && !killed) {
          killed = true;
          process.child.kill('SIGKILL');
        }
      } catch {
        // the connection died with the process: no client got an answer
      }
    };
    await Promise.all(buyers.map(submit));
    expect(killed).toBe(true);

    process = await spawnApi(db.url);
    const stored = await db.database.prisma.sellerRating.findMany({ where: { sellerId: seller.id }, select: { raterId: true } });
    const raters = new Set(stored.map(({ raterId }) => raterId));
    expect(acknowledged.filter((id) => !raters.has(id))).toEqual([]);
    await expectExact(seller.id);
    // Every rating that is there has its history, and nothing else has.
    expect(await db.database.prisma.sellerRatingVersion.count({ where: { sellerId: seller.id } })).toBe(stored.length);
    await process.stop();
  });
});
