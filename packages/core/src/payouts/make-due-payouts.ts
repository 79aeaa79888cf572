import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { Interrupted, exponential, type TaskHandler } from '../kernel/task.ts';
import { makePayouts, PayoutMismatch } from './make-payout.ts';
import { payoutSettingsOf } from './payout-state.ts';
import { nextPayoutAt } from './schedule.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Sellers that get settings in one change. */
const SETTINGS_MAX = 500;
const BATCH = 50;
/** Other processes have the database meanwhile. */
const REST_MS = 25;

/** Adds a task for the payouts that are due, at most one a minute. Called by a job. @throws AppError FORBIDDEN */
export async function schedulePayouts(ctx: Context): Promise<boolean> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    const { schedule } = tx.settings.payouts;
    // A seller whose first money came in shortly before a payout moment does not wait for the next one.
    const nextAt = nextPayoutAt(schedule, new Date(tx.at.getTime() - HOUR_MS));
    await tx.repos.payouts.addMissingSettings({ schedule, nextAt }, SETTINGS_MAX, tx.at);
    const isDue = (await tx.repos.payouts.due(tx.at, 1)).length > 0;
    if (isDue) await tx.enqueue('payouts.make', {}, { key: `payouts:${Math.floor(tx.at.getTime() / MINUTE_MS)}` });
    return isDue;
  });
}

/** Makes the payouts of one seller now, before their moment; an operator does so by a command. Returns how many. @throws AppError FORBIDDEN */
export async function makePayoutsNow(ctx: Context, { sellerId }: { sellerId: number }): Promise<number> {
  requireSystem(ctx.actor);
  return ctx.change((tx) => makePayouts(tx, sellerId));
}

/** Makes the payouts of all sellers that are due, one change for each seller, with a rest after each batch. */
export const makeDuePayouts: TaskHandler<'payouts.make'> = {
  attemptsMax: 5,
  retryAfterMs: exponential(30_000, HOUR_MS),
  concurrency: 1,
  async run(ctx, _input, attempt) {
    requireSystem(ctx.actor);
    const tally = { sellers: 0, payouts: 0, postponed: 0 };
    let failure: unknown = null;
    for (;;) {
      const due = await ctx.repos.payouts.due(ctx.now(), BATCH);
      if (due.length === 0) break;
      await attempt.hold();
      for (const { sellerId, nextAt } of due) {
        if (attempt.stop.aborted) throw new Interrupted('The process stops.');
        tally.sellers++;
        try {
          tally.payouts += await payOutSeller(ctx, sellerId, nextAt);
        } catch (error) {
          failure ??= error;
          tally.postponed++;
          await postpone(ctx, sellerId, nextAt, error); // the others go on
        }
        await new Promise(setImmediate); // requests of this process have their turn between two payouts
      }
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
    if (failure !== null && !(failure instanceof PayoutMismatch)) throw failure;
    return tally;
  },
};

/** Makes the payouts of one seller, and moves the payout moment, in one change: of two processes one does both. */
const payOutSeller = (ctx: Context, sellerId: number, nextAt: Date): Promise<number> =>
  ctx.change(async (tx) => {
    const { schedule } = await payoutSettingsOf(tx, sellerId);
    const isOurs = await tx.repos.payouts.advance(sellerId, nextAt, nextPayoutAt(schedule, tx.at), tx.at);
    return isOurs ? makePayouts(tx, sellerId) : 0;
  });

/** A seller whose payouts could not be made: held where the postings do not add up, else tried again in an hour. */
const postpone = (ctx: Context, sellerId: number, nextAt: Date, error: unknown): Promise<void> =>
  ctx.change(async (tx) => {
    await tx.repos.payouts.advance(sellerId, nextAt, new Date(tx.at.getTime() + HOUR_MS), tx.at);
    if (!(error instanceof PayoutMismatch)) return;
    const reason = 'We are checking your balance.';
    if (await tx.repos.payouts.hold(sellerId, reason, tx.at))
      await tx.audit('payouts.held', 'seller', sellerId, { reason, found: error.message });
  });
