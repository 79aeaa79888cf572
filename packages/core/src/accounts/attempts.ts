import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
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
  /** The id of the device where one of these accounts has signed in before, by its cookie; null where none has. */
  knownTo(token: string | null, userIds: readonly number[]): string | null;
}

/** Where a sign-in comes from. */
export interface SignInClient {
  device: SignInDevice;
  /** The network address that budgets are kept for. */
  address: string;
  /** The cookie of a device that signed in before. */
  deviceToken: string | null;
}

/** From one address to one account, or from one known device, or in one session. */
const CLIENT: AttemptLimit = { max: LOCK_AFTER_FAILURES, windowMs: LOCK_MS, sliding: true };
/** From all addresses to one account; devices that it knows are not among them. */
const ACCOUNT: AttemptLimit = { max: 100, windowMs: 3_600_000 };

/** An attempt that is counted already: a right password takes it back. */
export interface Attempt {
  succeeded(): Promise<void>;
}

/**
 * Counts an attempt to sign in with an address, whether or not an account has it. Failures of other people do not count against a
 * device that has signed in before.
 * @throws AppError ACCOUNT_LOCKED
 */
export async function beginSignIn(ctx: Context, email: string, client: SignInClient, userIds: readonly number[]): Promise<Attempt> {
  const device = ctx.pure.devices.knownTo(client.deviceToken, userIds);
  if (device) return begin(ctx, `sign-in:${email}|device:${device}`, null);
  return begin(ctx, `sign-in:${email}|from:${client.address}`, `sign-in:${email}`);
}

/** Counts an attempt of a signed-in user to prove their password: each session by itself. @throws AppError ACCOUNT_LOCKED */
export const beginProof = (ctx: Context, userId: number, sessionId: string): Promise<Attempt> =>
  begin(ctx, `proof:${userId}|session:${sessionId}`, null);

async function begin(ctx: Context, clientKey: string, accountKey: string | null): Promise<Attempt> {
  const { attempts } = ctx.repos;
  const hash = (key: string) => ctx.pure.tokens.hashLinkToken(key);
  const now = ctx.now();
  const spentUntil =
    (await attempts.count(hash(clientKey), CLIENT, now)) ?? (accountKey && (await attempts.count(hash(accountKey), ACCOUNT, now)));
  if (spentUntil)
    throw new AppError('ACCOUNT_LOCKED', { retryAfterS: Math.max(1, Math.ceil((spentUntil.getTime() - now.getTime()) / 1000)) });
  return {
    async succeeded() {
      await attempts.forget(hash(clientKey));
      if (accountKey) await attempts.giveBack(hash(accountKey));
    },
  };
}
