import type { WalletPurpose } from '@assay/contract';
import { AppError } from '../kernel/errors.ts';
import type { WalletMessage } from './ports.ts';

export const MAX_WALLETS = 10;
/** How far the clock of another process of ours may be ahead. */
const CLOCK_SKEW_MS = 5000;

/** What a wallet shows to the person who signs: it says what the signature does, and to which account. ASCII only (EIP-4361). */
export function statementOf(purpose: WalletPurpose, userId: number | null): string {
  return `${STATEMENTS[purpose](userId)} Signing is free and moves nothing.`;
}

const STATEMENTS: Record<WalletPurpose, (userId: number | null) => string> = {
  'sign-in': () => 'Sign in to Assay.',
  link: (userId) => `Link this wallet to account ${userId} of Assay, so that it can sign in there.`,
  confirm: (userId) => `Confirm a change of the sign-in methods, devices or payout details of account ${userId} of Assay.`,
};

interface Expected {
  /** Our own origin, as the server knows it. */
  origin: string;
  chainIds: readonly number[];
  statement: string;
  now: Date;
}

/**
 * Is this message the one that we asked for, and is it time for it?
 * @throws AppError WALLET_WRONG_DOMAIN, WALLET_WRONG_CHAIN, WALLET_WRONG_PURPOSE, WALLET_EXPIRED, WALLET_NOT_YET_VALID
 */
export function checkMessage(message: WalletMessage, { origin, chainIds, statement, now }: Expected): void {
  if (message.domain !== domainOf(origin) || message.uri !== origin) throw new AppError('WALLET_WRONG_DOMAIN');
  if (!chainIds.includes(message.chainId)) throw new AppError('WALLET_WRONG_CHAIN');
  if (message.statement !== statement) throw new AppError('WALLET_WRONG_PURPOSE');
  if (message.expirationTime <= now) throw new AppError('WALLET_EXPIRED');
  const begins = Math.max(message.issuedAt.getTime() - CLOCK_SKEW_MS, message.notBefore?.getTime() ?? 0);
  if (begins > now.getTime()) throw new AppError('WALLET_NOT_YET_VALID');
}

/** "shop.example" of "https://shop.example": what EIP-4361 calls the domain, with the port if there is one. */
export const domainOf = (origin: string): string => origin.slice(origin.indexOf('://') + 3);
