import { stripePayments } from '@assay/api/stripe';
import { verifyLedger, type Context } from '@assay/core';
import { createSeller, restClient, runTasks, type Seller, type SuiteDatabase } from '@assay/testing';
import type { StripeTwin } from '@assay/testing/stripe-twin';
import { expect } from 'vitest';
import { payoutsOn } from './lib-payouts.ts';
import { atStripe, startStripeShop, WEBHOOK_SECRET, type StripeShop } from './lib-stripe.ts';

/** Of the webhook endpoint for connected accounts. */
export const CONNECT_SECRET = 'whsec_connect';

const VARIABLES = {
  PAYMENT_PROVIDER: 'stripe',
  PAYOUT_PROVIDER: 'stripe',
  STRIPE_SECRET_KEY: 'sk_test_1234',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_1234',
  STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
  PAYOUT_HOLD_DAYS: '0',
};

/** An API that pays sellers out to accounts at the twin. */
export const startConnectShop = (db: SuiteDatabase, environment: Record<string, string> = {}): Promise<StripeShop> =>
  startStripeShop(db, { ...VARIABLES, ...environment }, (twin) => {
    const keys = { secretKey: twin.apiKey, publishableKey: 'pk_test_twin', webhookSecret: WEBHOOK_SECRET };
    return stripePayments({ ...keys, payouts: { webhookSecret: CONNECT_SECRET } }, twin.options);
  });

/** What tests of payouts through the twin do. */
export function connectOn(db: SuiteDatabase, { api, twin }: StripeShop) {
  const { prisma } = db.database;
  const on = payoutsOn({ db, api });
  const rest = restClient(api.url);
  const as = (person: { id: number }) => ({ token: api.tokenFor(person) });
  const system = (laterMs = 0): Context => on.system(laterMs);

  const accountOf = (sellerId: number) => prisma.payoutAccount.findUnique({ where: { sellerId } });
  const referenceOf = async ({ id }: { id: number }) => (await accountOf(id))!.reference!;

  /** A seller without payout details: sign-ins of tests are fresh. */
  const newSeller = (): Promise<Seller> => createSeller(db.database);
  const open = (seller: { id: number }, country = 'DE') => rest.post('/payout-account', { country }, as(seller));
  const check = (seller: { id: number }) => rest.post('/payout-account/check', undefined, as(seller));

  /** A seller with a ready account, and with that money, which the twin has, too. */
  async function newEarner(gross: bigint, currency = 'EUR', country = 'DE'): Promise<Seller> {
    const seller = await newSeller();
    await open(seller, country);
    twin.finishAccount(await referenceOf(seller));
    await check(seller);
    await earn(seller, gross, currency);
    return seller;
  }

  /** A buyer has paid a seller by the twin, and the order is released. */
  async function earn(seller: { id: number }, gross: bigint, currency = 'EUR'): Promise<void> {
    await on.earn(seller.id, gross, { currency });
    const payment = { amount: String(gross), currency: currency.toLowerCase(), confirm: 'true', payment_method: 'pm_card_visa' };
    await atStripe(twin, 'payment_intents', payment);
  }

  const sendAll = (laterMs: number) => runTasks(api.container, 'payout.send', { laterMs });
  let aheadMs = 0;
  /** The clock of the twin is that much ahead, too. */
  function advance(laterMs: number): void {
    twin.advance(laterMs - aheadMs);
    aheadMs = laterMs;
  }

  /** The next payout moment comes, at the twin, too: payouts are made. @returns how much later that is */
  async function payOut(): Promise<number> {
    const laterMs = await on.nextMoment();
    advance(laterMs);
    await runTasks(api.container, 'payouts.make', { laterMs });
    return laterMs;
  }

  const payoutOf = async ({ id }: { id: number }) => (await on.payoutsOf(id)).at(-1)!;
  const callsOf = (payoutId: number) => prisma.payoutCall.findMany({ where: { payoutId }, orderBy: { updatedAt: 'asc' } });
  const callOf = async (payoutId: number, kind: string) => (await callsOf(payoutId)).find((one) => one.kind === kind);

  /** What moved for a seller since: kind and amount, in the seller's account and at the platform. */
  const moved = (account: string) =>
    twin.movements.filter((one) => one.account === account).map(({ kind, amount }) => [kind, amount] as const);

  /** The ledger has no difference, and its clearing is what the twin has: with the marketplace, with sellers, and on its way to banks. */
  async function expectSameMoney(currency = 'EUR'): Promise<void> {
    expect((await verifyLedger(system())).differences).toEqual([]);
    const rows = await prisma.ledgerBalance.findMany({ where: { account: 'clearing', currency } });
    const clearing = rows.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0n);
    expect(Number(clearing)).toBe(twin.kept(currency.toLowerCase()));
  }

  /** By the test provider, in dollars: the twin has nothing of it. */
  const earnTest = (sellerId: number, gross: bigint) => on.earn(sellerId, gross, { isTest: true, currency: 'USD' });

  return {
    ...on,
    earnTest,
    rest,
    as,
    accountOf,
    referenceOf,
    newSeller,
    open,
    check,
    newEarner,
    earn,
    advance,
    sendAll,
    payOut,
    payoutOf,
    callsOf,
    callOf,
    moved,
    expectSameMoney,
  };
}

/** The events of some types that the twin has not sent yet. */
export const eventsOf = (twin: StripeTwin, ...types: string[]): string[] =>
  twin.events.filter(({ type }) => types.includes(type)).map(({ id }) => id);
