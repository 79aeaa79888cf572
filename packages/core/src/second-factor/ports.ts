import type { SecondFactor } from '@assay/contract';
import type { Seal } from '../kernel/seal.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly secondFactor: SecondFactorRepository;
  }
}

declare module '../kernel/context.ts' {
  interface PureServices {
    readonly secondFactor: SecondFactorServices;
  }
}

export interface AuthenticatorAppRow {
  userId: number;
  /** The secret, as {@link Seal} made it. */
  sealed: string;
  keyId: string;
  /** Which session set it up. */
  sessionId: string;
  createdAt: Date;
  /** Null until a code of the app has confirmed it. */
  enabledAt: Date | null;
  /** The time step of the last code that was accepted. */
  lastStep: number;
}

export interface SecondFactorRepository {
  /** The app of an account, also one that is not confirmed. */
  findApp(userId: number): Promise<AuthenticatorAppRow | null>;
  /** Begins to set an app up, in place of another one that was not confirmed. In a transaction that holds the account. */
  setUpApp(app: Pick<AuthenticatorAppRow, 'userId' | 'sealed' | 'keyId' | 'sessionId'>, at: Date): Promise<void>;
  /** Enables the app that was set up, by a code of that time step. False where it is another one by now, or is enabled. */
  enableApp(app: Pick<AuthenticatorAppRow, 'userId' | 'sealed'>, step: number, at: Date): Promise<boolean>;
  /** Uses the code of a time step up. False where it, or a later one, was used before. */
  useStep(userId: number, step: number): Promise<boolean>;
  /** Removes the app and the recovery codes. False where there was no app. */
  remove(userId: number): Promise<boolean>;
  /** Those of accounts with a greater id that another key sealed, by account. */
  sealedByOthers(keyId: string, after: number, limit: number): Promise<AuthenticatorAppRow[]>;
  /** The same secret under another key. False when it was changed meanwhile. */
  reseal(app: Pick<AuthenticatorAppRow, 'userId' | 'sealed'>, to: Pick<AuthenticatorAppRow, 'sealed' | 'keyId'>): Promise<boolean>;

  /** New recovery codes in place of all before. */
  replaceRecoveryCodes(userId: number, hashes: readonly string[]): Promise<void>;
  /** Codes that are not used. */
  countRecoveryCodes(userId: number): Promise<number>;
  /** The hash of a code that is not used, by its number. */
  findRecoveryCode(userId: number, number: number): Promise<string | null>;
  /** Uses a code up. False where that has been done. */
  useRecoveryCode(userId: number, number: number, hash: string, at: Date): Promise<boolean>;

  /** Notes the second factor that a session has proved. */
  markSession(sessionId: string, factor: SecondFactor): Promise<void>;
  /** Sessions of the account that were opened with these do not count as such any more. */
  unmarkSessions(userId: number, factors: readonly SecondFactor[]): Promise<void>;
}

/** What an authenticator app and a recovery code are made of. No I/O. */
export interface SecondFactorServices {
  /** Keeps the secrets of authenticator apps; null where the operator has set no key. */
  readonly seal: Seal<string> | null;
  /** A new secret of 160 bits, in base32. */
  newSecret(): string;
  /** What an app reads: the otpauth address, and the same as a QR code in SVG. @param label names the account in the app */
  describe(secret: string, label: string): { uri: string; qr: string };
  /** The time step of a code that the app shows at that moment, or one step (30 seconds) before or after; null where it is none. */
  stepOf(secret: string, code: string, at: Date): number | null;
  /** Ten new recovery codes; the first character of each is its number. */
  newRecoveryCodes(): string[];
}
