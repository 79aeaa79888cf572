import { Id } from '@assay/contract';
import { z } from 'zod';

/** One thing by its id, and one by the seller it belongs to. */
export const ById = z.object({ id: Id });
export type ById = z.output<typeof ById>;
export const BySeller = z.object({ sellerId: Id });

/** What REST says of changes that ask for more than a session. */
export const PROOF = 'Needs the current password, or a message for the purpose `confirm` that a linked wallet has signed.';
