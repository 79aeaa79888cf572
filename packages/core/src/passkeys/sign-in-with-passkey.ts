import type { PasskeyOptions, PasskeyProof } from '@assay/contract';
import { openSession, type OpenedSession, type SignInDevice } from '../accounts/open-session.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { keepChallenge, openChallenge, requireParty } from './challenge.ts';

/** What a browser needs to sign in with a passkey that it offers. @throws AppError PASSKEYS_OFF */
export async function requestPasskeySignIn(ctx: Context): Promise<PasskeyOptions> {
  const { challenge, options } = await ctx.services.passkeys.authentication(requireParty(ctx));
  await keepChallenge(ctx, challenge, null);
  return { options };
}

/**
 * Signs in with a passkey that has verified the person: possession and person are two factors, so no code is asked for.
 * @throws AppError PASSKEYS_OFF, PASSKEY_INVALID, PASSKEY_UNKNOWN, ACCOUNT_DISABLED
 */
export async function signInWithPasskey(
  ctx: Context,
  { device, ...proof }: PasskeyProof & { device: SignInDevice },
): Promise<OpenedSession> {
  const party = requireParty(ctx);
  const { passkeys } = ctx.services;
  const open = await openChallenge(ctx, proof, null);
  const passkey = await ctx.repos.passkeys.find(ctx.pure.tokens.hashLinkToken(proof.id));
  if (!passkey) throw new AppError('PASSKEY_UNKNOWN');
  const checked = passkeys.ownerOf(proof) === passkey.userId ? await passkeys.checkProof(party, proof, open.challenge, passkey) : null;
  if (!checked) {
    ctx.securityEvent('sign-in-failed', { userId: passkey.userId });
    throw new AppError('PASSKEY_INVALID');
  }
  return ctx.change(async (tx) => {
    await open.consume(tx);
    const account = await tx.repos.accounts.findById(passkey.userId);
    if (!account || !(await tx.repos.passkeys.use(passkey, checked.counter, tx.at))) throw new AppError('PASSKEY_INVALID');
    return openSession(tx, account, device, 'passkey');
  });
}
