import type { Tx } from '../kernel/context.ts';
import { publicName } from './rules.ts';

/** Publishes that an account has another name, where it has. */
export async function publishRename(tx: Tx, userId: number, from: string, to: string): Promise<void> {
  if (from !== to) await tx.publish('account.renamed', { userId, publicName: publicName(from) !== publicName(to) });
}
