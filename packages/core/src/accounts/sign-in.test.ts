import { beforeEach, describe, expect, it } from 'vitest';
import type { Context, Reads, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { emptyChangeLog, openTx } from '../open-tx.ts';
import type { AttemptLimit } from './attempts.ts';
import type { AccountRow } from './ports.ts';
import type { OpenedSession } from './open-session.ts';
import { signIn } from './sign-in.ts';

const NOW = new Date('2026-01-02T03:04:05.000Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);

const ANN: AccountRow = {
  id: 2,
  email: 'ann@example.com',
  fullName: 'Ann Lee',
  passwordHash: 'hash of right',
  emailVerifiedAt: null,
  disabledAt: null,
  deletedAt: null,
  createdAt: NOW,
  roles: ['buyer'],
};

interface Situation {
  accounts?: AccountRow[];
  /** Keys of counters that are spent until then. */
  spent?: Record<string, Date>;
  /** What the browser's cookie says of its device. */
  device?: string | null;
  /** The account asks for a code of an app since then. */
  enabledAt?: Date | null;
}

describe('signing in', () => {
  let done: unknown[][];
  beforeEach(() => {
    done = [];
  });

  /** Tries a password in a situation, from the address "here"; what was done is written down. */
  function attempt(
    password: string,
    { accounts = [ANN], spent = {}, device = null, enabledAt = null }: Situation = {},
    email = ANN.email!,
  ) {
    const note = (...what: unknown[]) => void done.push(what);
    const repos = {
      accounts: {
        revokeOldestSessions: () => 0,
        signInCandidates: (given: string, heldSince: Date) => {
          expect(heldSince).toEqual(after(-24 * 3_600_000));
          return given === ANN.email ? accounts : [];
        },
        createSession: ({ userId, expiresAt }: { userId: number; expiresAt: Date }) => note('session', userId, expiresAt.toISOString()),
      },
      secondFactor: { findApp: () => ({ enabledAt }) },
      wallets: { listOf: () => [] },
      attempts: {
        count: (key: string, { max, windowMs }: AttemptLimit) => {
          if (spent[key]) return spent[key];
          note('counted', key, max, windowMs / 60_000);
          return null;
        },
        forget: (key: string) => note('forgotten', key),
        giveBack: (key: string) => note('given back', key),
      },
      audit: { append: ({ action, actorId }: { action: string; actorId: number }) => note('audit', action, actorId) },
    } as unknown as Repositories;
    const pure = {
      devices: { knownTo: (_token: string, id: number) => (id === ANN.id ? device : null) },
      tokens: {
        newSessionId: () => 'session',
        newRefreshToken: () => ({ token: 'refresh', hash: 'hash' }),
        issueAccessToken: () => ({ token: 'access', expiresAt: after(900_000) }),
        hashLinkToken: (text: string) => text,
        issueSignInChallenge: ({ userId }: { userId: number }, expiresAt: Date) => (note('challenge', userId, expiresAt), 'challenge'),
      },
    };
    const settings = { sessionMaxMs: 90 * 24 * 3_600_000 };
    const reads = {
      actor: { kind: 'anonymous' },
      requestId: 'test',
      securityEvent: () => {},
      repos,
      pure,
      settings,
      now: () => NOW,
    } as unknown as Reads;
    const ctx = {
      ...reads,
      change: (work: (tx: Tx) => Promise<unknown>) => work(openTx(reads, repos, emptyChangeLog())),
      services: { passwords: { verify: (hash: string | null, given: string) => (note('verified', hash), hash === `hash of ${given}`) } },
    } as unknown as Context;
    return signIn(ctx, { email, password, device: { name: null, earlierToken: null }, address: 'here', deviceToken: 'cookie' });
  }
  /** The same, where a session is opened. */
  const session = async (...given: Parameters<typeof attempt>) => (await attempt(...given)) as OpenedSession;
  const FROM = 'sign-in:ann@example.com|from:here';
  const ALL = 'sign-in:ann@example.com';
  const DEVICE = 'sign-in:ann@example.com|device:laptop';

  it('counts before it judges, opens a session of 30 days, and takes the count back', async () => {
    const { answer } = await session('right');
    expect(answer).toMatchObject({ token: 'access', user: { id: 2, email: 'ann@example.com' } });
    expect(answer.user).not.toHaveProperty('passwordHash');
    expect(done).toEqual([
      ['counted', FROM, 10, 15],
      ['counted', ALL, 100, 60],
      ['verified', 'hash of right'],
      ['verified', null],
      ['forgotten', FROM],
      ['given back', ALL],
      ['session', 2, '2026-02-01T03:04:05.000Z'],
    ]);
  });

  it('asks for the second factor where the account has one: a challenge of five minutes, and no session', async () => {
    const answer = await attempt('right', { enabledAt: NOW });
    expect(answer).toEqual({ challenge: { challenge: 'challenge', expiresAt: after(300_000).toISOString() } });
    expect(done.at(-1)).toEqual(['challenge', 2, after(300_000)]);
    expect(done).not.toContainEqual(expect.arrayContaining(['session']));
    await expect(attempt('right', { enabledAt: NOW, accounts: [{ ...ANN, disabledAt: NOW }] })).rejects.toMatchObject({
      code: 'ACCOUNT_DISABLED',
    });
  });

  it('is refused where the account is disabled, with the right password only', async () => {
    const accounts = [{ ...ANN, disabledAt: NOW }];
    await expect(attempt('right', { accounts })).rejects.toMatchObject({ code: 'ACCOUNT_DISABLED' });
    await expect(attempt('wrong', { accounts })).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(done).not.toContainEqual(expect.arrayContaining(['session']));
  });

  it('a wrong password stays counted', async () => {
    await expect(attempt('wrong')).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(done.map(([what]) => what)).toEqual(['counted', 'counted', 'verified', 'verified']);
  });

  it.each([
    [FROM, 1, 1],
    [FROM, 1001, 2],
    [FROM, 15 * 60_000, 900],
    [ALL, 3_600_000, 3600],
  ])('refuses even the right password while %s is spent: %i ms more, so come back in %i s', async (key, ms, retryAfterS) => {
    await expect(attempt('right', { spent: { [key]: after(ms) } })).rejects.toMatchObject({ code: 'ACCOUNT_LOCKED', retryAfterS });
    // More guesses reveal nothing.
    expect(done.map(([what]) => what)).not.toContain('verified');
  });

  it('a device that signed in before is counted by itself: failures of other people do not lock it out', async () => {
    await attempt('right', { device: 'laptop', spent: { [FROM]: after(1), [ALL]: after(1) } });
    expect(done[0]).toEqual(['counted', DEVICE, 10, 15]);
    await expect(attempt('right', { device: 'laptop', spent: { [DEVICE]: after(1) } })).rejects.toMatchObject({ code: 'ACCOUNT_LOCKED' });
  });

  it('a device is known to one of two accounts: the other is judged within the budgets of all', async () => {
    const accounts = [{ ...ANN, id: 3, passwordHash: 'hash of other' }, ANN];
    const spent = { [ALL]: after(1) };
    await expect(attempt('other', { accounts, device: 'laptop', spent })).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(done.filter(([what]) => what === 'verified')).toEqual([
      ['verified', 'hash of right'],
      ['verified', null],
    ]);
    expect((await session('right', { accounts, device: 'laptop', spent })).answer.user.id).toBe(2);
    expect((await session('other', { accounts, device: 'laptop' })).answer.user.id).toBe(3);
  });

  it('says the same and does as much for an unknown e-mail, a wrong password and an account without one', async () => {
    const outcome = async (situation: Situation, email?: string) => {
      done = [];
      await expect(attempt('wrong', situation, email)).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
      return done.map(([what]) => what);
    };
    const expected = await outcome({});
    expect(await outcome({}, 'unknown@example.com')).toEqual(expected);
    expect(await outcome({ accounts: [{ ...ANN, passwordHash: null }] })).toEqual(expected);
    expect(await outcome({ accounts: [ANN, { ...ANN, id: 3 }] })).toEqual(expected);
    await expect(
      attempt('right', { spent: { 'sign-in:unknown@example.com|from:here': after(1) } }, 'unknown@example.com'),
    ).rejects.toMatchObject({ code: 'ACCOUNT_LOCKED' });
  });

  it('of two accounts with one address, the password says which', async () => {
    const accounts = [ANN, { ...ANN, id: 3, passwordHash: 'hash of other' }];
    expect((await session('other', { accounts })).answer.user.id).toBe(3);
    expect((await session('right', { accounts })).answer.user.id).toBe(2);
  });

  it.each(['admin', 'ops'] as const)('is written down for the role %s, in the name of who signed in', async (role) => {
    await attempt('right', { accounts: [{ ...ANN, roles: ['buyer', role] }] });
    expect(done).toContainEqual(['audit', 'account.signed-in', 2]);
  });
});
