import type { EmailTokenInput, PasswordReset, RequestPasswordResetInput, ResetPasswordInput } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context, Reads, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import { passwordResetMessage } from '../mail/messages.ts';
import { queueEmail } from '../mail/queue-email.ts';
import { removeFactors } from '../second-factor/reset.ts';
import { proveAddress } from '../verification/confirm-email.ts';
import { countAttempts, type AttemptLimit } from './attempts.ts';
import { endSessions } from './end-sessions.ts';
import { notifyOwner } from './notify-owner.ts';
import { requireSafePassword } from './password-rules.ts';
import type { AccountRow } from './ports.ts';
import { heldSince } from './rules.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly passwordResets: PasswordResetsRepository;
  }
}

export interface PasswordResetRow {
  id: number;
  email: string;
  expiresAt: Date;
  /** Null until its link is sent. */
  userId: number | null;
  tokenHash: string | null;
  usedAt: Date | null;
}

export interface PasswordResetsRepository {
  /** Returns its id. */
  add(reset: { email: string; expiresAt: Date }, at: Date): Promise<number>;
  find(id: number): Promise<PasswordResetRow | null>;
  findByToken(tokenHash: string): Promise<PasswordResetRow | null>;
  /** Notes the link that is sent. False when one was sent before. */
  attach(id: number, link: { userId: number; tokenHash: string }): Promise<boolean>;
  /** Once. False when it was used or has expired. */
  use(tokenHash: string, at: Date): Promise<boolean>;
  /** Ends the links of an account that are not used yet. */
  endAll(userId: number, at: Date): Promise<void>;
  purge(before: Date): Promise<number>;
}

/** A link to set a new password is good for so long. */
const RESET_LINK_MS = 30 * 60_000;

const HOUR_MS = 3_600_000;
/** Links to one mailbox: for one client, and for all of them, so that a client cannot spend the budget of the mailbox's owner. */
const A_MINUTE: AttemptLimit = { max: 1, windowMs: 60_000 };
const OF_CLIENT: AttemptLimit = { max: 3, windowMs: HOUR_MS };
const OF_MAILBOX: AttemptLimit = { max: 20, windowMs: 24 * HOUR_MS };

/**
 * Sends a link to set a new password, if an account has the address. Answer and work are the same where none has: a task looks.
 * Requests beyond the limits are answered alike, and nothing is sent.
 */
export async function requestPasswordReset(
  ctx: Context,
  { email, address }: RequestPasswordResetInput & { address: string },
): Promise<void> {
  const spentUntil = await countAttempts(ctx, [
    { key: `reset:${email}|from:${address}|minute`, limit: A_MINUTE },
    { key: `reset:${email}|from:${address}`, limit: OF_CLIENT },
    { key: `reset:${email}`, limit: OF_MAILBOX },
  ]);
  if (spentUntil) return;
  await ctx.change(async (tx) => {
    const resetId = await tx.repos.passwordResets.add({ email, expiresAt: new Date(tx.at.getTime() + RESET_LINK_MS) }, tx.at);
    await tx.enqueue('password-reset.send', { resetId }, { key: `password-reset:${resetId}` });
  });
}

/** Looks whether an account has the address of a request, and queues its e-mail. */
export const sendPasswordReset: TaskHandler<'password-reset.send'> = {
  attemptsMax: 5,
  retryAfterMs: exponential(5000, 60_000, 2),
  concurrency: 1,
  async run(ctx, { resetId }) {
    requireSystem(ctx.actor);
    await ctx.change(async (tx) => {
      const reset = await tx.repos.passwordResets.find(resetId);
      if (!reset || reset.tokenHash || reset.expiresAt <= tx.at) return;
      const account = await resettable(tx, reset.email);
      if (!account) return;
      const { token, hash } = tx.pure.tokens.newLinkToken();
      if (!(await tx.repos.passwordResets.attach(resetId, { userId: account.id, tokenHash: hash }))) return;
      const body = passwordResetMessage(tx.settings.publicUrl, token);
      await queueEmail(tx, { userId: account.id, recipient: reset.email }, 'password-reset', body);
      await tx.audit('password.reset-requested', 'user', account.id);
    });
  },
};

