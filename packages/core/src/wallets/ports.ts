import type { WalletPurpose } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly wallets: WalletsRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    readonly walletProofs: WalletProofs;
  }
  interface PureServices {
    readonly walletMessages: WalletMessages;
  }
  interface Settings {
    readonly wallets: WalletSettings;
  }
}

export interface WalletRow {
  /** Lower case. */
  address: string;
  userId: number;
  chainId: number;
  linkedAt: Date;
}

export interface WalletNonceRow {
  nonceHash: string;
  purpose: string;
  /** Whose session asked for it; null for signing in. */
  sessionId: string | null;
  expiresAt: Date;
  usedAt: Date | null;
}

export interface WalletsRepository {
  find(address: string): Promise<WalletRow | null>;
  /** Oldest first. */
  listOf(userId: number): Promise<WalletRow[]>;
  /** @throws AppError WALLET_TAKEN */
  link(wallet: WalletRow): Promise<void>;
  /** False when it is not on that account. */
  unlink(address: string, userId: number): Promise<boolean>;

  createNonce(nonce: Omit<WalletNonceRow, 'purpose' | 'usedAt'> & { purpose: WalletPurpose }, at: Date): Promise<void>;
  findNonce(nonceHash: string): Promise<WalletNonceRow | null>;
  /** Uses it up. False when that has been done, or it has expired. */
  useNonce(nonceHash: string, at: Date): Promise<boolean>;
  /** Deletes nonces that expired before. Returns how many. */
  purgeNonces(before: Date): Promise<number>;
}

/** The fields of a message by EIP-4361, as far as we use them. */
export interface WalletMessage {
  domain: string;
  uri: string;
  /** With its checksum when {@link WalletMessages.compose} is given it; as it was written when it was read. */
  address: string;
  statement: string;
  chainId: number;
  nonce: string;
  issuedAt: Date;
  expirationTime: Date;
  notBefore?: Date | undefined;
}

/** Writes and reads the messages that wallets sign (EIP-4361). No I/O. */
export interface WalletMessages {
  /** The address with its checksum (EIP-55). */
  checksum(address: string): string;
  newNonce(): { nonce: string; hash: string };
  hashNonce(nonce: string): string;
  compose(message: WalletMessage): string;
  /** Null when it is no such message, or has more in it than the fields say. */
  read(text: string): WalletMessage | null;
}

export interface WalletProofs {
  /**
   * Verifies who signed: the key of the address, or the contract at that address, which is asked on its chain.
   * @throws AppError WALLET_WRONG_SIGNATURE, WALLET_CONTRACT_UNSUPPORTED, WALLET_NOT_CHECKED
   */
  verify(proof: { address: string; chainId: number; message: string; signature: string }): Promise<'key' | 'contract'>;
}

export interface WalletSettings {
  /** Whether anybody may sign in with a wallet: it needs to be known by which address people reach us. */
  readonly offered: boolean;
  readonly chainIds: readonly number[];
  readonly signatureTimeoutS: number;
}
