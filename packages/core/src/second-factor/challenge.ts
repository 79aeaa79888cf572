import type { SecondFactorNeeded } from '@assay/contract';
import { openSession, type OpenedSession, type SignInDevice } from '../accounts/open-session.ts';
import type { AccountRow } from '../accounts/ports.ts';
import type { Reads, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { CHALLENGE_MS } from './rules.ts';

/** A sign-in that waits for the second factor: no session yet. */
export interface ChallengedSignIn {
  challenge: SecondFactorNeeded;
}

export type SignInOutcome = OpenedSession | ChallengedSignIn;

/**
 * Ends a sign-in by one factor, a password or a wallet: with a session, or with a challenge where the account asks for a second factor.
 * @throws AppError ACCOUNT_DISABLED
 */
export async function openOrChallenge(tx: Tx, account: AccountRow, device: SignInDevice): Promise<SignInOutcome> {
  const app = await tx.repos.secondFactor.findApp(account.id);
  if (!app?.enabledAt) return openSession(tx, account, device);
  if (account.disabledAt) throw new AppError('ACCOUNT_DISABLED');
  const expiresAt = new Date(tx.at.getTime() + CHALLENGE_MS);
  const claims = { userId: account.id, stamp: await stampOf(tx, account), device: deviceHash(tx, device) };
  return { challenge: { challenge: tx.pure.tokens.issueSignInChallenge(claims, expiresAt), expiresAt: expiresAt.toISOString() } };
}

/**
 * The account whose first factor a challenge stands for.
 * @throws AppError SIGN_IN_CHALLENGE_ENDED where it is none, has expired, was issued to another browser, or the sign-in methods of the
 * account have changed since
 */
export async function accountOf(ctx: Reads, challenge: string | null, device: SignInDevice): Promise<AccountRow> {
  const claims = challenge === null ? null : ctx.pure.tokens.readSignInChallenge(challenge, ctx.now());
  const account = claims && claims.device === deviceHash(ctx, device) ? await ctx.repos.accounts.findById(claims.userId) : null;
  if (!account || claims?.stamp !== (await stampOf(ctx, account))) throw new AppError('SIGN_IN_CHALLENGE_ENDED');
  return account;
}

const deviceHash = ({ pure }: Pick<Reads, 'pure'>, { name }: SignInDevice) => pure.tokens.hashLinkToken(name ?? '');

/** Changes with the sign-in methods of an account: a new password ends open challenges, and so does an unlinked wallet. */
async function stampOf({ pure, repos }: Pick<Reads, 'pure' | 'repos'>, account: AccountRow): Promise<string> {
  const wallets = await repos.wallets.listOf(account.id);
  return pure.tokens.hashLinkToken(JSON.stringify([account.email, account.passwordHash, ...wallets.map(({ address }) => address)]));
}
