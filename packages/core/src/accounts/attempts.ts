import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { SecuritySubject } from '../kernel/security-event.ts';
import type { SignInDevice } from './open-session.ts';
import { LOCK_AFTER_FAILURES, LOCK_MS } from './rules.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly attempts: AttemptsRepository;
  }
}

declare module '../kernel/context.ts' {
  interface PureServices {
    readonly devices: Devices;
  }
}

/** What attempts are counted by, and how many of them there may be. */
export interface Counter {
  key: string;
  limit: AttemptLimit;
}

/** How many attempts in which time. `sliding`: each attempt begins the time anew. */
export interface AttemptLimit {
  max: number;
  windowMs: number;
  sliding?: boolean;
}

export interface AttemptsRepository {
  /**
   * Counts an attempt before it is judged, in one statement: of many at once, `max` are counted.
   * @returns null when it was counted; until when the budget is spent when it was not
   */
  count(keyHash: string, limit: AttemptLimit, at: Date): Promise<Date | null>;
  /** Takes one attempt back. */
  giveBack(keyHash: string): Promise<void>;
  forget(keyHash: string): Promise<void>;
  /** Holds a key's row until the transaction ends, so that what is counted by it stays true. */
  lock(keyHash: string, until: Date): Promise<void>;
  /** Deletes counters that expired before. Returns how many. */
  purge(before: Date): Promise<number>;
}

/** Recognises browsers by a signed cookie that an earlier sign-in left. */
export interface Devices {
  /** The id of the device, by its cookie, where this account has signed in on it before. */
  knownTo(token: string | null, userId: number): string | null;
}

/** Where a sign-in comes from. */
export interface SignInClient {
  device: SignInDevice;
  /** The network address that budgets are kept for. */
  address: string;
  /** The cookie of a device that signed in before. */
  deviceToken: string | null;
}

/** Counts an attempt by each counter, until one is spent. @returns until when it is, or null where the attempt was counted by all */
export async function countAttempts(ctx: Context, counters: readonly Counter[]): Promise<Date | null> {
  const now = ctx.now();
  for (const { key, limit } of counters) {
    const until = await ctx.repos.attempts.count(ctx.pure.tokens.hashLinkToken(key), limit, now);
    if (until) return until;
  }
  return null;
}

/** For Retry-After: whole seconds, at least one. */
export const secondsUntil = (ctx: Context, until: Date): number => Math.max(1, Math.ceil((until.getTime() - ctx.now().getTime()) / 1000));

/** From one address to one account, or from one known device, or in one session. */
const CLIENT: AttemptLimit = { max: LOCK_AFTER_FAILURES, windowMs: LOCK_MS, sliding: true };
/** From all addresses to one account; devices that it knows are not among them. */
const ACCOUNT: AttemptLimit = { max: 100, windowMs: 3_600_000 };

/** From all addresses to the codes of one account whose password is known; devices that it knows are not among them. */
const CODES: AttemptLimit = { max: 30, windowMs: 24 * 3_600_000 };

/** An attempt that is counted already: a right password takes it back. */
export interface Attempt {
  succeeded(): Promise<void>;
}

/**
 * Counts an attempt to sign in with an address, whether or not an account has it. Failures of other people do not count against a
 * device on an account that has signed in there; another account with the same address is judged within the budgets of all others.
 * @param candidates the accounts that may be meant
 * @returns the attempt, with the accounts that it may be judged against
 * @throws AppError ACCOUNT_LOCKED
 */
export async function beginSignIn<A extends { id: number }>(
  ctx: Context,
  email: string,
  { address, deviceToken }: SignInClient,
  candidates: readonly A[],
): Promise<Attempt & { judged: A[] }> {
  const { devices } = ctx.pure;
  const known = candidates.filter(({ id }) => devices.knownTo(deviceToken, id) !== null);
  const strangers = candidates.filter((account) => !known.includes(account));
  const device = known[0] ? devices.knownTo(deviceToken, known[0].id) : null;
  const about = candidates[0] ? { userId: candidates[0].id } : { email };
  const shared = [
    { key: `sign-in:${email}|from:${address}`, limit: CLIENT },
    { key: `sign-in:${email}`, limit: ACCOUNT },
  ];
  if (!device) return { ...(await begin(ctx, about, shared)), judged: strangers };
  const own = await begin(ctx, about, [{ key: `sign-in:${email}|device:${device}`, limit: CLIENT }]);
  if (strangers.length === 0) return { ...own, judged: known };
  const other = await begin(ctx, about, shared).catch((error: unknown) => {
    if (error instanceof AppError) return null; // its budget is spent: only the known accounts are judged
    throw error;
  });
  return {
    judged: other ? [...known, ...strangers] : known,
    async succeeded() {
      await own.succeeded();
      await other?.succeeded();
    },
  };
}

/** Counts a code of the second factor, whose first factor was right: each known device by itself. @throws AppError ACCOUNT_LOCKED */
export function beginCode(ctx: Context, userId: number, { address, deviceToken }: SignInClient): Promise<Attempt> {
  const device = ctx.pure.devices.knownTo(deviceToken, userId);
  const counters = device
    ? [{ key: `code:${userId}|device:${device}`, limit: CLIENT }]
    : [
        { key: `code:${userId}|from:${address}`, limit: CLIENT },
        { key: `code:${userId}`, limit: CODES },
      ];
  return begin(ctx, { userId }, counters);
}

/** Counts an attempt of a signed-in user to prove their password: each session by itself. @throws AppError ACCOUNT_LOCKED */
export const beginProof = (ctx: Context, userId: number, sessionId: string): Promise<Attempt> =>
  begin(ctx, { userId }, [{ key: `proof:${userId}|session:${sessionId}`, limit: CLIENT }]);

async function begin(ctx: Context, about: SecuritySubject, counters: readonly Counter[]): Promise<Attempt> {
  const until = await countAttempts(ctx, counters);
  if (until) {
    ctx.securityEvent('locked', about);
    throw new AppError('ACCOUNT_LOCKED', { retryAfterS: secondsUntil(ctx, until) });
  }
  const { attempts } = ctx.repos;
  return {
    async succeeded() {
      // Attempts in a row are forgotten; in a total, other people's stay.
      for (const { key, limit } of counters) {
        const keyHash = ctx.pure.tokens.hashLinkToken(key);
        await (limit.sliding ? attempts.forget(keyHash) : attempts.giveBack(keyHash));
      }
    },
  };
}
