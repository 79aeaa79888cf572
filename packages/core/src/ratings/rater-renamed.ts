import { publicName } from '../accounts/rules.ts';
import type { Context, Store } from '../context/context.ts';

/** So many sellers are told of one by one. */
const ONE_BY_ONE = 20;

/** A buyer's public name stands with their ratings, on the pages of those whom they rated: tells of it where it changed. */
export async function tellRaterRenamed(ctx: Context, store: Store, raterId: number, from: string, to: string): Promise<void> {
  if (publicName(from) === publicName(to)) return;
  const sellers = await store.ratings.ratedSellers(raterId);
  for (const subjectId of sellers.length > ONE_BY_ONE ? [0] : sellers)
    await store.outbox.append({ topic: 'rater.renamed', subjectId, payload: {} }, ctx.now());
}
