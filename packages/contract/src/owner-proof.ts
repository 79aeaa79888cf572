import { z } from 'zod';

/** Longest message and signature that are read. Contract wallets sign with much more than 65 bytes. */
const MESSAGE_MAX = 2000;
const SIGNATURE_MAX = 20_000;

export const WalletProof = z
  .object({
    message: z.string({ error: 'The message is text.' }).min(1, 'The message is missing.').max(MESSAGE_MAX, 'The message is too long.'),
    signature: z
      .string({ error: 'A signature is 0x and hexadecimal digits.' })
      .max(SIGNATURE_MAX, 'The signature is too long.')
      .regex(/^0x(?:[0-9a-fA-F]{2})+$/, 'A signature is 0x and hexadecimal digits.'),
  })
  .meta({ id: 'WalletProof' });
export type WalletProof = z.infer<typeof WalletProof>;

/** The password of an account as it is now. */
export const CurrentPassword = z
  .string({ error: 'A password is text.' })
  .min(1, 'Enter your password.')
  .max(200, 'A password has at most 200 characters.');

/** By what the owner of an account confirms a sensitive change. One of the two is needed where the account has one of them. */
export const OwnerProof = z
  .object({
    current: CurrentPassword.optional().describe('The password so far.'),
    signed: WalletProof.optional().describe('Or a message for the purpose `confirm`, signed by a linked wallet.'),
  })
  .meta({ id: 'OwnerProof' });
export type OwnerProof = z.infer<typeof OwnerProof>;
