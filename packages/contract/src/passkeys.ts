import { z } from 'zod';
import { Id, Timestamp } from './common.ts';
import { OwnerProof } from './owner-proof.ts';
import { text } from './text.ts';

const BROKEN = 'This is not what a browser answers for a passkey.';
/** Binary data, as browsers send it: base64url. @param max characters */
const binary = (max: number) =>
  z
    .string({ error: BROKEN })
    .regex(/^[A-Za-z0-9_-]+$/, BROKEN)
    .max(max, BROKEN);

/** 1023 bytes at most (WebAuthn Level 3). */
const CredentialId = binary(1364);
const CLIENT_DATA_MAX = 4000;
const ATTESTATION_MAX = 20_000;
const SIGNATURE_MAX = 10_000;
const TRANSPORT_MAX = 40;
const TRANSPORTS_MAX = 10;

const credential = <R extends z.ZodType>(response: R) =>
  z.object(
    {
      id: CredentialId,
      rawId: CredentialId,
      type: z.literal('public-key', { error: BROKEN }),
      response,
      clientExtensionResults: z.record(z.string(), z.unknown(), { error: BROKEN }).default({}),
    },
    { error: BROKEN },
  );

/** What a browser answers when it has made a passkey (RegistrationResponseJSON). */
export const NewPasskey = credential(
  z.object(
    {
      clientDataJSON: binary(CLIENT_DATA_MAX),
      attestationObject: binary(ATTESTATION_MAX),
      transports: z
        .array(z.string({ error: BROKEN }).max(TRANSPORT_MAX, BROKEN), { error: BROKEN })
        .max(TRANSPORTS_MAX, BROKEN)
        .optional(),
    },
    { error: BROKEN },
  ),
).meta({ id: 'NewPasskey' });
export type NewPasskey = z.infer<typeof NewPasskey>;

/** What a browser answers when a passkey has signed (AuthenticationResponseJSON). */
export const PasskeyProof = credential(
  z.object(
    {
      clientDataJSON: binary(CLIENT_DATA_MAX),
      authenticatorData: binary(CLIENT_DATA_MAX),
      signature: binary(SIGNATURE_MAX),
      userHandle: binary(CLIENT_DATA_MAX).optional(),
    },
    { error: BROKEN },
  ),
).meta({ id: 'PasskeyProof' });
export type PasskeyProof = z.infer<typeof PasskeyProof>;

const NAME_MAX = 60;
export const AddPasskeyInput = z
  .object({
    name: text({ name: 'A name', min: 1, max: NAME_MAX }).describe('By which its owner knows it: "Work laptop".'),
    passkey: NewPasskey,
  })
  .meta({ id: 'AddPasskeyInput' });
export type AddPasskeyInput = z.infer<typeof AddPasskeyInput>;

export const RemovePasskeyInput = OwnerProof.extend({ id: Id }).meta({ id: 'RemovePasskeyInput' });
export type RemovePasskeyInput = z.infer<typeof RemovePasskeyInput>;

export const PasskeyView = z
  .object({ id: z.int(), name: z.string(), createdAt: Timestamp, lastUsedAt: Timestamp.nullable() })
  .meta({ id: 'Passkey' });
export type PasskeyView = z.infer<typeof PasskeyView>;

/** What a browser is given to make a passkey, or to sign with one; made for `@simplewebauthn/browser`. */
export const PasskeyOptions = z
  .object({ options: z.record(z.string(), z.unknown()) })
  .meta({ id: 'PasskeyOptions', description: 'For `navigator.credentials`, as JSON (WebAuthn Level 3). Good once, for five minutes.' });
export type PasskeyOptions = z.infer<typeof PasskeyOptions>;

export const PasskeyOffer = z.object({ offered: z.boolean() });
export type PasskeyOffer = z.infer<typeof PasskeyOffer>;
