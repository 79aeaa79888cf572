import type { WalletNonce, WalletNonceInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { domainOf, statementOf } from './rules.ts';

/** Every proof of a wallet is bound to our origin. @throws AppError WALLETS_OFF where it is not known */
export function requireOrigin({ origin }: Context): string {
  if (!origin) throw new AppError('WALLETS_OFF');
  return origin;
}

/**
 * A message for a wallet to sign. For linking and confirming it belongs to the session that asks.
 * @throws AppError WALLETS_OFF, UNAUTHENTICATED, WALLET_CHECKSUM, WALLET_WRONG_CHAIN
 */
export async function requestWalletNonce(ctx: Context, input: WalletNonceInput): Promise<WalletNonce> {
  const { walletMessages } = ctx.pure;
  const { chainIds, signatureTimeoutS } = ctx.settings.wallets;
  const { purpose, chainId } = input;
  const user = purpose === 'sign-in' ? null : requireUser(ctx.actor);
  const origin = requireOrigin(ctx);
  if (!chainIds.includes(chainId)) throw new AppError('WALLET_WRONG_CHAIN');
  const address = walletMessages.checksum(input.address);
  const digits = input.address.slice(2);
  // In one case throughout it claims no checksum.
  if (input.address !== address && digits !== digits.toLowerCase() && digits !== digits.toUpperCase())
    throw new AppError('WALLET_CHECKSUM');

  const issuedAt = ctx.now();
  const expirationTime = new Date(issuedAt.getTime() + signatureTimeoutS * 1000);
  const { nonce, hash } = walletMessages.newNonce();
  await ctx.repos.wallets.createNonce(
    { nonceHash: hash, purpose, sessionId: user?.sessionId ?? null, expiresAt: expirationTime },
    issuedAt,
  );
  const statement = statementOf(purpose, user?.id ?? null);
  const message = walletMessages.compose({
    domain: domainOf(origin),
    uri: origin,
    address,
    statement,
    chainId,
    nonce,
    issuedAt,
    expirationTime,
  });
  return { nonce, message, address, expiresAt: expirationTime.toISOString() };
}
