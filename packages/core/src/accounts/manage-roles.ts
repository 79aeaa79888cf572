import type { Account, Role } from '@assay/contract';
import { requireRole, requireSystem, type Actor } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { endSessions } from './end-sessions.ts';
import { toAccount } from './open-session.ts';
import type { AccountRow } from './ports.ts';

/** An account by its e-mail, as commands name it, or by its id, as the console does. */
export type AccountRef = { email: string } | { id: number };

/** Accounts are managed by admins, and by commands. @throws AppError UNAUTHENTICATED, FORBIDDEN */
function requireAccountAdmin(actor: Actor): void {
  if (actor.kind !== 'system') requireRole(actor, 'admin');
}

/**
 * An account that another admin manages: none may shut the own one out.
 * @throws AppError NOT_FOUND, OWN_ACCOUNT
 */
export async function requireOtherAccount(tx: Tx, ref: AccountRef): Promise<AccountRow> {
  const { accounts } = tx.repos;
  const found = 'id' in ref ? await accounts.findById(ref.id) : await accounts.findByEmail(ref.email);
  if (!found || found.deletedAt) throw new AppError('NOT_FOUND', { message: 'There is no such account.' });
  if (tx.actor.kind === 'user' && tx.actor.id === found.id) throw new AppError('OWN_ACCOUNT');
  await accounts.lock(found.id, tx.at);
  return (await accounts.findById(found.id))!;
}

/** Gives an account a role. Only from the command line. @throws AppError FORBIDDEN, NOT_FOUND, EMAIL_NOT_VERIFIED */
export async function grantRole(ctx: Context, { email, role }: { email: string; role: Role }): Promise<Account> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    const account = await requireOtherAccount(tx, { email });
    // The address may have been registered by another person than its owner.
    if (!account.emailVerifiedAt) throw new AppError('EMAIL_NOT_VERIFIED');
    if (!account.roles.includes(role)) {
      await tx.repos.accounts.grantRole(account.id, role, tx.at);
      await tx.audit('role.granted', 'user', account.id, { role });
      tx.securityEvent('role-changed', { userId: account.id });
      await publishRoles(tx, account.id, role);
    }
    return toAccount({ ...account, roles: [...new Set([...account.roles, role])] });
  });
}

/**
 * Takes a role from an account, and ends its sessions. Nothing happens where the account has not got it.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, OWN_ACCOUNT
 */
export async function revokeRole(ctx: Context, { role, ...ref }: AccountRef & { role: Role }): Promise<Account> {
  requireAccountAdmin(ctx.actor);
  return ctx.change(async (tx) => {
    const account = await requireOtherAccount(tx, ref);
    if (await tx.repos.accounts.revokeRole(account.id, role)) {
      const ended = await endSessions(tx, account.id);
      tx.securityEvent('role-changed', { userId: account.id });
      await tx.audit('role.revoked', 'user', account.id, { role, sessionsEnded: ended });
      await publishRoles(tx, account.id, role);
    }
    return toAccount({ ...account, roles: account.roles.filter((other) => other !== role) });
  });
}

async function publishRoles(tx: Tx, userId: number, role: Role): Promise<void> {
  await tx.publish('account.changed', { userId });
  if (role === 'seller') await tx.publish('seller.updated', { sellerId: userId });
}

/**
 * Disables an account: its sessions end, and it cannot sign in until it is enabled again. Its listings and ratings stay.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, OWN_ACCOUNT
 */
export async function disableAccount(ctx: Context, ref: AccountRef): Promise<Account> {
  requireAccountAdmin(ctx.actor);
  return ctx.change(async (tx) => {
    const account = await requireOtherAccount(tx, ref);
    if (await tx.repos.accounts.setDisabled(account.id, tx.at)) {
      const ended = await endSessions(tx, account.id);
      await tx.audit('account.disabled', 'user', account.id, { sessionsEnded: ended });
      await tx.publish('account.changed', { userId: account.id });
    }
    return toAccount(account);
  });
}

/** Lets an account sign in again. @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, OWN_ACCOUNT */
export async function enableAccount(ctx: Context, ref: AccountRef): Promise<Account> {
  requireAccountAdmin(ctx.actor);
  return ctx.change(async (tx) => {
    const account = await requireOtherAccount(tx, ref);
    if (await tx.repos.accounts.setDisabled(account.id, null)) {
      await tx.audit('account.enabled', 'user', account.id);
      await tx.publish('account.changed', { userId: account.id });
    }
    return toAccount(account);
  });
}

/** Signs an account out everywhere. Returns how many sessions ended. @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, OWN_ACCOUNT */
export async function endAccountSessions(ctx: Context, ref: AccountRef): Promise<{ ended: number }> {
  requireAccountAdmin(ctx.actor);
  return ctx.change(async (tx) => {
    const account = await requireOtherAccount(tx, ref);
    const ended = await endSessions(tx, account.id);
    await tx.audit('sessions.ended', 'user', account.id, { ended });
    return { ended };
  });
}
