import type { Account, SignedIn } from '@assay/contract';
import type { Reads, Tx } from '../kernel/context.ts';
import type { AccountRow } from './ports.ts';
import { SESSION_MS } from './rules.ts';

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
  const access = ctx.pure.tokens.issueAccessToken({ userId: account.id, roles: account.roles, sessionId }, ctx.now());
  return { token: access.token, expiresAt: access.expiresAt.toISOString(), user: toAccount(account) };
}

export async function openSession(tx: Tx, account: AccountRow, device: string | null): Promise<OpenedSession> {
  const { tokens } = tx.pure;
  const sessionId = tokens.newSessionId();
  const refresh = tokens.newRefreshToken(sessionId);
  const expiresAt = new Date(tx.at.getTime() + SESSION_MS);
  await tx.repos.accounts.createSession({ id: sessionId, userId: account.id, tokenHash: refresh.hash, device, expiresAt }, tx.at);
  return { answer: signedIn(tx, account, sessionId), sessionId, refresh: { token: refresh.token, expiresAt } };
}

/** What privileged people do is written down, from their signing in on. */
export async function noteOperatorSignIn(tx: Tx, { id, roles }: AccountRow): Promise<void> {
  if (!roles.includes('admin') && !roles.includes('ops')) return;
  await tx.as({ kind: 'user', id, roles, sessionId: '' }).audit('account.signed-in', 'user', id);
}
