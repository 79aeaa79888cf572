import { foldForSearch, shortAddress, type WalletProof } from '@assay/contract';
import { noteOperatorSignIn, openSession, type OpenedSession } from '../accounts/open-session.ts';
import type { AccountRow } from '../accounts/ports.ts';
import { actingAs, type Context, type Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { proveWallet, type ProvenWallet } from './prove-wallet.ts';
import type { AtOrigin } from './request-nonce.ts';

export interface OpenedByWallet {
  session: OpenedSession;
  /** Nobody had signed in with this wallet before: there is a new account. */
  registered: boolean;
}

/**
 * Signs in with a wallet; an unknown one gets a new account, under its shortened address.
 * @throws AppError WALLETS_OFF, or why the proof does not hold, see {@link proveWallet}
 */
export async function signInWithWallet(ctx: Context, input: WalletProof & AtOrigin & { device: string | null }): Promise<OpenedByWallet> {
  const wallet = await proveWallet(ctx, input, null);
  const attempt = () =>
    ctx.transaction(async (store): Promise<OpenedByWallet> => {
      await wallet.take(store);
      const known = await findAccount(store, wallet);
      const account = known ?? (await registerWallet(ctx, store, wallet));
      if (known) await noteOperatorSignIn(ctx, store, known);
      return { session: await openSession(ctx, store, account, input.device), registered: !known };
    });
  try {
    return await attempt();
  } catch (error) {
    // Another tab has registered it in this moment: then it is known now.
    if (error instanceof AppError && error.code === 'WALLET_TAKEN') return attempt();
    throw error;
  }
}

async function findAccount(store: Store, { address, chainId, by }: ProvenWallet): Promise<AccountRow | null> {
  const wallet = await store.wallets.find(address);
  if (!wallet) return null;
  // A key is the same on every chain. At a contract's address there may be somebody else's on another one.
  if (by === 'contract' && wallet.chainId !== chainId) throw new AppError('WALLET_WRONG_CHAIN');
  return store.accounts.findById(wallet.userId);
}

async function registerWallet(ctx: Context, store: Store, { address, chainId }: ProvenWallet): Promise<AccountRow> {
  const at = ctx.now();
  const shown = ctx.services.walletProofs.checksum(address);
  const fullName = shortAddress(shown);
  const account = await store.accounts.create({
    email: null,
    fullName,
    searchName: foldForSearch(fullName),
    passwordHash: null,
    roles: ['buyer'],
    at,
  });
  await store.wallets.link({ address, userId: account.id, chainId, linkedAt: at });
  const acting = actingAs(ctx, { kind: 'user', id: account.id, roles: account.roles, sessionId: '' });
  await store.audit.append(auditRecord(acting, 'account.registered', 'user', account.id, { wallet: shown, chainId }));
  return account;
}
