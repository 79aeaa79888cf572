import type { NewPasskey, PasskeyProof } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly passkeys: PasskeysRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    readonly passkeys: Passkeys;
  }
}

export interface PasskeyRow {
  id: number;
  userId: number;
  /** As browsers write it: base64url. */
  credentialId: string;
  /** COSE, in base64url. */
  publicKey: string;
  /** How often it has signed, by its own count; 0 where it does not count. */
  counter: number;
  /** How browsers reach it, with commas. */
  transports: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export interface PasskeyChallengeRow {
  challengeHash: string;
  purpose: 'register' | 'sign-in';
  /** Whose session asked for it; null for signing in. */
  sessionId: string | null;
  expiresAt: Date;
  usedAt: Date | null;
}

export interface PasskeysRepository {
  /** Oldest first. */
  listOf(userId: number): Promise<PasskeyRow[]>;
  /** By the hash of the id of its credential. */
  find(credentialHash: string): Promise<PasskeyRow | null>;
  /** Returns its id. @throws AppError PASSKEY_TAKEN */
  add(passkey: Omit<PasskeyRow, 'id' | 'createdAt' | 'lastUsedAt'> & { credentialHash: string }, at: Date): Promise<number>;
  /** Notes a use. False where the counter is another one by now, or the passkey is gone. */
  use(passkey: Pick<PasskeyRow, 'id' | 'counter'>, counter: number, at: Date): Promise<boolean>;
  /** False when it is not on that account. */
  remove(id: number, userId: number): Promise<boolean>;
  /** Returns how many there were. */
  removeAll(userId: number): Promise<number>;

  createChallenge(challenge: Omit<PasskeyChallengeRow, 'usedAt'>, at: Date): Promise<void>;
  findChallenge(challengeHash: string): Promise<PasskeyChallengeRow | null>;
  /** Uses it up. False when that has been done, or it has expired. */
  useChallenge(challengeHash: string, at: Date): Promise<boolean>;
  /** Deletes challenges that expired before. Returns how many. */
  purgeChallenges(before: Date): Promise<number>;
}

/** The party that passkeys are made for: our origin, and its host. */
export interface RelyingParty {
  origin: string;
  id: string;
}

/** What a new passkey is made for. */
export interface NewPasskeyOwner {
  id: number;
  /** E-mail address or name, which the browser shows. */
  label: string;
  name: string;
  /** Passkeys that the account has: none of them is made again. */
  has: readonly PasskeyRow[];
}

/** Makes and checks what browsers exchange for passkeys (WebAuthn). */
export interface Passkeys {
  /** A challenge, and the options for a browser to make a passkey. The person is verified: by fingerprint, face or PIN. */
  registration(party: RelyingParty, owner: NewPasskeyOwner): Promise<{ challenge: string; options: Record<string, unknown> }>;
  /** The same for signing with one that the browser offers. */
  authentication(party: RelyingParty): Promise<{ challenge: string; options: Record<string, unknown> }>;
  /** The challenge that a browser's answer says it is for; null where it cannot be read. */
  challengeOf(answer: NewPasskey | PasskeyProof): string | null;
  /** What is to be kept of a new passkey; null where the answer does not hold. */
  checkNew(
    party: RelyingParty,
    passkey: NewPasskey,
    challenge: string,
  ): Promise<Pick<PasskeyRow, 'credentialId' | 'publicKey' | 'counter' | 'transports'> | null>;
  /** The counter of a passkey that has signed; null where the signature does not hold or the counter goes back. */
  checkProof(party: RelyingParty, proof: PasskeyProof, challenge: string, passkey: PasskeyRow): Promise<{ counter: number } | null>;
  /** The account that a signature says it is for, as {@link registration} named it; null where it says none. */
  ownerOf(proof: PasskeyProof): number | null;
}
