import { foldForSearch, shortAddress, type WalletProof } from '@assay/contract';
import type { SignInDevice } from '../accounts/open-session.ts';
import type { AccountRow } from '../accounts/ports.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { Raced } from '../kernel/raced.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { openOrChallenge, type SignInOutcome } from '../second-factor/challenge.ts';
import { proveWallet, type ProvenWallet } from './prove-wallet.ts';

export interface OpenedByWallet {
  session: SignInOutcome;
  /** The wallet was unknown: there is a new account. */
  registered: boolean;
}

/**
 * Signs in with a wallet; an unknown one gets a new account, under its shortened address.
 * @throws AppError WALLETS_OFF, or why the proof does not hold, see {@link proveWallet}
 */
export async function signInWithWallet(ctx: Context, input: WalletProof & { device: SignInDevice }): Promise<OpenedByWallet> {
  const wallet = await proveWallet(ctx, input, { purpose: 'sign-in', user: null });
  return ctx.change(async (tx) => {
    await wallet.consume(tx);
    const known = await findAccount(tx.repos, wallet);
    const account = known ?? (await registerWallet(tx, wallet));
    return { session: await openOrChallenge(tx, account, input.device), registered: !known };
  });
}

async function findAccount(repos: Repositories, { address, chainId, by }: ProvenWallet): Promise<AccountRow | null> {
  const wallet = await repos.wallets.find(address);
  if (!wallet) return null;
  // A key is the same on every chain. At a contract's address there may be another owner's on another chain.
  if (by === 'contract' && wallet.chainId !== chainId) throw new AppError('WALLET_WRONG_CHAIN');
  return repos.accounts.findById(wallet.userId);
}

async function registerWallet(tx: Tx, { address, chainId }: ProvenWallet): Promise<AccountRow> {
  const at = tx.at;
  const shown = tx.pure.walletMessages.checksum(address);
  const fullName = shortAddress(shown);
  const account = await tx.repos.accounts.create({
    email: null,
    fullName,
    searchName: foldForSearch(fullName),
    passwordHash: null,
    roles: ['buyer'],
    at,
  });
  try {
    await tx.repos.wallets.link({ address, userId: account.id, chainId, linkedAt: at });
  } catch (error) {
    // Another tab has registered it in this moment: the next attempt finds it.
    throw error instanceof AppError && error.code === 'WALLET_TAKEN' ? new Raced() : error;
  }
  const acting = tx.as({ kind: 'user', id: account.id, roles: account.roles, sessionId: '' });
  await acting.audit('account.registered', 'user', account.id, { wallet: shown, chainId });
  return account;
}
