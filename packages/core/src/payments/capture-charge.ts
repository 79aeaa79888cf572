import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import { callOfCharge, earlierCharge, OPEN_PAYMENT } from './charges.ts';
import type { ChargeRow } from './ports.ts';
import { sendCall } from './provider-call.ts';
import { settleCharge } from './settle-charge.ts';

const HOUR_MS = 3_600_000;

/** The attempts last longer than the key: the last ones look up what became of it. */
const ATTEMPTS = { attemptsMax: 16, retryAfterMs: exponential(30_000, 4 * HOUR_MS), concurrency: 4 };

/**
 * Captures a charge that a buyer began. Between the commit that began it and the one that settles it stands one call of the provider,
 * with a key: repeated after a crash, a lost answer or a failed commit, it charges once.
 */
export const captureCharge: TaskHandler<'charge.capture'> = {
  ...ATTEMPTS,
  async run(ctx, { chargeId }) {
    requireSystem(ctx.actor);
    const charge = await ctx.repos.charges.find(chargeId);
    if (charge) await capture(ctx, charge);
  },
};

/** The task of an older release, which paid each order by itself. */
export const capturePayment: TaskHandler<'payment.capture'> = {
  ...ATTEMPTS,
  async run(ctx, { orderId, attempt }) {
    requireSystem(ctx.actor);
    const payment = await ctx.repos.payments.find(orderId);
    if (payment?.chargeId === null && payment.attempt === attempt) await capture(ctx, earlierCharge(payment));
  },
};

async function capture(ctx: Context, charge: ChargeRow): Promise<void> {
  if (!OPEN_PAYMENT.includes(charge.status)) return; // an earlier run got this far
  const { amountE8, currency, key: idempotencyKey, shares } = charge;
  const orderIds = shares.map(({ orderId }) => orderId);
  const outcome = await sendCall(ctx, callOfCharge(charge), () =>
    ctx.services.payments.capture({ orderIds, amountE8, currency }, { idempotencyKey }),
  );
  await ctx.change((tx) => settleCharge(tx, charge, outcome));
  if (outcome.status === 'unknown') throw outcome.error;
}
