import { shownName, type ThreadKind, type ThreadRole } from '@assay/contract';
import { publicName } from '../accounts/rules.ts';
import type { MessageRow, ThreadParties, ThreadRow } from './ports.ts';

/** Messages of one account in an hour. */
export const MESSAGES_PER_HOUR = 120;
/** Threads about listings and stores that one account begins in a day. */
export const THREADS_PER_DAY = 40;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The side of a thread that a person is; null where they are none. */
export const roleOf = ({ buyerId, sellerId }: Pick<ThreadParties, 'buyerId' | 'sellerId'>, userId: number): ThreadRole | null =>
  userId === buyerId ? 'buyer' : userId === sellerId ? 'seller' : null;

/** A buyer's name as the seller reads it: in full once there is an order, which has to be sent to them. */
export const buyerNameIn = (kind: ThreadKind, fullName: string): string => (kind === 'order' ? shownName(fullName) : publicName(fullName));

/** Who is on the other side, as one side reads it. */
export const otherOf = (
  role: ThreadRole,
  { kind, buyerId, buyerName, sellerId, sellerName }: Pick<ThreadRow, 'kind' | 'buyerId' | 'buyerName' | 'sellerId' | 'sellerName'>,
): { id: number; name: string } =>
  role === 'buyer' ? { id: sellerId, name: shownName(sellerName) } : { id: buyerId, name: buyerNameIn(kind, buyerName) };

/** Whether a message that a client sends again is the one that is there. */
export const isRepeat = (known: MessageRow, { threadId, text }: { threadId: number; text: string }): boolean =>
  known.threadId === threadId && known.text === text;
