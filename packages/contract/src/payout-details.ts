import { z } from 'zod';
import { Timestamp } from './common.ts';
import { PAYOUT_CURRENCIES } from './onboarding-choices.ts';
import { OwnerProof } from './owner-proof.ts';
import { text } from './text.ts';
import { WalletAddress } from './wallets.ts';

const BankInput = z.object({
  method: z.literal('bank'),
  holder: text({ name: 'The account holder', min: 1, max: 140 }),
  iban: z
    .string({ error: 'An IBAN is text.' })
    .trim()
    .min(1, 'Enter the IBAN.')
    .max(60, 'This is longer than an IBAN.')
    .meta({ example: 'DE89 3704 0044 0532 0130 00' }),
  bic: z.string({ error: 'A BIC is text.' }).trim().max(20, 'This is longer than a BIC.').optional(),
  ...OwnerProof.shape,
});

const CryptoInput = z.object({
  method: z.literal('crypto'),
  wallet: WalletAddress.describe('One that is linked to the account.'),
  currency: z.enum(PAYOUT_CURRENCIES, { error: `Choose ${PAYOUT_CURRENCIES.join(', ')}.` }),
  ...OwnerProof.shape,
});

/** Where a seller's money is to go. */
export const PayoutDetailsInput = z
  .discriminatedUnion('method', [BankInput, CryptoInput], { error: 'Choose a bank account or a wallet.' })
  .meta({ id: 'PayoutDetailsInput' });
export type PayoutDetailsInput = z.infer<typeof PayoutDetailsInput>;

/** What may be shown of it: never more than a few digits. */
export const PayoutDetailsView = z
  .object({
    /** Whether payout details can be kept here at all. */
    offered: z.boolean(),
    /** Whether a change asks for the password. */
    asksPassword: z.boolean(),
    details: z
      .object({
        method: z.enum(['bank', 'crypto']),
        masked: z.string().describe('“DE89 •••• 3000”'),
        currency: z.string().nullable(),
        /** wallet-gone: that wallet is not linked to the account any more. unreadable: it has to be entered again. */
        state: z.enum(['ready', 'wallet-gone', 'unreadable']),
        updatedAt: Timestamp,
      })
      .nullable(),
  })
  .meta({ id: 'PayoutDetails' });
export type PayoutDetailsView = z.infer<typeof PayoutDetailsView>;
