import type { Tx } from '../kernel/context.ts';

/** Makes an account a seller's, with an empty profile, unless it is one already. */
export async function openProfile(tx: Tx, userId: number): Promise<void> {
  if (await tx.repos.sellers.open(userId, tx.at)) await tx.publish('profile.created', { sellerId: userId });
}
