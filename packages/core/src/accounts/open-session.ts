import type { Account, SecondFactor, SignedIn } from '@assay/contract';
import type { Reads, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { endSessionOfToken } from './end-sessions.ts';
import type { AccountRow } from './ports.ts';
import { POWERFUL_ROLES, sessionExpiry, SESSIONS_MAX } from './rules.ts';

/** What a transport hands out after sign-in: the answer, and the refresh token for its cookie. */
export interface OpenedSession {
  answer: SignedIn;
  sessionId: string;
  /** Null when the presented token stays good (another tab has refreshed a moment ago). */
  refresh: { token: string; expiresAt: Date } | null;
}

export function toAccount(row: AccountRow): Account {
  return { id: row.id, email: row.email, fullName: row.fullName, roles: row.roles, createdAt: row.createdAt.toISOString() };
}

/** The answer to a sign-in: a fresh access token for a session. */
export function signedIn(ctx: Reads, account: AccountRow, sessionId: string): SignedIn {
  const access = ctx.pure.tokens.issueAccessToken({ userId: account.id, sessionId }, ctx.now());
  return { token: access.token, expiresAt: access.expiresAt.toISOString(), user: toAccount(account) };
}

/** From where someone signs in. */
export interface SignInDevice {
  /** What the browser calls itself. */
  name: string | null;
  /** The refresh token that the browser has: its session ends with the new one. */
  earlierToken: string | null;
}

/**
 * Opens a session: every sign-in ends here. The session that the browser had ends, and so does the one that was not used for longest
 * where there are {@link SESSIONS_MAX}.
 * @param secondFactor that was proved beside the first one
 * @throws AppError ACCOUNT_DISABLED
 */
export async function openSession(
  tx: Tx,
  account: AccountRow,
  device: SignInDevice,
  secondFactor: SecondFactor | null = null,
): Promise<OpenedSession> {
  if (account.disabledAt) throw new AppError('ACCOUNT_DISABLED');
  await noteSignIn(tx, account);
  const { tokens } = tx.pure;
  const { accounts } = tx.repos;
  await endSessionOfToken(tx, device.earlierToken);
  const sessionId = tokens.newSessionId();
  const refresh = tokens.newRefreshToken(sessionId);
  const expiresAt = sessionExpiry(tx.at, tx.at, tx.settings.sessionMaxMs);
  const session = { id: sessionId, userId: account.id, tokenHash: refresh.hash, device: device.name, expiresAt, secondFactor };
  await accounts.createSession(session, tx.at);
  if ((await accounts.revokeOldestSessions(account.id, SESSIONS_MAX, tx.at)) > 0) await tx.publish('session.ended', { userId: account.id });
  return { answer: signedIn(tx, account, sessionId), sessionId, refresh: { token: refresh.token, expiresAt } };
}

/** What privileged people do is in the audit log, from their sign-in on. */
async function noteSignIn(tx: Tx, { id, roles }: AccountRow): Promise<void> {
  tx.securityEvent('signed-in', { userId: id });
  if (!roles.some((role) => POWERFUL_ROLES.includes(role))) return;
  await tx.as({ kind: 'user', id, roles, sessionId: '' }).audit('account.signed-in', 'user', id);
}
