import type { ChangeEmailInput, EmailChangeLink, EmailTokenInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { addressTakenMessage, confirmNewAddressMessage, confirmOldAddressMessage } from '../mail/messages.ts';
import { queueEmail } from '../mail/queue-email.ts';
import { proveAddress } from '../verification/confirm-email.ts';
import { countAttempts, secondsUntil, type AttemptLimit } from './attempts.ts';
import { notifyOwner, provedAddressOf } from './notify-owner.ts';
import { lockProven, proveOwner } from './prove-owner.ts';
import { requireMovableEmail } from './rules.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly emailChanges: EmailChangesRepository;
  }
}

export type EmailChangeOutcome = 'done' | 'refused' | 'replaced';

export interface EmailChangeRow {
  id: number;
  userId: number;
  /** Null where the account had proved none: then the new address alone confirms. */
  oldEmail: string | null;
  newEmail: string;
  expiresAt: Date;
  oldTokenHash: string | null;
  newTokenHash: string;
  oldConfirmedAt: Date | null;
  newConfirmedAt: Date | null;
  outcome: EmailChangeOutcome | null;
}

export interface EmailChangesRepository {
  add(change: Omit<EmailChangeRow, 'id' | 'oldConfirmedAt' | 'newConfirmedAt' | 'outcome'>, at: Date): Promise<void>;
  /** By the token of either side. */
  findByToken(tokenHash: string): Promise<EmailChangeRow | null>;
  /** The open change of an account that has not expired. */
  findOpen(userId: number, at: Date): Promise<EmailChangeRow | null>;
  /** False when the change is settled or has expired. Confirming again is fine. */
  confirm(tokenHash: string, at: Date): Promise<boolean>;
  /** False when it was settled before. */
  settle(id: number, outcome: EmailChangeOutcome, at: Date): Promise<boolean>;
  /** Ends the open changes of an account: a newer one takes their place, or a new password. */
  replaceOpen(userId: number, at: Date): Promise<void>;
  purge(before: Date): Promise<number>;
}

const EMAIL_CHANGE_MS = 24 * 3_600_000;
const A_MINUTE: AttemptLimit = { max: 1, windowMs: 60_000 };
const A_DAY: AttemptLimit = { max: 5, windowMs: 24 * 3_600_000 };

/**
 * Begins to change my address: a link goes to the new one and, where it was proved, to the old one. Both confirm; the old one may refuse. The
 * answer is the same where another account has proved the new address: the e-mail to it says so.
 * @throws AppError EMAIL_MISSING, FORBIDDEN for a demo account, VALIDATION_FAILED, EMAIL_LINK_LIMIT, EDIT_CONFLICT, or why I am not proved, see {@link proveOwner}
 */
export async function requestEmailChange(ctx: Context, { email, ...proof }: ChangeEmailInput): Promise<void> {
  const account = await proveOwner(ctx, proof);
  if (account.email === null) throw new AppError('EMAIL_MISSING');
  requireMovableEmail(account.email);
  if (account.email === email)
    throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'email', message: 'This is your address already.' }] });
  const oldEmail = provedAddressOf(account);
  await requireBudget(ctx, account.id, email);
  await ctx.change(async (tx) => {
    await lockProven(tx, account);
    await tx.repos.emailChanges.replaceOpen(account.id, tx.at);
    const [toNew, toOld] = [tx.pure.tokens.newLinkToken(), tx.pure.tokens.newLinkToken()];
    const expiresAt = new Date(tx.at.getTime() + EMAIL_CHANGE_MS);
    await tx.repos.emailChanges.add(
      { userId: account.id, oldEmail, newEmail: email, expiresAt, oldTokenHash: oldEmail && toOld.hash, newTokenHash: toNew.hash },
      tx.at,
    );
    const { publicUrl } = tx.settings;
    const isTaken = (await tx.repos.accounts.provenOwner(email)) !== null;
    const toNewBody = isTaken ? addressTakenMessage(publicUrl) : confirmNewAddressMessage(publicUrl, toNew.token);
    await queueEmail(tx, { userId: account.id, recipient: email }, 'email-change', toNewBody);
    if (oldEmail) {
      const body = confirmOldAddressMessage(publicUrl, account.fullName, email, toOld.token);
      await queueEmail(tx, { userId: account.id, recipient: oldEmail }, 'email-change', body);
    }
    await tx.audit('email.change-requested', 'user', account.id);
    await tx.publish('verification.changed', { userId: account.id, kind: 'email' });
  });
}

