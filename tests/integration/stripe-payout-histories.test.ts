import { verifyLedger } from '@assay/core';
import { createPerson, createTestDatabase, onEachEngine, runTasks, type Seller, type TestDatabase } from '@assay/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectOn, CONNECT_SECRET, startConnectShop } from './lib-stripe-payouts.ts';
import type { StripeShop } from './lib-stripe.ts';

const HOUR_MS = 3_600_000;
/** More than the SDK asks for itself, and tasks meanwhile. */
const TRIES = 10;
const FAULTS = ['lost', 'answer-lost', 'failed', 'limited'] as const;

const step = fc.record({
  event: fc.constantFrom(
    ...(['earn', 'owe', 'pay-out', 'pay-out', 'send', 'send', 'fault', 'recover', 'hours', 'news', 'check', 'look-up'] as const),
    ...(['arrive', 'return', 'restrict', 'finish', 'hold', 'release', 'confirm'] as const),
  ),
  fault: fc.constantFrom(...FAULTS),
  number: fc.integer({ min: 1, max: 5000 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

onEachEngine('histories of payouts through Stripe', (engine) => {
  let db: TestDatabase;
  let shop: StripeShop;
  let on: ReturnType<typeof connectOn>;
  let admin: { id: number };
  /** How far the clocks are ahead. */
  let now = 0;
  beforeAll(async () => {
    db = await createTestDatabase(engine);
    shop = await startConnectShop(db, { PAYOUT_RESERVE_PERCENT: '10' });
    on = connectOn(db, shop);
    admin = await createPerson(db.database, ['admin']);
  });
  afterAll(async () => {
    await shop.close();
    await db.drop();
  });

  function advance(ms: number): void {
    now += ms;
    on.advance(now);
  }
  async function payOut(): Promise<void> {
    advance(Math.max(0, (await on.nextMoment()) - now));
    await runTasks(shop.api.container, 'payouts.make', { laterMs: now });
  }
  /** Acts on what the twin has said, the newest first. */
  async function news(known: Set<string>): Promise<void> {
    const ids = shop.twin.events.map(({ id }) => id).filter((id) => !known.has(id));
    await shop.twin.deliver({ url: `${shop.api.url}/webhooks/stripe`, secret: CONNECT_SECRET }, ids.toReversed());
    for (const id of ids) known.add(id);
    await runTasks(shop.api.container, 'provider-event.apply', { laterMs: now });
  }
  /** The seller goes through the set-up at Stripe again, on the clock of the test. */
  const confirm = ({ id: sellerId }: Seller) =>
    db.database.prisma.payoutAccount.update({ where: { sellerId }, data: { confirmedAt: new Date(Date.now() + now) } });
  const release = ({ id }: Seller) => on.rest.post(`/payouts/sellers/${id}/release`, undefined, on.as(admin));

  async function act(seller: Seller, account: string, known: Set<string>, { event, fault, number }: Step): Promise<unknown> {
    const payouts = (await on.payoutsOf(seller.id)).toReversed();
    const atBank = [...shop.twin.objects.values()].find((one) => one.account === account && one.status === 'pending');
    switch (event) {
      case 'earn':
        return on.earn(seller, BigInt(number));
      case 'owe':
        return on.owe(seller.id, BigInt(number));
      case 'pay-out':
        return payOut();
      case 'send':
        return on.sendAll(now);
      case 'fault':
        return Array.from({ length: number % TRIES }, () => shop.twin.fail(fault, /^\/v1\/(transfers|payouts)/));
      case 'recover':
        return shop.twin.recover();
      case 'hours':
        return advance((number % 30) * HOUR_MS);
      case 'news':
        return news(known);
      case 'check':
        return on.check(seller);
      case 'look-up':
        return payouts[0] && on.rest.post(`/payouts/${payouts[0].id}/look-up`, undefined, on.as(admin));
      case 'arrive':
        return atBank && shop.twin.payoutArrived(atBank.id);
      case 'return':
        return atBank && shop.twin.payoutReturned(atBank.id);
      case 'restrict':
        return shop.twin.restrictAccount(account, 'external_account', 'The bank account was closed.');
      case 'finish':
        return shop.twin.finishAccount(account);
      case 'hold':
        return on.rest.post(`/payouts/sellers/${seller.id}/hold`, { reason: 'We look into an order.' }, on.as(admin));
      case 'release':
        return release(seller);
      case 'confirm':
        return confirm(seller);
    }
  }

  /** How often Stripe made something for a payout. */
  const madeFor = (payoutId: number, object: string) =>
    [...shop.twin.objects.values()].filter(
      (one) => one.object === object && (one.metadata as Record<string, string>).assay_payout === String(payoutId),
    ).length;

  /** Nothing goes wrong any more: a day later each call has an outcome. */
  async function rest(seller: Seller, account: string, known: Set<string>): Promise<void> {
    shop.twin.recover();
    shop.twin.finishAccount(account);
    await release(seller);
    for (let i = 0; i < 3; i++) {
      advance(26 * HOUR_MS);
      await on.sendAll(now);
      await news(known);
    }
    await on.sendAll(now);
  }

  /** What left the seller's account at Stripe is what the payouts that are with the bank say, and each part of a payout was made once. */
  async function expectSameAtStripe(seller: Seller, account: string, earned: bigint): Promise<void> {
    const payouts = await on.payoutsOf(seller.id);
    for (const { id } of payouts)
      for (const object of ['transfer', 'payout', 'transfer_reversal']) expect(madeFor(id, object), object).toBeLessThanOrEqual(1);
    const sumOf = (...statuses: string[]) =>
      payouts.filter(({ status }) => statuses.includes(status)).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    expect(sumOf('pending', 'unresolved')).toBe(0n);
    const left = on.moved(account).reduce((sum, [kind, amount]) => (kind.startsWith('payout') ? sum - amount : sum), 0);
    expect(left).toBe(Number(sumOf('sent', 'paid')));
    expect(shop.twin.balance(account, 'eur')).toBe(0);
    const balances = await on.balancesOf(seller.id);
    expect(balances.clearing ?? 0n).toBe(earned - sumOf('paid'));
    expect(balances.payouts_in_transit ?? 0n).toBe(-sumOf('sent'));
    expect(Object.values(balances).reduce((sum, balance) => sum + balance, 0n)).toBe(0n);
  }

  const runs = engine === 'sqlite' ? 15 : 4;

  it(`${runs} random ones move each money once, and end with the same money here and there`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
        const known = new Set(shop.twin.events.map(({ id }) => id));
        const seller = await on.newEarner(9000n);
        const account = await on.referenceOf(seller);
        for (const one of steps) await act(seller, account, known, one);
        await rest(seller, account, known);
        const earned = steps.reduce((sum, { event, number }) => (event === 'earn' ? sum + BigInt(number) : sum), 9000n);
        await expectSameAtStripe(seller, account, earned);
        expect((await verifyLedger(on.system())).differences).toEqual([]);
      }),
      { numRuns: runs },
    );
  }, 300_000);
});
