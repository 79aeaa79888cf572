import type { NewPasskey, PasskeyOffer, PasskeyProof } from '@assay/contract';
import type { UserActor } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { PasskeyChallengeRow, RelyingParty } from './ports.ts';

/** A challenge has to be answered within this time. */
const PASSKEY_CHALLENGE_MS = 5 * 60_000;

const IS_ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])$/;

/** The party that passkeys are made for; null where our own origin is not known, or is no name: browsers make none for an address. */
function partyOf({ origin }: Pick<Context, 'origin'>): RelyingParty | null {
  const id = origin === null ? null : new URL(origin).hostname;
  return origin === null || id === null || IS_ADDRESS.test(id) ? null : { origin, id };
}

/** Whether passkeys can be used here. For everybody. */
export const getPasskeyOffer = (ctx: Context): PasskeyOffer => ({ offered: partyOf(ctx) !== null });

/** @throws AppError PASSKEYS_OFF */
export function requireParty(ctx: Pick<Context, 'origin'>): RelyingParty {
  const party = partyOf(ctx);
  if (!party) throw new AppError('PASSKEYS_OFF');
  return party;
}

/** Keeps a challenge, by its hash: it is good once, and for some minutes. */
export async function keepChallenge(ctx: Context, challenge: string, user: UserActor | null): Promise<void> {
  const at = ctx.now();
  const row = {
    challengeHash: ctx.pure.tokens.hashLinkToken(challenge),
    purpose: user ? 'register' : 'sign-in',
    sessionId: user?.sessionId ?? null,
    expiresAt: new Date(at.getTime() + PASSKEY_CHALLENGE_MS),
  } satisfies Omit<PasskeyChallengeRow, 'usedAt'>;
  await ctx.repos.passkeys.createChallenge(row, at);
}

/** A challenge of ours that an answer is for. */
export interface OpenChallenge {
  challenge: string;
  /** Uses it up, in the change that the answer is for. @throws AppError PASSKEY_INVALID */
  consume(tx: Tx): Promise<void>;
}

/**
 * The challenge that an answer is for: ours, for this purpose and session, in time, and not used yet.
 * @param user who makes a passkey; null for signing in
 * @throws AppError PASSKEY_INVALID
 */
export async function openChallenge(ctx: Context, answer: NewPasskey | PasskeyProof, user: UserActor | null): Promise<OpenChallenge> {
  const challenge = ctx.services.passkeys.challengeOf(answer);
  if (challenge === null) throw new AppError('PASSKEY_INVALID');
  const hash = ctx.pure.tokens.hashLinkToken(challenge);
  const row = await ctx.repos.passkeys.findChallenge(hash);
  const isFor = row?.purpose === (user ? 'register' : 'sign-in') && row.sessionId === (user?.sessionId ?? null);
  if (!isFor || row.usedAt || row.expiresAt <= ctx.now()) throw new AppError('PASSKEY_INVALID');
  return {
    challenge,
    async consume(tx) {
      if (!(await tx.repos.passkeys.useChallenge(hash, tx.at))) throw new AppError('PASSKEY_INVALID');
    },
  };
}
