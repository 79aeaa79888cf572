import { requireSystem } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import { endUnsold } from '../orders/end-order.ts';
import { SYSTEM_ID } from '../orders/rules.ts';
import { callOfCharge, chargeNow, chargeOfOrder } from './charges.ts';
import type { ChargeRow } from './ports.ts';
import { lookUpCall, type CallOutcome } from './provider-call.ts';
import { settleCharge } from './settle-charge.ts';

const MINUTE_MS = 60_000;

/** Whether the provider waits for the buyer or a bank. */
export const waits = (charge: ChargeRow | null): charge is ChargeRow => charge?.status === 'pending' && charge.reference !== '';

/** What became of a charge; one that still waits for its buyer is ended. */
export async function endWaiting(ctx: Context, charge: ChargeRow): Promise<CallOutcome> {
  const outcome = await lookUpCall(ctx, callOfCharge(charge));
  const { form } = ctx.services.payments;
  if (outcome.status !== 'waiting' || !form) return outcome;
  try {
    return await form.cancel(charge.reference);
  } catch (error) {
    return { status: 'unknown', error };
  }
}

/** Adds the look-up of the charge that an order waits for; the orders of one charge are due together, and it is looked up once. */
export async function lookUpLater(tx: Tx, orderId: number): Promise<void> {
  const charge = await chargeOfOrder(tx, orderId);
  if (!waits(charge)) return;
  const key = `${charge.key}:look-up:${Math.floor(tx.at.getTime() / MINUTE_MS)}`;
  const [share] = charge.shares;
  if (charge.id !== null) await tx.enqueue('charge.look-up', { chargeId: charge.id }, { key });
  else if (share) await tx.enqueue('payment.look-up', { orderId, attempt: share.attempt }, { key });
}

const ATTEMPTS = { attemptsMax: 6, retryAfterMs: exponential(MINUTE_MS, 10 * MINUTE_MS), concurrency: 4 };

/**
 * Looks up a charge whose buyer had the time to make it, so that an event that was lost changes nothing, and ends one that was not made:
 * its orders are cancelled. What a bank still works on goes on waiting; the next task looks again.
 */
export const lookUpCharge: TaskHandler<'charge.look-up'> = {
  ...ATTEMPTS,
  async run(ctx, { chargeId }) {
    requireSystem(ctx.actor);
    await lookUp(ctx, await ctx.repos.charges.find(chargeId));
  },
};

/** The task of an older release, by the attempt of an order. */
export const lookUpPayment: TaskHandler<'payment.look-up'> = {
  ...ATTEMPTS,
  async run(ctx, { orderId, attempt }) {
    requireSystem(ctx.actor);
    const payment = await ctx.repos.payments.find(orderId);
    if (payment?.attempt === attempt) await lookUp(ctx, await chargeOfOrder(ctx, orderId));
  },
};

async function lookUp(ctx: Context, charge: ChargeRow | null): Promise<void> {
  if (!waits(charge)) return;
  const outcome = await endWaiting(ctx, charge);
  if (outcome.status === 'unknown') throw outcome.error;
  await ctx.change(async (tx) => {
    await settleCharge(tx, charge, outcome);
    if (outcome.status !== 'refused') return;
    for (const { orderId, status } of (await chargeNow(tx, charge)).shares) {
      const order = status === 'failed' ? await tx.repos.orders.findById(orderId) : null;
      if (order?.status === 'placed') await endUnsold(tx, order, 'cancelled', { actorId: SYSTEM_ID, reason: 'not-paid' });
    }
  });
}
