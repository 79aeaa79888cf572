import type { LinkWalletInput, UnlinkWalletInput, WalletOffer, WalletView, WaysIn } from '@assay/contract';
import { endSessions } from '../accounts/end-sessions.ts';
import { notifyOwner } from '../accounts/notify-owner.ts';
import { lockProven, proveOwner } from '../accounts/prove-owner.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { WalletRow } from './ports.ts';
import { proveWallet } from './prove-wallet.ts';
import { MAX_WALLETS } from './rules.ts';

const toView = (ctx: Reads, { address, chainId, linkedAt }: WalletRow): WalletView => ({
  address: ctx.pure.walletMessages.checksum(address),
  chainId,
  linkedAt: linkedAt.toISOString(),
});

/** Whether wallets can sign in here, and on which chains. For everybody. */
export function getWalletOffer(ctx: Context): WalletOffer {
  const { offered, chainIds } = ctx.settings.wallets;
  return { offered, chainIds: [...chainIds] };
}

/** How I can sign in. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function getSignInMethods(ctx: Context): Promise<WaysIn> {
  const user = requireUser(ctx.actor);
  const account = await ctx.repos.accounts.findById(user.id);
  if (!account) throw new AppError('SESSION_ENDED');
  const wallets = await ctx.repos.wallets.listOf(user.id);
  return { email: account.email, hasPassword: account.passwordHash !== null, wallets: wallets.map((wallet) => toView(ctx, wallet)) };
}

/**
 * Lets a wallet sign in to my account. One that is linked already stays as it is.
 * @throws AppError UNAUTHENTICATED, WALLET_TAKEN, WALLET_LIMIT, EDIT_CONFLICT, why the wallet is not proved, see {@link proveWallet}, or why
 * I am not, see {@link proveOwner}
 */
export async function linkWallet(ctx: Context, input: LinkWalletInput): Promise<WalletView> {
  const user = requireUser(ctx.actor);
  const owner = await proveOwner(ctx, input);
  const proven = await proveWallet(ctx, input, { purpose: 'link', user });
  return ctx.change(async (tx) => {
    await proven.consume(tx);
    await lockProven(tx, owner);
    const known = await tx.repos.wallets.find(proven.address);
    if (known?.userId === user.id) return toView(tx, known);
    if (known) throw new AppError('WALLET_TAKEN');
    if ((await tx.repos.wallets.listOf(user.id)).length >= MAX_WALLETS) throw new AppError('WALLET_LIMIT');
    const wallet = { address: proven.address, userId: user.id, chainId: proven.chainId, linkedAt: tx.at };
    await tx.repos.wallets.link(wallet);
    const view = toView(tx, wallet);
    await tx.audit('wallet.linked', 'user', user.id, { wallet: view.address, chainId: view.chainId });
    await tx.publish('verification.changed', { userId: user.id, kind: 'wallet' });
    await notifyOwner(tx, owner, 'wallet.linked');
    if (input.signOutOthers) await endSessions(tx, user.id, user.sessionId);
    return view;
  });
}

/**
 * Takes a wallet off my account: not the last way into it.
 * @throws AppError UNAUTHENTICATED, WALLET_NOT_FOUND, LAST_WAY_IN, EDIT_CONFLICT, or why I am not proved, see {@link proveOwner}
 */
export async function unlinkWallet(ctx: Context, input: UnlinkWalletInput): Promise<void> {
  const user = requireUser(ctx.actor);
  const owner = await proveOwner(ctx, input);
  const address = input.address.toLowerCase();
  await ctx.change(async (tx) => {
    await lockProven(tx, owner);
    const wallets = await tx.repos.wallets.listOf(user.id);
    if (!wallets.some((wallet) => wallet.address === address)) throw new AppError('WALLET_NOT_FOUND');
    if (wallets.length === 1 && (owner.passwordHash === null || owner.email === null)) throw new AppError('LAST_WAY_IN');
    await tx.repos.wallets.unlink(address, user.id);
    await tx.audit('wallet.unlinked', 'user', user.id, { wallet: tx.pure.walletMessages.checksum(address) });
    await tx.publish('verification.changed', { userId: user.id, kind: 'wallet' });
    await notifyOwner(tx, owner, 'wallet.unlinked');
    if (input.signOutOthers) await endSessions(tx, user.id, user.sessionId);
  });
}