/** One a minute and five a day, for each account and to each address. @throws AppError EMAIL_LINK_LIMIT */
async function requireBudget(ctx: Context, userId: number, email: string): Promise<void> {
  const counters = [`user:${userId}`, `to:${email}`].flatMap((subject) =>
    [A_MINUTE, A_DAY].map((limit) => ({ key: `email-change:${subject}|${limit.windowMs}`, limit })),
  );
  const until = await countAttempts(ctx, counters);
  if (until) throw new AppError('EMAIL_LINK_LIMIT', { retryAfterS: secondsUntil(ctx, until) });
}

/** What a link of a change is good for. Changes nothing. The new address learns nothing of the old one. */
export async function getEmailChange(ctx: Reads, { token }: EmailTokenInput): Promise<EmailChangeLink> {
  const tokenHash = ctx.pure.tokens.hashLinkToken(token);
  const change = await ctx.repos.emailChanges.findByToken(tokenHash);
  if (!change) return { state: 'unknown', side: 'new', newEmail: null };
  const side = change.newTokenHash === tokenHash ? 'new' : 'old';
  const isConfirmed = (side === 'new' ? change.newConfirmedAt : change.oldConfirmedAt) !== null;
  const open = change.expiresAt > ctx.now() ? (isConfirmed ? 'confirmed' : 'good') : 'expired';
  const state = change.outcome === null ? open : change.outcome === 'done' || change.outcome === 'refused' ? change.outcome : 'expired';
  return { state, side, newEmail: change.newEmail };
}

/**
 * Confirms a change for the mailbox that the link was sent to. With the second one the account has the new address, proved.
 * @returns whether the address is changed now
 * @throws AppError EMAIL_LINK_INVALID
 */
export async function confirmEmailChange(ctx: Context, { token }: EmailTokenInput): Promise<{ changed: boolean }> {
  const tokenHash = ctx.pure.tokens.hashLinkToken(token);
  return ctx.change(async (tx) => {
    if (!(await tx.repos.emailChanges.confirm(tokenHash, tx.at))) throw new AppError('EMAIL_LINK_INVALID');
    const change = (await tx.repos.emailChanges.findByToken(tokenHash))!;
    const changed = change.newConfirmedAt !== null && (change.oldEmail === null || change.oldConfirmedAt !== null);
    if (changed) await applyChange(tx, change);
    else await tx.publish('verification.changed', { userId: change.userId, kind: 'email' });
    return { changed };
  });
}

async function applyChange(tx: Tx, { id, userId, oldEmail, newEmail }: EmailChangeRow): Promise<void> {
  await tx.repos.accounts.lock(userId, tx.at);
  const account = await tx.repos.accounts.findById(userId);
  // It has another address by now, or has proved the one that needed no confirmation.
  if (!account || account.email === null || provedAddressOf(account) !== oldEmail) throw new AppError('EMAIL_LINK_INVALID');
  await tx.repos.emailChanges.settle(id, 'done', tx.at);
  await tx.repos.accounts.setEmail(userId, newEmail, tx.at);
  if (!(await proveAddress(tx, userId, newEmail))) throw new AppError('EMAIL_LINK_INVALID'); // another account was faster
  await tx.repos.passwordResets.endAll(userId, tx.at);
  await tx.audit('email.changed', 'user', userId);
  await notifyOwner(tx, account, 'email.changed');
}

/** The owner of the old mailbox refuses a change. @throws AppError EMAIL_LINK_INVALID */
export async function refuseEmailChange(ctx: Context, { token }: EmailTokenInput): Promise<void> {
  const tokenHash = ctx.pure.tokens.hashLinkToken(token);
  await ctx.change(async (tx) => {
    const change = await tx.repos.emailChanges.findByToken(tokenHash);
    const isOwner = change?.oldTokenHash === tokenHash;
    if (!change || !isOwner || !(await tx.repos.emailChanges.settle(change.id, 'refused', tx.at))) throw new AppError('EMAIL_LINK_INVALID');
    await tx.audit('email.change-refused', 'user', change.userId);
    await tx.publish('verification.changed', { userId: change.userId, kind: 'email' });
  });
}

/** The address that my account is about to get; null where no change is open. @throws AppError UNAUTHENTICATED */
export async function getOpenEmailChange(ctx: Context): Promise<{ newEmail: string | null }> {
  const open = await ctx.repos.emailChanges.findOpen(requireUser(ctx.actor).id, ctx.now());
  return { newEmail: open?.newEmail ?? null };
}
