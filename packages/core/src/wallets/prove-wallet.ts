import type { WalletProof, WalletPurpose } from '@assay/contract';
import type { UserActor } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireOrigin } from './request-nonce.ts';
import { checkMessage, statementOf } from './rules.ts';

/** A wallet whose holder has just signed for us. */
export interface ProvenWallet {
  /** Lower case. */
  address: string;
  chainId: number;
  by: 'key' | 'contract';
  /** Uses the nonce up, in the change that the proof is for. @throws AppError WALLET_NONCE_USED */
  consume(tx: Tx): Promise<void>;
}

/** What a signature is for, and who asked for it: signing in is for anyone. */
export type AskedFor = { purpose: 'sign-in'; user: null } | { purpose: 'link' | 'confirm'; user: UserActor };

/**
 * Checks a signed message: ours, for this purpose, in time, not used yet, and signed by the wallet that it names.
 * @throws AppError with the code of what is wrong, see `WALLET_…`
 */
export async function proveWallet(ctx: Context, proof: WalletProof, { purpose, user }: AskedFor): Promise<ProvenWallet> {
  const { walletMessages } = ctx.pure;
  const origin = requireOrigin(ctx);
  const message = walletMessages.read(proof.message);
  if (!message) throw new AppError('WALLET_MESSAGE_INVALID');
  if (message.address !== walletMessages.checksum(message.address)) throw new AppError('WALLET_CHECKSUM');
  const { chainIds } = ctx.settings.wallets;
  checkMessage(message, { origin, chainIds, statement: statementOf(purpose, user?.id ?? null), now: ctx.now() });
  const nonceHash = walletMessages.hashNonce(message.nonce);
  await checkNonce(ctx, nonceHash, purpose, user);

  const { address, chainId } = message;
  const by = await ctx.services.walletProofs.verify({ address, chainId, message: proof.message, signature: proof.signature });
  return {
    address: address.toLowerCase(),
    chainId,
    by,
    async consume(tx) {
      if (!(await tx.repos.wallets.useNonce(nonceHash, tx.at))) throw new AppError('WALLET_NONCE_USED');
    },
  };
}

/** Before the signature, which may take a request to another server: without a nonce of ours none is sent. */
async function checkNonce(ctx: Context, nonceHash: string, purpose: WalletPurpose, user: UserActor | null): Promise<void> {
  const nonce = await ctx.repos.wallets.findNonce(nonceHash);
  if (!nonce) throw new AppError('WALLET_NONCE_UNKNOWN');
  if (nonce.purpose !== purpose || nonce.sessionId !== (user?.sessionId ?? null)) throw new AppError('WALLET_WRONG_PURPOSE');
  if (nonce.usedAt) throw new AppError('WALLET_NONCE_USED');
  if (nonce.expiresAt <= ctx.now()) throw new AppError('WALLET_EXPIRED');
}
