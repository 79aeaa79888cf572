import type { Passkeys } from '@assay/core';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticatorTransport,
} from '@simplewebauthn/server';
import { z } from 'zod';

const NAME = 'Assay';
/** The browser shows the passkeys that it has, and each verifies the person: so a passkey counts as two factors. */
const SELECTION = { residentKey: 'required', userVerification: 'required' } as const;

const ClientData = z.object({ challenge: z.string() });
const fromBase64Url = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'));
const toBase64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const transportsOf = (text: string) => text.split(',').filter(Boolean) as AuthenticatorTransport[];

/** What a check of the library answers; null where it refuses: it throws for each answer that does not hold. */
const unlessRefused = <T>(checked: Promise<T | null>): Promise<T | null> => checked.catch(() => null);

/** By what a passkey knows its account: nothing that says who it is. */
const handleOf = (userId: number) => new TextEncoder().encode(String(userId));

export function webAuthnPasskeys(): Passkeys {
  return {
    async registration(party, { id, label, name, has }) {
      const options = await generateRegistrationOptions({
        rpName: NAME,
        rpID: party.id,
        userID: handleOf(id),
        userName: label,
        userDisplayName: name,
        attestationType: 'none',
        excludeCredentials: has.map(({ credentialId, transports }) => ({ id: credentialId, transports: transportsOf(transports) })),
        authenticatorSelection: SELECTION,
      });
      return { challenge: options.challenge, options: { ...options } };
    },

    async authentication(party) {
      const options = await generateAuthenticationOptions({ rpID: party.id, userVerification: SELECTION.userVerification });
      return { challenge: options.challenge, options: { ...options } };
    },

    challengeOf({ response }) {
      try {
        return ClientData.parse(JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString())).challenge;
      } catch {
        return null;
      }
    },

    checkNew(party, passkey, challenge) {
      const check = async () => {
        const { verified, registrationInfo } = await verifyRegistrationResponse({
          response: passkey,
          expectedChallenge: challenge,
          expectedOrigin: party.origin,
          expectedRPID: party.id,
          requireUserVerification: true,
        });
        if (!verified) return null;
        const { id, publicKey, counter } = registrationInfo.credential;
        const transports = (passkey.response.transports ?? []).filter((name) => /^[a-z-]+$/.test(name)).join(',');
        return { credentialId: id, publicKey: toBase64Url(publicKey), counter, transports };
      };
      return unlessRefused(check());
    },

    checkProof(party, proof, challenge, { credentialId, publicKey, counter, transports }) {
      const check = async () => {
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: proof,
          expectedChallenge: challenge,
          expectedOrigin: party.origin,
          expectedRPID: party.id,
          requireUserVerification: true,
          credential: { id: credentialId, publicKey: fromBase64Url(publicKey), counter, transports: transportsOf(transports) },
        });
        return verified ? { counter: authenticationInfo.newCounter } : null;
      };
      return unlessRefused(check());
    },

    ownerOf({ response: { userHandle } }) {
      const text = userHandle === undefined ? '' : Buffer.from(userHandle, 'base64url').toString();
      return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null;
    },
  };
}
