import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const PRESENT = 1;
const VERIFIED = 4;
const ATTESTED = 64;
const uint16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

// CBOR, as far as an authenticator needs it: text and bytes of less than 65,536, and maps of few entries.
const cborText = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
const cborBytes = (bytes: Buffer) =>
  Buffer.concat([bytes.length < 256 ? Buffer.from([0x58, bytes.length]) : Buffer.from([0x59, ...uint16(bytes.length)]), bytes]);
const cborMap = (...entries: [Buffer, Buffer][]) => Buffer.concat([Buffer.from([0xa0 + entries.length]), ...entries.flat()]);
const cborInteger = (value: number) => Buffer.from([value < 0 ? 0x20 - 1 - value : value]);

/** What an answer may be made to say wrongly. */
interface Wrong {
  origin?: string;
  rpId?: string;
  /** Whether the person was verified, by PIN or finger. */
  verified?: boolean;
  counter?: number;
  userHandle?: string;
}

/** A passkey in software: what a browser and its authenticator answer, with a P-256 key. */
export function newPasskey(origin: string, rpId = new URL(origin).hostname) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const credentialId = randomBytes(32);
  const id = credentialId.toString('base64url');
  let counter = 0;
  let userHandle = '';

  const cose = cborMap(
    [cborInteger(1), cborInteger(2)], // kty: EC2
    [cborInteger(3), cborInteger(-7)], // alg: ES256
    [cborInteger(-1), cborInteger(1)], // crv: P-256
    [cborInteger(-2), cborBytes(Buffer.from(x!, 'base64url'))],
    [cborInteger(-3), cborBytes(Buffer.from(y!, 'base64url'))],
  );
  const clientData = (type: string, challenge: string, wrong: Wrong) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: wrong.origin ?? origin, crossOrigin: false }));
  const authenticatorData = (flags: number, wrong: Wrong, rest = Buffer.alloc(0)) => {
    const person = wrong.verified === false ? PRESENT : PRESENT | VERIFIED;
    return Buffer.concat([sha256(wrong.rpId ?? rpId), Buffer.from([flags | person]), uint32(wrong.counter ?? ++counter), rest]);
  };
  const credential = { id, rawId: id, type: 'public-key', clientExtensionResults: {} } as const;

  return {
    id,
    /** Answers navigator.credentials.create(). */
    create({ challenge, user }: { challenge: string; user: { id: string } }, wrong: Wrong = {}) {
      userHandle = user.id;
      const attested = Buffer.concat([Buffer.alloc(16), uint16(credentialId.length), credentialId, cose]);
      const attestationObject = cborMap(
        [cborText('fmt'), cborText('none')],
        [cborText('attStmt'), cborMap()],
        [cborText('authData'), cborBytes(authenticatorData(ATTESTED, wrong, attested))],
      );
      const clientDataJSON = clientData('webauthn.create', challenge, wrong).toString('base64url');
      const response = { clientDataJSON, attestationObject: attestationObject.toString('base64url'), transports: ['internal'] };
      return { ...credential, response };
    },
    /** Answers navigator.credentials.get(). */
    sign({ challenge }: { challenge: string }, wrong: Wrong = {}) {
      const clientDataJSON = clientData('webauthn.get', challenge, wrong);
      const data = authenticatorData(0, wrong);
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(clientDataJSON)]))
        .sign(privateKey);
      const response = {
        clientDataJSON: clientDataJSON.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: wrong.userHandle ?? userHandle,
      };
      return { ...credential, response };
    },
  };
}
