import type { OwnerProof, PasskeyOptions, PasskeyView, SignedIn } from '@assay/contract';
import { startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser';
import { post, WalletRefusal } from '#lib/features/wallets/sign.ts';

/** What the browser, or the API, refused, as a sentence for the person. */
export function refusalOf(thrown: unknown): string {
  if (thrown instanceof WalletRefusal) return thrown.message;
  const code = thrown instanceof WebAuthnError ? thrown.code : null;
  if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'This device already has a passkey for your account.';
  if (thrown instanceof Error && thrown.name === 'NotAllowedError')
    return 'Nothing was done: it was cancelled, or took too long. Try again.';
  return 'Your browser could not do this. Try again, or use another browser.';
}

type Options<F extends (options: never) => unknown> = Parameters<F>[0] extends { optionsJSON: infer O } ? O : never;

/** Has the browser make a passkey, and adds it to the account. @throws what {@link refusalOf} reads */
export async function addPasskey(name: string, proof: OwnerProof): Promise<PasskeyView> {
  const { options } = await post<PasskeyOptions>('/auth/passkeys/begin', proof);
  const passkey = await startRegistration({ optionsJSON: options as unknown as Options<typeof startRegistration> });
  return post<PasskeyView>('/auth/passkeys', { name, passkey });
}

/** Signs in with a passkey that the person chooses. @throws what {@link refusalOf} reads */
export async function signInWithPasskey(): Promise<SignedIn> {
  const { options } = await post<PasskeyOptions>('/auth/passkey/options', {});
  const proof = await startAuthentication({ optionsJSON: options as unknown as Options<typeof startAuthentication> });
  return post<SignedIn>('/auth/passkey/verify', proof);
}
