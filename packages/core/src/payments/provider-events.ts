import { formatPriceE8 } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import { applyDispute } from '../chargebacks/apply-dispute.ts';
import { chargeNow, chargeWithKey } from './charges.ts';
import { preparePayoutEvent } from '../payouts/payout-events.ts';
import type { ProviderEvent, ProviderEventRow, ProviderEventSource, ProviderObject } from './ports.ts';
import type { ProviderDispute } from './provider-records.ts';
import { OPEN_REFUND, returnRefund, settleRefund } from './send-refund.ts';
import { settleCharge } from './settle-charge.ts';

const HOUR_MS = 3_600_000;
/** The first time, the list of events is read from so long ago; afterwards it is read from a little before the last time. */
const FIRST_MS = 24 * HOUR_MS;
const OVERLAP_MS = HOUR_MS;
const UNKNOWN = 'The provider does not know it.';

/** The key of the task that acts on an event. @param round 2 for the second time, after an admin had it tried again */
export const eventTaskKey = (id: number, round: number | string = 1): string => `provider-event:${id}:${round}`;

/**
 * Stores what the provider says, once, with the task that acts on it. It is answered after that commit: an event whose answer is lost
 * comes again, and is stored already.
 * @returns false where it was stored before
 */
export const receiveProviderEvent = (ctx: Context, event: ProviderEvent): Promise<boolean> => {
  const { name } = ctx.services.payments;
  return ctx.change(async (tx) => {
    const id = await tx.repos.providerEvents.add(name, event, tx.at);
    if (id === null) return false;
    await tx.enqueue('provider-event.apply', { eventId: id }, { key: eventTaskKey(id) });
    return true;
  });
};

/**
 * Reads the provider's own list of events, so that those that no webhook brought are acted on, too.
 * @returns how many were not stored yet
 * @throws AppError FORBIDDEN
 */
export async function pullProviderEvents(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  const { events, name } = ctx.services.payments;
  if (!events) return 0;
  const { providerEvents } = ctx.repos;
  const begunAt = ctx.now();
  const pulledTo = (await providerEvents.pulledTo(name))?.getTime() ?? begunAt.getTime() - FIRST_MS;
  let added = 0;
  for await (const event of events.since(new Date(pulledTo - OVERLAP_MS)))
    if (!(await providerEvents.isStored(name, event.id)) && (await receiveProviderEvent(ctx, event))) added++;
  await ctx.change((tx) => tx.repos.providerEvents.setPulledTo(name, begunAt));
  return added;
}

/**
 * Acts on an event: looks up what it is about, and writes that down. The order of events says nothing, and an event that is acted on twice
 * changes nothing; one about something unknown is parked for an admin.
 */
export const applyProviderEvent: TaskHandler<'provider-event.apply'> = {
  attemptsMax: 16,
  retryAfterMs: exponential(10_000, 4 * HOUR_MS),
  concurrency: 4,
  async run(ctx, { eventId }) {
    requireSystem(ctx.actor);
    const event = await ctx.repos.providerEvents.find(eventId);
    if (event?.status !== 'received') return; // an earlier run got this far
    const { events, name } = ctx.services.payments;
    if (!events || name !== event.provider) throw new Error(`The payment provider "${event.provider}" is not configured.`);
    const apply = await prepare(ctx, event, events);
    await ctx.change(async (tx) => {
      const failure = await apply(tx);
      await tx.repos.providerEvents.settle(eventId, 'received', { status: failure === null ? 'done' : 'parked', failure }, tx.at);
    });
  },
};

/** Asks the provider what an event is about is now. @returns in a change: why the event is parked; null where it is done */
async function prepare(ctx: Context, event: ProviderEventRow, events: ProviderEventSource): Promise<(tx: Tx) => Promise<string | null>> {
  const { subject, reference } = event;
  if (subject === 'dispute') {
    const dispute = await events.findDispute(reference);
    return async (tx) => (dispute ? actOnDispute(tx, event, dispute) : UNKNOWN);
  }
  if (subject !== 'payment' && subject !== 'refund') return preparePayoutEvent(ctx, { subject, reference });
  const found = await events.find({ subject, reference });
  return async (tx) => {
    if (!found) return UNKNOWN;
    return subject === 'payment' ? actOnPayment(tx, event, found) : actOnRefund(tx, found);
  };
}

/** A dispute may be known before its payment is: that is settled first. */
async function actOnDispute(tx: Tx, event: ProviderEventRow, dispute: ProviderDispute): Promise<string | null> {
  if (dispute.payment) await actOnPayment(tx, event, dispute.payment);
  const { provider, reference } = event;
  return applyDispute(tx, { provider, reference }, dispute);
}

async function actOnPayment(tx: Tx, { provider }: ProviderEventRow, { key, orders, outcome }: ProviderObject): Promise<string | null> {
  const charge = await chargeWithKey(tx, key);
  if (charge?.provider !== provider) return 'No order of this marketplace has this payment.';
  await settleCharge(tx, charge, outcome);
  if (outcome.status !== 'done') return null;
  const { shares, amountE8, currency } = await chargeNow(tx, charge);
  const leftE8 = shares.reduce((left, share) => left - share.amountE8, amountE8);
  if (leftE8 === 0n) return null;
  const left = `${formatPriceE8(leftE8, currency)} ${currency}`;
  return `${left} of it were paid for an attempt of order ${orders} that another one replaced. Refund that at the provider.`;
}

async function actOnRefund(tx: Tx, { key, outcome }: ProviderObject): Promise<string | null> {
  const refund = key ? await tx.repos.refunds.findByKey(key) : null;
  const payment = refund && (await tx.repos.payments.find(refund.orderId));
  if (!payment) return 'No order of this marketplace has this refund: it was made at the provider.';
  if (OPEN_REFUND.has(refund.status)) await settleRefund(tx, refund, payment, outcome);
  else if (refund.status === 'done' && outcome.status === 'refused') await returnRefund(tx, refund, payment, outcome.reason);
  else if (refund.status === 'failed' && outcome.status === 'done')
    return `The refund ${refund.id} of order ${refund.orderId} was taken for failed, and the buyer has the money.`;
  return null;
}
