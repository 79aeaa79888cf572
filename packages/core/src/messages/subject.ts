import type { SubjectView, ThreadSubject } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireReadable } from '../listings/readable-listing.ts';
import { partyOf } from '../orders/rules.ts';
import { requireSeller } from '../sellers/require-seller.ts';
import { holdsFrom } from './get-thread.ts';
import type { ThreadParties, ThreadRow } from './ports.ts';
import { otherOf, roleOf } from './rules.ts';

/** Whom a message about something reaches. */
export type Subject = ThreadParties & Pick<ThreadRow, 'title' | 'buyerName' | 'sellerName'>;

/**
 * What a person writes about, and between whom: a visitor of a listing or a store is the buyer, an order has both.
 * @throws AppError LISTING_NOT_FOUND, SELLER_NOT_FOUND, STORE_GONE, ORDER_NOT_FOUND (also another party's), OWN_MESSAGE
 */
export async function requireSubject(reads: Reads, { kind, subjectId }: ThreadSubject, userId: number): Promise<Subject> {
  if (kind === 'order') {
    const order = await reads.repos.orders.findById(subjectId);
    if (!order || !partyOf(order, userId)) throw new AppError('ORDER_NOT_FOUND');
    const { buyerId, buyerName, sellerId, sellerName, title } = order;
    return { kind, subjectId, buyerId, buyerName, sellerId, sellerName, title };
  }
  const listing = kind === 'listing' ? await requireReadable(reads, subjectId) : null;
  const seller = await requireSeller(reads.repos, listing?.sellerId ?? subjectId);
  if (seller.id === userId) throw new AppError('OWN_MESSAGE');
  const buyer = await reads.repos.accounts.findById(userId);
  return {
    kind,
    subjectId,
    buyerId: userId,
    buyerName: buyer?.fullName ?? '',
    sellerId: seller.id,
    sellerName: seller.name,
    title: listing?.title ?? null,
  };
}

/**
 * What the first message is about and whom it reaches, and the thread where there is one.
 * @throws AppError UNAUTHENTICATED, or why not, see {@link requireSubject}
 */
export async function getSubject(ctx: Context, about: ThreadSubject): Promise<SubjectView> {
  const { id: userId } = requireUser(ctx.actor);
  const subject = await requireSubject(ctx, about, userId);
  const role = roleOf(subject, userId)!;
  return {
    ...about,
    title: subject.title,
    role,
    other: otherOf(role, subject),
    threadId: await ctx.repos.messages.findBySubject(subject),
    holdsFrom: await holdsFrom(ctx, subject.buyerId, subject.sellerId),
  };
}
