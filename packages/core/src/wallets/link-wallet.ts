import type { WalletOffer, WalletProof, WalletView, WaysIn } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import type { WalletRow } from './ports.ts';
import { proveWallet } from './prove-wallet.ts';
import type { AtOrigin } from './request-nonce.ts';
import { MAX_WALLETS } from './rules.ts';

const toView = (ctx: Context, { address, chainId, linkedAt }: WalletRow): WalletView => ({
  address: ctx.services.walletProofs.checksum(address),
  chainId,
  linkedAt: linkedAt.toISOString(),
});

/** Whether wallets can sign in here, and on which chains. For everybody. */
export function getWalletOffer(ctx: Context): WalletOffer {
  const { offered, chainIds } = ctx.settings.wallets;
  return { offered, chainIds: [...chainIds] };
}

/** How I can sign in. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function getWaysIn(ctx: Context): Promise<WaysIn> {
  const user = requireUser(ctx.actor);
  const account = await ctx.store.accounts.findById(user.id);
  if (!account) throw new AppError('SESSION_ENDED');
  const wallets = await ctx.store.wallets.listOf(user.id);
  return { email: account.email, hasPassword: account.passwordHash !== null, wallets: wallets.map((wallet) => toView(ctx, wallet)) };
}

/**
 * Lets a wallet sign in to my account. One that is linked already stays as it is.
 * @throws AppError UNAUTHENTICATED, WALLET_TAKEN, WALLET_LIMIT, or why the proof does not hold, see {@link proveWallet}
 */
export async function linkWallet(ctx: Context, input: WalletProof & AtOrigin): Promise<WalletView> {
  const user = requireUser(ctx.actor);
  const proven = await proveWallet(ctx, input, user);
  return ctx.transaction(async (store) => {
    await proven.take(store);
    await store.accounts.hold(user.id, ctx.now());
    const known = await store.wallets.find(proven.address);
    if (known?.userId === user.id) return toView(ctx, known);
    if (known) throw new AppError('WALLET_TAKEN');
    if ((await store.wallets.listOf(user.id)).length >= MAX_WALLETS) throw new AppError('WALLET_LIMIT');
    const wallet = { address: proven.address, userId: user.id, chainId: proven.chainId, linkedAt: ctx.now() };
    await store.wallets.link(wallet);
    const view = toView(ctx, wallet);
    await store.audit.append(auditRecord(ctx, 'wallet.linked', 'user', user.id, { wallet: view.address, chainId: view.chainId }));
    await store.outbox.append({ topic: 'verification.changed', subjectId: user.id, payload: { kind: 'wallet' } }, ctx.now());
    return view;
  });
}

/**
 * Takes a wallet off my account: not the last way into it.
 * @throws AppError UNAUTHENTICATED, WALLET_NOT_FOUND, LAST_WAY_IN
 */
export async function unlinkWallet(ctx: Context, input: { address: string }): Promise<void> {
  const user = requireUser(ctx.actor);
  const address = input.address.toLowerCase();
  await ctx.transaction(async (store) => {
    await store.accounts.hold(user.id, ctx.now());
    const account = await store.accounts.findById(user.id);
    const wallets = await store.wallets.listOf(user.id);
    if (!account || !wallets.some((wallet) => wallet.address === address)) throw new AppError('WALLET_NOT_FOUND');
    if (wallets.length === 1 && account.passwordHash === null) throw new AppError('LAST_WAY_IN');
    await store.wallets.unlink(address, user.id);
    await store.audit.append(auditRecord(ctx, 'wallet.unlinked', 'user', user.id, { wallet: ctx.services.walletProofs.checksum(address) }));
    await store.outbox.append({ topic: 'verification.changed', subjectId: user.id, payload: { kind: 'wallet' } }, ctx.now());
  });
}
