import { z } from 'zod';
import { EMAIL_KINDS } from '../choices.ts';
import { PAYOUT_STATUSES } from '../payout-choices.ts';
import { fact, id } from './fact.ts';

const ofSeller = ({ sellerId }: { sellerId: number }) => sellerId;
const ofUser = ({ userId }: { userId: number }) => userId;

export const SELLER_FACTS = {
  'profile.created': fact({ sellerId: id }, ofSeller),
  'seller.updated': fact({ sellerId: id }, ofSeller),
  /** Who follows is not part of it. */
  'store.followed': fact({ sellerId: id }, ofSeller),
  /** `publicName`: whether the short form changed, which stands beside ratings. */
  'account.renamed': fact({ userId: id, publicName: z.boolean() }, ofUser),
  'verification.changed': fact({ userId: id, kind: z.enum(['email', 'documents', 'wallet']) }, ofUser),
  /** An attempt to send an e-mail has ended. */
  'email.attempted': fact(
    { emailId: id, kind: z.enum(EMAIL_KINDS), outcome: z.enum(['sent', 'postponed', 'dead']) },
    ({ emailId }) => emailId,
  ),
  'payout-details.changed': fact({ userId: id }, ofUser),
  'payout.changed': fact({ payoutId: id, sellerId: id, status: z.enum(PAYOUT_STATUSES) }, ofSeller),
  /** When a seller is paid out, or what stands against it. */
  'payout-settings.changed': fact({ sellerId: id }, ofSeller),
  'onboarding.changed': fact({ userId: id }, ofUser),
  /** An upload, or what a place of the owner shows; null: the order or the texts of a place. */
  'image.changed': fact({ ownerId: id, imageId: id.nullable() }, ({ ownerId }) => ownerId),
};
