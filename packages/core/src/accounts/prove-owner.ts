import type { OwnerProof } from '@assay/contract';
import { requireUser, type UserActor } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { proveWallet, type ProvenWallet } from '../wallets/prove-wallet.ts';
import type { AccountRow } from './ports.ts';
import { provePassword } from './prove-password.ts';
import { FRESH_SIGN_IN_MS } from './rules.ts';

/** My account as it was read when I proved that it is mine. */
export interface ProvenOwner extends AccountRow {
  /** The linked wallet that signed for it; null where something else proved it. */
  readonly confirmedBy: ProvenWallet | null;
}

/**
 * Proves that it is the owner who acts: a session alone is not enough for some changes, because a browser may have been left open and a
 * token may be stolen. The proof is the current password or a fresh signature of a linked wallet; where the account has neither, a
 * sign-in of the last five minutes. The change calls {@link lockProven} first.
 * @throws AppError UNAUTHENTICATED, SESSION_ENDED, CONFIRMATION_NEEDED, WRONG_PASSWORD, ACCOUNT_LOCKED, WALLET_NOT_FOUND, or why the
 * signature does not hold, see {@link proveWallet}
 */
export async function proveOwner(ctx: Context, { current, signed }: OwnerProof): Promise<ProvenOwner> {
  const user = requireUser(ctx.actor);
  const account = await ctx.repos.accounts.findById(user.id);
  if (!account) throw new AppError('SESSION_ENDED');
  if (signed) {
    const confirmedBy = await proveWallet(ctx, signed, { purpose: 'confirm', user });
    await requireLinked(ctx, user, confirmedBy);
    return { ...account, confirmedBy };
  }
  if (current === undefined) await requireFreshSignIn(ctx, user, account);
  else if (!(await provePassword(ctx, account, current))) throw new AppError('WRONG_PASSWORD');
  return { ...account, confirmedBy: null };
}

/** Only where there is nothing else to prove it with. @throws AppError CONFIRMATION_NEEDED */
async function requireFreshSignIn({ repos, now }: Context, { id, sessionId }: UserActor, account: AccountRow): Promise<void> {
  const session = await repos.accounts.findSession(sessionId);
  const isFresh = session !== null && session.createdAt.getTime() > now().getTime() - FRESH_SIGN_IN_MS;
  const hasProof = account.passwordHash !== null || (await repos.wallets.listOf(id)).length > 0;
  if (hasProof || !isFresh) throw new AppError('CONFIRMATION_NEEDED');
}

/** At a contract's address there may be another owner's contract on another chain. @throws AppError WALLET_NOT_FOUND */
async function requireLinked({ repos }: Pick<Context, 'repos'>, user: UserActor, { address, chainId, by }: ProvenWallet): Promise<void> {
  const wallet = await repos.wallets.find(address);
  if (wallet?.userId !== user.id || (by === 'contract' && wallet.chainId !== chainId)) throw new AppError('WALLET_NOT_FOUND');
}

/**
 * Keeps the account as it was proved until the transaction ends, and uses the signature up.
 * @throws AppError EDIT_CONFLICT where it is not so any more, WALLET_NONCE_USED
 */
export async function lockProven(tx: Tx, proven: ProvenOwner): Promise<void> {
  const { confirmedBy } = proven;
  await confirmedBy?.consume(tx);
  await tx.repos.accounts.lock(proven.id, tx.at);
  const account = await tx.repos.accounts.findById(proven.id);
  if (account?.passwordHash !== proven.passwordHash || account?.email !== proven.email) throw new AppError('EDIT_CONFLICT');
  if (confirmedBy && (await tx.repos.wallets.find(confirmedBy.address))?.userId !== proven.id) throw new AppError('EDIT_CONFLICT');
}
