import { z } from 'zod';
import { SignedIn } from './accounts.ts';
import { OwnerProof, WalletProof } from './owner-proof.ts';
import { MAX_ID, Timestamp } from './common.ts';

const ADDRESS_MESSAGE = 'A wallet address is 0x and 40 hexadecimal digits.';
export const WalletAddress = z
  .string({ error: ADDRESS_MESSAGE })
  .regex(/^0x[0-9a-fA-F]{40}$/, ADDRESS_MESSAGE)
  .meta({ example: '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045' });

const CHAIN_MESSAGE = 'A chain is a whole number such as 1.';
const ChainId = z.int({ error: CHAIN_MESSAGE }).min(1, CHAIN_MESSAGE).max(MAX_ID, CHAIN_MESSAGE).meta({ example: 1 });

/** What a signature is for: signing in, linking the wallet to the account that is signed in, or confirming a change of that account. */
export const WalletPurpose = z.enum(['sign-in', 'link', 'confirm'], { error: 'Say sign-in, link or confirm.' });
export type WalletPurpose = z.infer<typeof WalletPurpose>;

export const WalletNonceInput = z
  .object({ address: WalletAddress, chainId: ChainId, purpose: WalletPurpose.default('sign-in') })
  .meta({ id: 'WalletNonceInput' });
export type WalletNonceInput = z.infer<typeof WalletNonceInput>;

export const WalletNonce = z
  .object({
    nonce: z.string(),
    message: z.string(),
    address: z.string().describe('The wallet that is to sign, with its checksum (EIP-55).'),
    expiresAt: Timestamp,
  })
  .meta({
    id: 'WalletNonce',
    description: 'Sign `message` as it stands (EIP-4361, by `personal_sign`). It is good for once, until `expiresAt`.',
  });
export type WalletNonce = z.infer<typeof WalletNonce>;

export const SignedInByWallet = SignedIn.extend({ registered: z.boolean().describe('Whether the account is new.') }).meta({
  id: 'SignedInByWallet',
});
export type SignedInByWallet = z.infer<typeof SignedInByWallet>;

export const WalletView = z
  .object({ address: z.string().describe('With its checksum (EIP-55).'), chainId: z.int(), linkedAt: Timestamp })
  .meta({ id: 'Wallet' });
export type WalletView = z.infer<typeof WalletView>;

export const WaysIn = z
  .object({ email: z.string().nullable(), hasPassword: z.boolean(), wallets: z.array(WalletView) })
  .meta({ id: 'WaysIn', description: 'How one signs in to this account.' });
export type WaysIn = z.infer<typeof WaysIn>;

export const WalletOffer = z.object({ offered: z.boolean(), chainIds: z.array(z.int()) });
export type WalletOffer = z.infer<typeof WalletOffer>;

const signOutOthers = z.boolean().optional().describe('Also signs my other devices out.');

/** A linked wallet has to sign itself, and its owner to be proved. */
export const LinkWalletInput = WalletProof.extend({ ...OwnerProof.shape, signOutOthers }).meta({ id: 'LinkWalletInput' });
export type LinkWalletInput = z.infer<typeof LinkWalletInput>;

export const UnlinkWalletInput = OwnerProof.extend({ address: WalletAddress, signOutOthers }).meta({ id: 'UnlinkWalletInput' });
export type UnlinkWalletInput = z.infer<typeof UnlinkWalletInput>;

/** "0xd8dA…6045": how a wallet is called where there is no room for all of it. */
export const shortAddress = (address: string): string => `${address.slice(0, 6)}…${address.slice(-4)}`;
