import { requireSystem } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { exponential, Interrupted, Postponed, type TaskAttempt, type TaskHandler } from '../kernel/task.ts';
import { cleanImages } from '../images/delete-image.ts';
import { ORDER } from '../orders/order-machine.ts';
import { transition } from '../kernel/transition.ts';
import { ARRIVAL_MS } from '../verification/rules.ts';
import { publishClosed } from './delete-account.ts';
import { ERASURE_STEPS, type ErasureStep } from './ports.ts';

/** Rows of one transaction: others wait for one batch at most. */
const BATCH = 200;
const MINUTE_MS = 60_000;
/** When files that are being written or cannot be deleted now are looked at again. */
const FILES_MS = MINUTE_MS;

/**
 * Erases what is left of a closed account, in batches. Each batch is a transaction of its own and may be done again, so that an attempt
 * that was cut off goes on where the last one ended.
 */
export const eraseAccount: TaskHandler<'account.erase'> = {
  attemptsMax: 50,
  retryAfterMs: exponential(30_000, 60 * MINUTE_MS),
  concurrency: 1,
  async run(ctx, { userId }, attempt) {
    requireSystem(ctx.actor);
    const account = await ctx.repos.accounts.findById(userId);
    if (!account?.deletedAt) return { rows: 0 }; // it is a living account
    await inBatch(ctx, attempt, async (tx) => {
      await tx.repos.privacy.close(userId, null, tx.at); // a request that was under way may have written a name
      await publishClosed(tx, userId);
    });
    await cancelUnpaid(ctx, attempt, userId);
    await deleteDocuments(ctx, attempt, userId);
    await deleteEvidence(ctx, attempt, userId);
    let rows = 0;
    for (const step of ERASURE_STEPS) rows += await erase(ctx, attempt, step, userId);
    await deleteImages(ctx);
    if ((await ctx.repos.privacy.remaining(userId)) > 0)
      throw new Postponed('Files of the account are being written or deleted.', FILES_MS);
    await inBatch(ctx, attempt, (tx) => tx.repos.privacy.erased(userId, tx.at));
    return { rows };
  },
};

function inBatch<T>(ctx: Context, attempt: TaskAttempt, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (attempt.stop.aborted) throw new Interrupted();
  return ctx.change(async (tx) => {
    await attempt.hold(tx);
    return work(tx);
  });
}

async function erase(ctx: Context, attempt: TaskAttempt, step: ErasureStep, userId: number): Promise<number> {
  for (let total = 0; ;) {
    const rows = await inBatch(ctx, attempt, async (tx) => {
      const followed = step === 'follows' ? await tx.repos.privacy.followed(userId, BATCH) : [];
      const erased = await tx.repos.privacy.erase(step, userId, BATCH, tx.at);
      for (const sellerId of followed) await tx.publish('store.followed', { sellerId });
      if (erased > 0) await publishErased(tx, step, userId);
      return erased;
    });
    total += rows;
    if (rows < BATCH) return total;
  }
}

async function publishErased(tx: Tx, step: ErasureStep, userId: number): Promise<void> {
  if (step === 'listings') await tx.publish('listing.changed', { sellerId: userId, listingId: null });
  if (step === 'images') await tx.publish('image.changed', { ownerId: userId, imageId: null });
  if (step === 'votes') await tx.publish('rater.renamed', { raterId: userId, sellerId: null }); // the ratings of many sellers
}

/** Orders that were placed in the moment of the deletion. Paid ones end as they would have. */
async function cancelUnpaid(ctx: Context, attempt: TaskAttempt, userId: number): Promise<void> {
  for (const id of await ctx.repos.privacy.unpaidOrders(userId, BATCH))
    await inBatch(ctx, attempt, async (tx) => {
      const order = await tx.repos.orders.findById(id);
      if (order?.status === 'placed') await transition(tx, ORDER, order, 'cancelled', { actorId: userId });
    });
}

/** Files of a person, and how to note that one is gone. */
interface PersonsFiles {
  list: (before: Date) => Promise<{ id: number; storageKey: string }[]>;
  removed: (id: number, at: Date) => Promise<void>;
}

/** Files first, rows afterwards: cut off in between, it is done again. */
async function deleteFiles(ctx: Context, attempt: TaskAttempt, { list, removed }: PersonsFiles): Promise<void> {
  for (;;) {
    const files = await list(new Date(ctx.now().getTime() - ARRIVAL_MS));
    for (const { id, storageKey } of files) {
      await attempt.hold();
      await whileStored(() => ctx.services.documents.delete(storageKey));
      await removed(id, ctx.now());
    }
    if (files.length < BATCH) return;
  }
}

const deleteDocuments = (ctx: Context, attempt: TaskAttempt, userId: number): Promise<void> =>
  deleteFiles(ctx, attempt, {
    list: (before) => ctx.repos.privacy.documents(userId, before, BATCH),
    removed: (id, at) => ctx.repos.verifications.documentRemoved(id, at),
  });

const deleteEvidence = (ctx: Context, attempt: TaskAttempt, userId: number): Promise<void> =>
  deleteFiles(ctx, attempt, {
    list: (before) => ctx.repos.privacy.evidence(userId, before, BATCH),
    removed: (id, at) => ctx.repos.disputeFiles.removed(id, at),
  });

const deleteImages = (ctx: Context) => whileStored(() => cleanImages(ctx));

/** Waits for a storage that is away: no attempt counts. */
async function whileStored(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Postponed('Files of the account cannot be deleted now.', FILES_MS, { cause: error });
  }
}
