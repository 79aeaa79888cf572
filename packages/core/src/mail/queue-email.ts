import type { Tx } from '../kernel/context.ts';
import type { EmailKind, EmailWords } from './ports.ts';

/** Puts an e-mail into the queue, in the transaction of what causes it: it is sent when that is committed, and only then. */
export async function queueEmail(tx: Tx, to: { userId: number; recipient: string }, kind: EmailKind, words: EmailWords): Promise<void> {
  await tx.repos.emails.enqueue({ ...words, ...to, kind, requestId: tx.requestId }, tx.at);
  await tx.publish('email.queued', { userId: to.userId });
}
