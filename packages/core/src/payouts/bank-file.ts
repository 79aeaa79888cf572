import type { BankFileInput, OwnerProof } from '@assay/contract';
import { lockProven, proveOwner, type ProvenOwner } from '../accounts/prove-owner.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { Raced } from '../kernel/raced.ts';
import { detailsOf } from './payout-state.ts';
import type { BankAccount, CreditTransfer, PayoutFileRow, PayoutRow } from './ports.ts';
import { methodFor } from './rules.ts';
import { notifySeller, requireAdmin } from './settle-payout.ts';

const BATCH = 100;
const DAY_MS = 24 * 3_600_000;

/** A bank file: its name, and its text piece by piece. */
export interface WrittenBankFile {
  name: string;
  pieces: AsyncGenerator<string>;
}

/**
 * Puts the payouts in euros that wait into a bank file, and writes it. They are sent then. The IBANs are unsealed for the file alone,
 * which is not stored. Payouts of sellers on hold, or whose payout details cannot be used now, wait.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, PAYOUT_NOT_SET_UP, PAYOUT_BANK_MISSING, NO_PAYOUTS_WAITING, or why the admin is not proved
 */
export async function makeBankFile(ctx: Context, proof: OwnerProof = {}): Promise<WrittenBankFile> {
  const proven = await proveAdmin(ctx, proof);
  requireBank(ctx);
  const withTestMoney = ctx.settings.payouts.sendsTestMoney;
  if ((await ctx.repos.payoutFiles.waiting({ after: 0, limit: 1, withTestMoney })).length === 0) throw new AppError('NO_PAYOUTS_WAITING');
  const fileId = await ctx.change(async (tx) => {
    if (proven) await lockProven(tx, proven);
    const executeOn = new Date(Math.floor(tx.at.getTime() / DAY_MS) * DAY_MS);
    const messageId = `AB${crypto.randomUUID().replaceAll('-', '').slice(0, 24).toUpperCase()}`;
    const id = await tx.repos.payoutFiles.create({ messageId, executeOn }, tx.at);
    await tx.audit('payout-file.made', 'payout', `file-${id}`, { messageId });
    return id;
  });
  let added = 0;
  for (let after = 0; ;) {
    const rows = await ctx.repos.payoutFiles.waiting({ after, limit: BATCH, withTestMoney });
    if (rows.length === 0) break;
    added += await ctx.change((tx) => addPayouts(tx, fileId, rows));
    after = rows.at(-1)!.id;
  }
  if (added === 0) {
    await ctx.change((tx) => tx.repos.payoutFiles.cancel(fileId, tx.at));
    throw new AppError('NO_PAYOUTS_WAITING');
  }
  return writeFile(ctx, fileId);
}

async function addPayouts(tx: Tx, fileId: number, rows: readonly PayoutRow[]): Promise<number> {
  let added = 0;
  for (const row of rows) {
    const details = await detailsOf(tx, row.sellerId);
    if (details?.state !== 'ready' || methodFor(details, row.currency) !== 'sepa') continue;
    const { masked } = details;
    if (!(await tx.repos.payoutFiles.add(fileId, row.id, masked, tx.at))) continue; // another file has it
    added++;
    await tx.audit('payout.sent', 'payout', row.id, { sellerId: row.sellerId, fileId });
    await tx.publish('payout.changed', { payoutId: row.id, sellerId: row.sellerId, status: 'sent' });
    await notifySeller(tx, { ...row, masked });
  }
  return added;
}

/**
 * Writes a bank file again, with the same ids: a bank takes it once.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, PAYOUT_FILE_NOT_FOUND, PAYOUT_FILE_CHANGED (payout details in it were changed since), or why the
 * admin is not proved
 */
export async function repeatBankFile(ctx: Context, { id, ...proof }: BankFileInput): Promise<WrittenBankFile> {
  const proven = await proveAdmin(ctx, proof);
  await requireFile(ctx, id);
  await ctx.change(async (tx) => {
    if (proven) await lockProven(tx, proven);
    await tx.audit('payout-file.repeated', 'payout', `file-${id}`);
  });
  return writeFile(ctx, id);
}

