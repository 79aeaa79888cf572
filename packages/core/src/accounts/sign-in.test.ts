import { beforeEach, describe, expect, it } from 'vitest';
import type { Context, Reads, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { emptyChangeLog, openTx } from '../open-tx.ts';
import type { AccountRow } from './ports.ts';
import { signIn } from './sign-in.ts';

const NOW = new Date('2026-01-02T03:04:05.000Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);

const ANN: AccountRow = {
  id: 2,
  email: 'ann@example.com',
  fullName: 'Ann Lee',
  passwordHash: 'hash of right',
  failedSignIns: 0,
  lockedUntil: null,
  emailVerifiedAt: null,
  disabledAt: null,
  createdAt: NOW,
  roles: ['buyer'],
};

describe('signing in', () => {
  let done: unknown[];
  beforeEach(() => {
    done = [];
  });

  /** Tries a password on Ann's account as it is then, or on an unknown e-mail; what was done is written down. */
  function attempt(password: string, account: Partial<AccountRow> = {}, email = ANN.email!) {
    const note = (...what: unknown[]) => void done.push(what);
    const repos = {
      accounts: {
        findByEmail: (given: string) => (given === ANN.email ? { ...ANN, ...account } : null),
        countFailedSignIn: (...failure: unknown[]) => note('failed', ...failure),
        clearFailedSignIns: (id: number) => note('cleared', id),
        revokeOldestSessions: () => 0,
        createSession: ({ userId, expiresAt }: { userId: number; expiresAt: Date }) => note('session', userId, expiresAt.toISOString()),
      },
      audit: { append: ({ action, actorId }: { action: string; actorId: number }) => note('audit', action, actorId) },
    } as unknown as Repositories;
    const pure = {
      tokens: {
        newSessionId: () => 'session',
        newRefreshToken: () => ({ token: 'refresh', hash: 'hash' }),
        issueAccessToken: () => ({ token: 'access', expiresAt: after(900_000) }),
      },
    };
    const settings = { sessionMaxMs: 90 * 24 * 3_600_000 };
    const reads = { actor: { kind: 'anonymous' }, requestId: 'test', repos, pure, settings, now: () => NOW } as unknown as Reads;
    const ctx = {
      ...reads,
      change: (work: (tx: Tx) => Promise<unknown>) => work(openTx(reads, repos, emptyChangeLog())),
      services: { passwords: { verify: (hash: string | null, given: string) => (note('verified', hash), hash === `hash of ${given}`) } },
    } as unknown as Context;
    return signIn(ctx, { email, password, device: { name: null, earlierToken: null } });
  }

  it('opens a session of 30 days', async () => {
    const { answer } = await attempt('right');
    expect(answer).toMatchObject({ token: 'access', user: { id: 2, email: 'ann@example.com' } });
    expect(answer.user).not.toHaveProperty('passwordHash');
    expect(done).toEqual([
      ['verified', 'hash of right'],
      ['session', 2, '2026-02-01T03:04:05.000Z'],
    ]);
  });

  it('is refused where the account is disabled, with the right password only', async () => {
    await expect(attempt('right', { disabledAt: NOW })).rejects.toMatchObject({ code: 'ACCOUNT_DISABLED' });
    await expect(attempt('wrong', { disabledAt: NOW })).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(done).not.toContainEqual(expect.arrayContaining(['session']));
  });

  it('counts a wrong password towards the lock', async () => {
    await expect(attempt('wrong')).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(done).toEqual([
      ['verified', 'hash of right'],
      ['failed', 2, 10, after(15 * 60_000)],
    ]);
  });

  it('forgets wrong passwords after the right one', async () => {
    await attempt('right', { failedSignIns: 9 });
    expect(done).toContainEqual(['cleared', 2]);
  });

  it.each([
    [1, 1],
    [1001, 2],
    [15 * 60_000, 900],
  ])('refuses even the right password while the lock lasts: %i ms more, so come back in %i s', async (ms, retryAfterS) => {
    await expect(attempt('right', { lockedUntil: after(ms) })).rejects.toMatchObject({ code: 'ACCOUNT_LOCKED', retryAfterS });
    // Neither tested nor counted: more guesses reveal nothing and do not keep the owner out for longer.
    expect(done).toEqual([]);
  });

  it('takes the right password again in the moment in which the lock ends', async () => {
    await expect(attempt('right', { lockedUntil: NOW })).resolves.toMatchObject({ sessionId: 'session' });
    await expect(attempt('right', { lockedUntil: after(-1) })).resolves.toMatchObject({ sessionId: 'session' });
  });

  it('says the same, and works as long, for an unknown e-mail and for an account without a password', async () => {
    await expect(attempt('right', {}, 'unknown@example.com')).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(done).toEqual([['verified', null]]);
    await expect(attempt('right', { passwordHash: null })).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });

  it.each(['admin', 'ops'] as const)('is written down for the role %s, in the name of who signed in', async (role) => {
    await attempt('right', { roles: ['buyer', role] });
    expect(done).toContainEqual(['audit', 'account.signed-in', 2]);
  });
});
