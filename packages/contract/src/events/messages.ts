import { fact, id } from './fact.ts';

const ofSeller = ({ sellerId }: { sellerId: number }) => sellerId;
const parties = { threadId: id, sellerId: id, buyerId: id };

/** What is written stays in the thread: facts hold ids alone. */
export const MESSAGE_FACTS = {
  'message.sent': fact({ ...parties, messageId: id }, ofSeller),
  /** `userId` sent it, and alone sees it. */
  'message.held': fact({ ...parties, messageId: id, userId: id }, ofSeller),
  /** A message was reported, or a moderator decided about it. */
  'message.moderated': fact({ ...parties, messageId: id }, ofSeller),
  /** `userId` blocked the other side, or takes its messages again. */
  'thread.blocked': fact({ ...parties, userId: id }, ofSeller),
  /** `userId` has read further. */
  'thread.read': fact({ ...parties, userId: id }, ofSeller),
  /** `userId` archived it, or took it back. */
  'thread.archived': fact({ ...parties, userId: id }, ofSeller),
};