/**
 * A bank file did not reach the bank: its payouts wait for another one.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, PAYOUT_FILE_NOT_FOUND, or why the admin is not proved
 */
export async function cancelBankFile(ctx: Context, { id, ...proof }: BankFileInput): Promise<void> {
  const proven = await proveAdmin(ctx, proof);
  await requireFile(ctx, id);
  await ctx.change(async (tx) => {
    if (proven) await lockProven(tx, proven);
    if (!(await tx.repos.payoutFiles.cancel(id, tx.at))) throw new Raced();
    await tx.audit('payout-file.cancelled', 'payout', `file-${id}`);
  });
  for await (const rows of pagesOf(ctx, id))
    await ctx.change(async (tx) => {
      for (const { id: payoutId, sellerId } of rows)
        if (await tx.repos.payoutFiles.takeOut(id, payoutId)) await tx.publish('payout.changed', { payoutId, sellerId, status: 'pending' });
    });
}

/** @throws AppError PAYOUT_FILE_CHANGED before the first piece */
async function writeFile(ctx: Context, id: number): Promise<WrittenBankFile> {
  const from = requireBank(ctx);
  const { messageId, createdAt, executeOn } = await requireFile(ctx, id);
  const transfers: CreditTransfer[] = [];
  for await (const rows of pagesOf(ctx, id)) for (const row of rows) transfers.push(await transferOf(ctx, row, createdAt));
  const pieces = ctx.pure.bankFiles.creditTransfers({ messageId, createdAt, executeOn, from, transfers });
  return { name: `payouts-${createdAt.toISOString().slice(0, 10)}-${id}.xml`, pieces };
}

async function transferOf(
  ctx: Context,
  { id, sellerId, reference, amountMinor, sentAt, status }: PayoutRow,
  madeAt: Date,
): Promise<CreditTransfer> {
  // Its money is in the seller's balance again.
  if (status === 'failed' || status === 'returned')
    throw new AppError('PAYOUT_FILE_CHANGED', { message: `Payout ${id} of this file is ${status}. Cancel the file.` });
  const details = await ctx.repos.payoutDetails.find(sellerId);
  const to = details && ctx.pure.payouts.seal?.unseal(sellerId, details.keyId, details.sealed);
  const since = sentAt ?? madeAt;
  if (!details || to?.method !== 'bank' || details.updatedAt > since)
    throw new AppError('PAYOUT_FILE_CHANGED', {
      message: `The payout details of payout ${id} have changed since this file was made. Cancel the file.`,
    });
  return { endToEndId: reference, amount: amountMinor, to, purpose: `Payout ${id}` };
}

async function* pagesOf({ repos }: Context, fileId: number): AsyncGenerator<PayoutRow[]> {
  for (let after = 0; ;) {
    const rows = await repos.payoutFiles.payoutsOf(fileId, after, BATCH);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.id;
  }
}

/** Admins prove that it is they who act; commands run on the operator's machine. */
async function proveAdmin(ctx: Context, proof: OwnerProof): Promise<ProvenOwner | null> {
  requireAdmin(ctx);
  return ctx.actor.kind === 'system' ? null : proveOwner(ctx, proof);
}

/** @throws AppError PAYOUT_NOT_SET_UP, PAYOUT_BANK_MISSING */
function requireBank({ pure, settings }: Context): BankAccount {
  if (!pure.payouts.seal) throw new AppError('PAYOUT_NOT_SET_UP');
  if (!settings.payouts.account) throw new AppError('PAYOUT_BANK_MISSING');
  return settings.payouts.account;
}

/** @throws AppError PAYOUT_FILE_NOT_FOUND (also one that was cancelled) */
async function requireFile({ repos }: Context, id: number): Promise<PayoutFileRow> {
  const file = await repos.payoutFiles.find(id);
  if (!file || file.cancelledAt) throw new AppError('PAYOUT_FILE_NOT_FOUND');
  return file;
}
