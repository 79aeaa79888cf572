import type { LedgerDifference } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { inBatches } from '../kernel/in-batches.ts';
import { exponential, Interrupted, type TaskHandler } from '../kernel/task.ts';
import type { CheckedIds, FoundDifference } from './checks.ts';
import { postMissingPayment } from './post-missing.ts';

/** Kept of one verification. */
const FINDINGS_KEPT = 100;

export interface LedgerVerification {
  entries: number;
  payments: number;
  /** Payments of earlier releases that were posted. */
  posted: number;
  differences: LedgerDifference[];
  stopped: boolean;
}

/**
 * Compares the ledger with itself and with the payments: entries sum to zero, balances are the sums of postings and above their floors,
 * captured and refunded payments have their entries. It reads in ranges, so that other requests are not delayed; what differs is locked
 * and looked at again, so that what changes meanwhile is no false alarm.
 * @param options.postMissing posts captured payments that have no entry, because an earlier release captured them
 * @throws AppError FORBIDDEN
 */
export async function verifyLedger(ctx: Context, options: { postMissing?: boolean; stop?: AbortSignal } = {}): Promise<LedgerVerification> {
  requireSystem(ctx.actor);
  const { postMissing = false, stop } = options;
  const checked = { entries: 0, sellers: 0, payments: 0 };
  const differences: LedgerDifference[] = [];
  let posted = 0;
  const check = (kind: CheckedIds) => {
    let after = -1;
    return inBatches(stop, async (size) => {
      const range = await ctx.repos.ledgerChecks.nextRange(kind, after, size);
      if (!range) return false;
      after = range.upTo;
      checked[kind] += range.rows;
      for (const suspect of await ctx.repos.ledgerChecks.differences(kind, range)) {
        if (postMissing && suspect.check === 'missing-payment' && (await postMissingPayment(ctx, suspect.id))) posted++;
        else differences.push(...(await confirmed(ctx, kind, suspect)));
      }
      return true;
    });
  };
  // Payments first: what is posted for them is compared, too.
  const finished = (await check('payments')) && (await check('entries')) && (await check('sellers'));
  return { entries: checked.entries, payments: checked.payments, posted, differences, stopped: !finished };
}

/** Looks at one entry, balance or order again, which cannot change meanwhile. */
function confirmed(
  ctx: Context,
  kind: CheckedIds,
  { id, check, subject, sellerId, currency }: FoundDifference,
): Promise<LedgerDifference[]> {
  return ctx.change(async (tx) => {
    if (kind === 'payments') await tx.repos.orders.lock(id);
    if (kind === 'sellers') await tx.repos.ledger.lock(sellerId, currency);
    const found = await tx.repos.ledgerChecks.differences(kind, { after: id - 1, upTo: id });
    return found.filter((again) => again.check === check && again.subject === subject).map(({ id: _id, ...difference }) => difference);
  });
}

/** Adds the task of a verification, by the clock. @throws AppError FORBIDDEN */
export async function scheduleLedgerVerification(ctx: Context): Promise<void> {
  requireSystem(ctx.actor);
  await ctx.change((tx) => tx.enqueue('ledger.verify', {}, { key: `ledger:verify:${tx.at.getTime()}` }));
}

/** Posts what earlier releases captured, verifies the ledger, and keeps the result for the metric and the alert. */
export const verifyLedgerTask: TaskHandler<'ledger.verify'> = {
  attemptsMax: 5,
  retryAfterMs: exponential(30_000, 10 * 60_000),
  concurrency: 1,
  async run(ctx, _input, { signal }) {
    const startedAt = ctx.now();
    const { entries, payments, posted, differences, stopped } = await verifyLedger(ctx, { postMissing: true, stop: signal });
    if (stopped) throw new Interrupted('The process stops, or has lost the task.');
    const counts = { entries, payments, posted, differences: differences.length };
    await ctx.change((tx) =>
      tx.repos.ledgerChecks.keep({ startedAt, finishedAt: tx.at, ...counts, findings: differences.slice(0, FINDINGS_KEPT) }),
    );
    return counts;
  },
};