/**
 * The account that a reset is for. Not one that has not proved the address but has wallets: it is the wallet owner's, and the address may be
 * a typing error. The mailbox's owner registers in that case, and proves the address.
 */
async function resettable(tx: Tx, email: string): Promise<AccountRow | null> {
  const [account] = await tx.repos.accounts.signInCandidates(email, heldSince(tx.at));
  if (!account) return null;
  return account.emailVerifiedAt || (await tx.repos.wallets.listOf(account.id)).length === 0 ? account : null;
}

/** What a link to set a new password is good for. Changes nothing. */
export async function getPasswordReset(ctx: Reads, { token }: EmailTokenInput): Promise<PasswordReset> {
  const reset = await ctx.repos.passwordResets.findByToken(ctx.pure.tokens.hashLinkToken(token));
  if (!reset) return { state: 'unknown', email: null };
  return { state: reset.usedAt ? 'used' : reset.expiresAt > ctx.now() ? 'good' : 'expired', email: reset.email };
}

/**
 * Sets a new password by a link: the mailbox is proved by it. All sessions of the account end, and its other links.
 * @throws AppError RESET_LINK_INVALID, VALIDATION_FAILED
 */
export async function resetPassword(ctx: Context, { token, password }: ResetPasswordInput): Promise<void> {
  const tokenHash = ctx.pure.tokens.hashLinkToken(token);
  const reset = await ctx.repos.passwordResets.findByToken(tokenHash);
  const owner = reset?.userId && !reset.usedAt && reset.expiresAt > ctx.now() ? await ctx.repos.accounts.findById(reset.userId) : null;
  if (!reset || !owner) throw new AppError('RESET_LINK_INVALID');
  await requireSafePassword(ctx, password, { email: reset.email, fullName: owner.fullName });
  const passwordHash = await ctx.services.passwords.hash(password);
  await ctx.change(async (unproven) => {
    await unproven.repos.accounts.lock(owner.id, unproven.at);
    const account = await unproven.repos.accounts.findById(owner.id);
    if (account?.email !== reset.email || !(await unproven.repos.passwordResets.use(tokenHash, unproven.at)))
      throw new AppError('RESET_LINK_INVALID');
    const tx = unproven.as({ kind: 'user', id: account.id, roles: account.roles, sessionId: '' });
    if (!account.emailVerifiedAt) await takeOver(tx, account.id, reset.email);
    await tx.repos.accounts.setCredentials(account.id, { email: reset.email, passwordHash }, tx.at);
    await endSessions(tx, account.id);
    await tx.repos.passwordResets.endAll(account.id, tx.at);
    await tx.repos.emailChanges.replaceOpen(account.id, tx.at);
    await tx.audit('password.reset', 'user', account.id);
    await notifyOwner(tx, account, 'password.reset');
  });
}

/**
 * Before the proof, another person may have used the account: no payout goes to what they
 * entered, and no wallet, app or passkey of theirs signs in.
 */
async function takeOver(tx: Tx, userId: number, email: string): Promise<void> {
  const hasWallets = (await tx.repos.wallets.listOf(userId)).length > 0; // linked since the link was sent
  if (hasWallets || !(await proveAddress(tx, userId, email))) throw new AppError('RESET_LINK_INVALID');
  if (await removeFactors(tx, userId)) await tx.audit('second-factor.disabled', 'user', userId);
  const hadDetails = await tx.repos.payoutDetails.remove(userId);
  const hadAccount = await tx.repos.payoutAccounts.remove(userId);
  if (hadDetails) await tx.audit('payout-details.removed', 'user', userId);
  if (hadAccount) await tx.audit('payout-account.removed', 'user', userId);
  if (hadDetails || hadAccount) await tx.publish('payout-details.changed', { userId });
}
