import type { Seal } from '../kernel/seal.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly payoutDetails: PayoutDetailsRepository;
  }
}

declare module '../kernel/context.ts' {
  interface PureServices {
    readonly payouts: PayoutServices;
  }
}

export interface PayoutDetailsRow {
  userId: number;
  method: 'bank' | 'crypto';
  /** What {@link PayoutSeal.seal} made. */
  sealed: string;
  keyId: string;
  masked: string;
  currency: string | null;
  version: number;
  updatedAt: Date;
}

export interface PayoutDetailsRepository {
  find(userId: number): Promise<PayoutDetailsRow | null>;
  /** In a transaction that holds the account. */
  save(details: Omit<PayoutDetailsRow, 'version' | 'updatedAt'>, at: Date): Promise<void>;
  /** False when there were none. */
  remove(userId: number): Promise<boolean>;
  /** Those of accounts with a greater id that another key sealed, by account. */
  sealedByOthers(keyId: string, after: number, limit: number): Promise<PayoutDetailsRow[]>;
  /** The same under another key. False when they were changed meanwhile. */
  reseal(details: Pick<PayoutDetailsRow, 'userId' | 'version' | 'sealed' | 'keyId'>): Promise<boolean>;
}

/** What is kept, sealed, of a payout's destination. */
export type PayoutDestination =
  { method: 'bank'; holder: string; iban: string; bic: string | null } | { method: 'crypto'; wallet: string; currency: string };

export type PayoutSeal = Seal<PayoutDestination>;

/** What is known about bank accounts. */
export interface BankAccounts {
  /** Without spaces, in upper case; null when no bank has it. */
  iban(text: string): string | null;
  bic(text: string): string | null;
}

export interface PayoutServices {
  /** Null where the operator has set no key. */
  readonly seal: PayoutSeal | null;
  readonly banks: BankAccounts;
}
