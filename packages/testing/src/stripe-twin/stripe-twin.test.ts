import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../receiver.ts';
import { startStripeTwin, type StripeTwin } from './index.ts';

const HOUR_MS = 3_600_000;
const SECRET = 'whsec_twin';
/** The SDK repeats a call whose connection was closed once by itself, also where it is to repeat none. */
const TRIES = 2;

describe('the twin of Stripe, by the real SDK', () => {
  let twin: StripeTwin;
  let stripe: Stripe;
  beforeEach(async () => {
    twin = await startStripeTwin();
    stripe = new Stripe(twin.apiKey, twin.options);
  });
  afterEach(() => twin.close());

  const pay = (key: string, amount = 1250, method = 'pm_card_visa') =>
    stripe.paymentIntents.create(
      { amount, currency: 'eur', confirm: true, payment_method: method, metadata: { assay_key: key } },
      { idempotencyKey: key },
    );
  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => null,
      (error: unknown) => error as Stripe.errors.StripeError,
    );
  const types = () => twin.events.map(({ type }) => type);

  it('captures a payment, and refunds no more than it', async () => {
    const intent = await pay('one');
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 1250 });
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 500 });
    expect(refund).toMatchObject({ status: 'succeeded', amount: 500 });
    expect(await refusal(stripe.refunds.create({ payment_intent: intent.id, amount: 751 }))).toMatchObject({ code: 'amount_too_large' });
    await stripe.refunds.create({ payment_intent: intent.id });
    expect(await refusal(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({ code: 'charge_already_refunded' });
    expect(twin.balance('platform', 'eur')).toBe(0);
    expect((await stripe.refunds.list({ payment_intent: intent.id, limit: 1 })).has_more).toBe(true);
  });

  it('declines a card, asks for 3-D Secure, and ends what a bank processes days later', async () => {
    expect(await refusal(pay('declined', 1250, 'pm_card_chargeDeclined'))).toMatchObject({
      type: 'StripeCardError',
      code: 'card_declined',
    });
    const asked = await pay('asked', 1250, 'pm_card_threeDSecure2Required');
    const processed = await pay('processed', 1000, 'pm_sepaDebit');
    expect([asked.status, processed.status]).toEqual(['requires_action', 'processing']);
    twin.finishIntent(asked.id, true);
    twin.finishIntent(processed.id, false);
    expect((await stripe.paymentIntents.retrieve(asked.id)).status).toBe('succeeded');
    expect((await stripe.paymentIntents.retrieve(processed.id)).status).toBe('requires_payment_method');
    const again = await stripe.paymentIntents.confirm(processed.id, { payment_method: 'pm_card_visa' });
    expect(again.status).toBe('succeeded');
    expect(twin.movements.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['payment', 1250],
      ['payment', 1000],
    ]);
  });

  it.each(['answer-lost', 'failed'] as const)('%s: the money moved, and the same key moves it once', async (fault) => {
    for (let i = 0; i < TRIES; i++) twin.fail(fault);
    expect(await refusal(pay('key'))).not.toBeNull();
    expect(twin.movements).toHaveLength(1);
    twin.recover();
    expect((await pay('key')).status).toBe('succeeded');
    expect(twin.movements).toMatchObject([{ kind: 'payment', amount: 1250, key: 'key' }]);
  });

  it.each(['lost', 'limited'] as const)('%s: nothing moved', async (fault) => {
    for (let i = 0; i < TRIES; i++) twin.fail(fault, /payment_intents/);
    expect(await refusal(pay('key'))).not.toBeNull();
    expect(twin.movements).toEqual([]);
  });

  it('remembers a refusal by its key, and refuses another request with it', async () => {
    await refusal(pay('key', 1250, 'pm_card_chargeDeclined'));
    expect(await refusal(pay('key', 1250, 'pm_card_chargeDeclined'))).toMatchObject({ code: 'card_declined' });
    expect(await refusal(pay('key'))).toMatchObject({ type: 'StripeIdempotencyError' });
    expect(types()).toEqual(['payment_intent.created', 'payment_intent.payment_failed']);
  });

  it('forgets a key after 24 hours: the same request charges again then, and a search finds the first one before that', async () => {
    const first = await pay('key');
    twin.advance(23 * HOUR_MS);
    expect((await pay('key')).id).toBe(first.id);
    const found = await stripe.paymentIntents.search({ query: "metadata['assay_key']:'key'" });
    expect(found.data.map(({ id }) => id)).toEqual([first.id]);
    twin.advance(2 * HOUR_MS);
    expect((await pay('key')).id).not.toBe(first.id);
    expect(twin.movements).toHaveLength(2);
  });

  it('transfers to sellers, takes it back, and pays out; a bank may return a payout that was paid', async () => {
    await pay('one', 10_000);
    const { id: seller } = await stripe.accounts.create({ type: 'express', country: 'DE' });
    const account = { stripeAccount: seller };
    expect(await refusal(stripe.transfers.create({ amount: 1, currency: 'eur', destination: seller }))).toMatchObject({
      code: 'insufficient_capabilities_for_transfer',
    });
    twin.finishAccount(seller);
    const transfer = await stripe.transfers.create({
      amount: 9000,
      currency: 'eur',
      destination: seller,
      transfer_group: 'order_1',
    });
    await stripe.transfers.createReversal(transfer.id, { amount: 1000 });
    expect(await refusal(stripe.payouts.create({ amount: 8001, currency: 'eur' }, account))).toMatchObject({
      code: 'balance_insufficient',
    });
    const payout = await stripe.payouts.create({ amount: 8000, currency: 'eur' }, account);
    expect([payout.status, twin.balance(seller, 'eur')]).toEqual(['pending', 0]);
    twin.payoutArrived(payout.id);
    expect((await stripe.payouts.retrieve(payout.id, {}, account)).status).toBe('paid');
    twin.payoutReturned(payout.id);
    expect(() => twin.payoutReturned(payout.id)).toThrow('has failed already');
    expect([twin.balance(seller, 'eur'), twin.balance('platform', 'eur')]).toEqual([8000, 2000]);
    expect(types().slice(-3)).toEqual(['payout.created', 'payout.paid', 'payout.failed']);
  });

  it('a dispute takes the money, blocks refunds, and gives back exactly that when it is won; an inquiry takes nothing', async () => {
    const intent = await pay('one');
    const inquiry = twin.openDispute(intent.id, { inquiry: true });
    expect(twin.balance('platform', 'eur')).toBe(1250);
    twin.closeDispute(inquiry.id, true);
    const dispute = twin.openDispute(intent.id);
    expect(twin.balance('platform', 'eur')).toBe(0);
    expect(await refusal(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({ code: 'charge_disputed' });
    twin.closeDispute(dispute.id, true);
    expect([twin.balance('platform', 'eur'), (await stripe.disputes.retrieve(dispute.id)).status]).toEqual([1250, 'won']);
  });

  it('a refund that the buyer’s bank returns is money again', async () => {
    const intent = await pay('one');
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    twin.returnRefund(refund.id);
    expect(twin.balance('platform', 'eur')).toBe(1250);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('failed');
  });

  it('signs what it says, and sends it in any order, twice or not at all; what it left out is in the list of events', async () => {
    const receiver = await startReceiver();
    const intent = await pay('one');
    await stripe.refunds.create({ payment_intent: intent.id });
    const [created, succeeded, refunded] = twin.events.map(({ id }) => id) as [string, string, string];
    const endpoint = { url: `${receiver.url}/webhooks/stripe`, secret: SECRET };
    const deliveries = await twin.deliver(endpoint, [refunded, created, refunded]);
    expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
    const events = receiver.received.map(({ body, headers }) =>
      stripe.webhooks.constructEvent(body, headers['stripe-signature'] as string, SECRET),
    );
    expect(events.map(({ type }) => type)).toEqual(['refund.created', 'payment_intent.created', 'refund.created']);
    const [{ body, headers }] = receiver.received as [(typeof receiver.received)[number]];
    expect(() => stripe.webhooks.constructEvent(body, headers['stripe-signature'] as string, 'whsec_other')).toThrow('signature');
    const listed = await stripe.events.list();
    expect(listed.data.map(({ id }) => id)).toEqual([refunded, succeeded, created]);
    receiver.close();
  });

  it('knows no other key than its own', async () => {
    const stranger = new Stripe('sk_test_other', twin.options);
    expect(await refusal(stranger.paymentIntents.list())).toMatchObject({ type: 'StripeAuthenticationError' });
  });
});
