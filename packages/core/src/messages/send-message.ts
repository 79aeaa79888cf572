import { contactIn, type NewMessage, type StartThreadInput, type ThreadView } from '@assay/contract';
import { requireProvedAccount } from '../accounts/require-proved.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { Raced } from '../kernel/raced.ts';
import { requireNotBlocked } from './block.ts';
import { holdsFrom, requireThread, viewOfThread } from './get-thread.ts';
import type { ThreadRow } from './ports.ts';
import { DAY_MS, HOUR_MS, isRepeat, MESSAGES_PER_HOUR, THREADS_PER_DAY } from './rules.ts';
import { requireSubject, type Subject } from './subject.ts';

const ago = (tx: Tx, ms: number) => new Date(tx.at.getTime() - ms);

/** @throws AppError TOO_MANY_MESSAGES, THREAD_CLOSED, MESSAGES_BLOCKED */
async function requireMaySend(tx: Tx, thread: ThreadRow, userId: number): Promise<void> {
  if (thread.closed) throw new AppError('THREAD_CLOSED');
  await requireNotBlocked(tx, thread, userId);
  if ((await tx.repos.messages.countSent(userId, ago(tx, HOUR_MS))) >= MESSAGES_PER_HOUR) throw new AppError('TOO_MANY_MESSAGES');
}

/** Adds a message to a thread, once for each id of a client. */
async function addMessage(tx: Tx, threadId: number, userId: number, { clientId, text }: NewMessage): Promise<void> {
  const { messages } = tx.repos;
  await messages.lock(threadId);
  const known = await messages.findByClientId(userId, clientId);
  if (known && !isRepeat(known, { threadId, text })) throw new AppError('MESSAGE_ID_TAKEN');
  if (known) return;
  const thread = await requireThread(tx, threadId, userId);
  await requireMaySend(tx, thread, userId);
  const { buyerId, sellerId } = thread;
  const threshold = await holdsFrom(tx, buyerId, sellerId);
  const reason = threshold === null ? null : contactIn(text, threshold, new URL(tx.settings.publicUrl).host);
  const position = thread.lastPosition + 1;
  const status = reason ? 'held' : 'sent';
  const messageId = await messages.add({ threadId, senderId: userId, clientId, text, position, status, heldFor: reason }, tx.at);
  const fact = { threadId, messageId, buyerId, sellerId };
  await (reason ? tx.publish('message.held', { ...fact, userId }) : tx.publish('message.sent', fact));
}

/** The thread about a subject; begins it where there is none. @throws AppError EMAIL_NOT_VERIFIED, TOO_MANY_MESSAGES */
async function openThread(tx: Tx, subject: Subject, userId: number): Promise<number> {
  const { messages } = tx.repos;
  const known = await messages.findBySubject(subject);
  if (known !== null) return known;
  if (subject.kind !== 'order') {
    await requireProvedAccount(tx.repos, userId);
    if ((await messages.countBegun(userId, ago(tx, DAY_MS))) >= THREADS_PER_DAY)
      throw new AppError('TOO_MANY_MESSAGES', { message: 'You began many conversations today. Try again tomorrow.' });
  }
  const { kind, subjectId, buyerId, sellerId } = subject;
  const id = await messages.create({ kind, subjectId, buyerId, sellerId }, tx.at);
  if (id === null) throw new Raced();
  return id;
}

/**
 * Writes about a listing, an order or a store: begins the thread, or goes on with it.
 * @throws AppError UNAUTHENTICATED, LISTING_NOT_FOUND, SELLER_NOT_FOUND, STORE_GONE, ORDER_NOT_FOUND, OWN_MESSAGE, EMAIL_NOT_VERIFIED (neither
 *   a proved address nor a wallet), TOO_MANY_MESSAGES, MESSAGE_ID_TAKEN, THREAD_CLOSED,
 *   MESSAGES_BLOCKED
 */
export async function startThread(ctx: Context, { kind, subjectId, ...message }: StartThreadInput): Promise<ThreadView> {
  const { id: userId } = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    const subject = await requireSubject(tx, { kind, subjectId }, userId);
    const id = await openThread(tx, subject, userId);
    await addMessage(tx, id, userId, message);
    return viewOfThread(tx, id, userId);
  });
}

/**
 * Writes in a thread.
 * @throws AppError UNAUTHENTICATED, THREAD_NOT_FOUND (also one of others), TOO_MANY_MESSAGES, MESSAGE_ID_TAKEN, THREAD_CLOSED,
 *   MESSAGES_BLOCKED
 */
export async function sendMessage(ctx: Context, { id, ...message }: NewMessage & { id: number }): Promise<ThreadView> {
  const { id: userId } = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    await requireThread(tx, id, userId);
    await addMessage(tx, id, userId, message);
    return viewOfThread(tx, id, userId);
  });
}
