import type { Tx } from '../kernel/context.ts';

/** Above this number of sellers one fact stands for all of them. */
const ONE_BY_ONE = 20;

/** A buyer's public name stands beside their ratings: the pages of the sellers whom they rated change with it. */
export async function publishRenamedRater(tx: Tx, { userId, publicName }: { userId: number; publicName: boolean }): Promise<void> {
  if (!publicName) return;
  const sellers = await tx.repos.ratings.ratedSellers(userId);
  for (const sellerId of sellers.length > ONE_BY_ONE ? [null] : sellers) await tx.publish('rater.renamed', { raterId: userId, sellerId });
}
