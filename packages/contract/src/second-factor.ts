import { z } from 'zod';
import { SignedIn } from './accounts.ts';
import { Timestamp } from './common.ts';
import { SignedInByWallet } from './wallets.ts';

/** How a session proved a second factor. A passkey with user verification counts as both factors. */
export const SECOND_FACTORS = ['totp', 'recovery-code', 'passkey'] as const;
export type SecondFactor = (typeof SECOND_FACTORS)[number];

const CODE_MESSAGE = 'Enter a code.';
const CODE_LENGTH_MAX = 40;
/** A code of an authenticator app, or a recovery code. Spaces and dashes do not matter. */
const SecondFactorCode = z.string({ error: CODE_MESSAGE }).trim().min(1, CODE_MESSAGE).max(CODE_LENGTH_MAX, 'This code is too long.');

export const SecondFactorCodeInput = z
  .object({ code: SecondFactorCode })
  .meta({ id: 'SecondFactorCodeInput', example: { code: '123456' } });
export type SecondFactorCodeInput = z.infer<typeof SecondFactorCodeInput>;

export const SecondFactorInput = z
  .object({
    code: SecondFactorCode.describe('Of the authenticator app, or a recovery code.'),
    challenge: z
      .string({ error: 'The challenge is text.' })
      .max(1000, 'This is no challenge of ours.')
      .optional()
      .describe('What the sign-in answered. Browsers leave it out: they have it in a cookie.'),
  })
  .meta({ id: 'SecondFactorInput', example: { code: '123456' } });
export type SecondFactorInput = z.infer<typeof SecondFactorInput>;

/** What a sign-in answers where the account asks for a second factor. */
export const SecondFactorNeeded = z
  .object({ challenge: z.string(), expiresAt: Timestamp })
  .meta({ id: 'SecondFactorNeeded', description: 'Not signed in yet: send the challenge with a code to `POST /auth/second-factor`.' });
export type SecondFactorNeeded = z.infer<typeof SecondFactorNeeded>;

export const SignInAnswer = z.union([SignedIn, SecondFactorNeeded]).meta({ id: 'SignInAnswer' });
export type SignInAnswer = z.infer<typeof SignInAnswer>;
export const WalletSignInAnswer = z.union([SignedInByWallet, SecondFactorNeeded]).meta({ id: 'WalletSignInAnswer' });
export type WalletSignInAnswer = z.infer<typeof WalletSignInAnswer>;

/** What an authenticator app is set up with. */
const SetUp = z.object({
  secret: z.string().describe('In base32, for typing it into the app.'),
  uri: z.string().describe('otpauth://totp/…'),
  qr: z.string().describe('The address as a QR code, in SVG.'),
});

/** The second factor of my account. */
export const SecondFactorView = z
  .object({
    offered: z.boolean().describe('False where the site has no key to keep the secrets of authenticator apps with.'),
    enabledAt: Timestamp.nullable().describe('Since when a code is asked for after the password. Null where it is not.'),
    recoveryCodes: z.int().describe('How many recovery codes are left.'),
    setUp: SetUp.nullable().describe('An app that this session has begun to set up.'),
  })
  .meta({ id: 'SecondFactor' });
export type SecondFactorView = z.infer<typeof SecondFactorView>;

/** Shown once: only their hashes are kept. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;
