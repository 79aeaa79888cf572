import { z } from 'zod';
import { Timestamp } from './common.ts';
import { CountryCode } from './listing-details.ts';
import { OwnerProof } from './owner-proof.ts';
import { PAYOUT_ACCOUNT_STATES } from './payout-choices.ts';

/** A seller's account at the payout provider, to which the marketplace pays them out. */
export const PayoutAccountView = z
  .object({
    /** Whether sellers can have one here. */
    offered: z.boolean(),
    /** Whether a change asks for the password. */
    asksPassword: z.boolean(),
    account: z
      .object({
        provider: z.string().meta({ example: 'stripe' }),
        state: z
          .enum(PAYOUT_ACCOUNT_STATES)
          .describe('None: the provider has not made it yet. Onboarding: details are missing. Restricted: nothing can be paid out to it.'),
        missing: z.array(z.string()).describe('What the provider wants to know or to see.'),
        country: z.string(),
        currency: z.string().nullable().describe('The only currency that is paid out to it.'),
        masked: z.string().nullable().describe('The bank account behind it: “•••• 3000”'),
        isUsed: z.boolean().describe('False after the seller chose to be paid in another way.'),
        updatedAt: Timestamp,
      })
      .nullable(),
  })
  .meta({ id: 'PayoutAccount' });
export type PayoutAccountView = z.infer<typeof PayoutAccountView>;

export const OpenPayoutAccountInput = z
  .object({ country: CountryCode.describe('Of the seller’s bank account. It cannot be changed later.'), ...OwnerProof.shape })
  .meta({ id: 'OpenPayoutAccountInput', example: { country: 'PT', current: 'a long password' } });
export type OpenPayoutAccountInput = z.infer<typeof OpenPayoutAccountInput>;

export const PayoutAccountLink = z
  .object({ url: z.url().describe('The provider’s page for this seller alone. It works once, for minutes.') })
  .meta({ id: 'PayoutAccountLink' });
export type PayoutAccountLink = z.infer<typeof PayoutAccountLink>;
