import type { Context, Store } from '../context/context.ts';
import type { EmailKind, EmailWords } from './ports.ts';

/** Puts an e-mail into the queue, in the transaction of what causes it: it is sent when that is committed, and only then. */
export async function queueEmail(
  ctx: Context,
  store: Store,
  to: { userId: number; recipient: string },
  kind: EmailKind,
  words: EmailWords,
): Promise<void> {
  await store.emails.enqueue({ ...words, ...to, kind, requestId: ctx.requestId }, ctx.now());
  await store.outbox.append({ topic: 'email.queued', subjectId: to.userId, payload: { kind } }, ctx.now());
}
