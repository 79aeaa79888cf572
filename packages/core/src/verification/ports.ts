import type { DocumentType } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly verifications: VerificationsRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    readonly documents: DocumentServices;
  }
  interface Settings {
    /** Of one document. */
    readonly documentMaxBytes: number;
  }
}

export interface EmailLinkRow {
  tokenHash: string;
  userId: number;
  /** The address that it was sent to. */
  email: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

/** draft: documents are being added. submitted: an admin decides. The other two are final. */
export type VerificationStatusName = 'draft' | 'submitted' | 'approved' | 'rejected';

/** Papers that were handed in together. */
export interface VerificationRow {
  id: number;
  userId: number;
  status: VerificationStatusName;
  legalName: string | null;
  country: string | null;
  createdAt: Date;
  submittedAt: Date | null;
  decidedAt: Date | null;
  reason: string | null;
}

export interface DocumentRow {
  id: number;
  verificationId: number;
  storageKey: string;
  type: DocumentType;
  bytes: number;
  createdAt: Date;
}

export interface CaseRow extends VerificationRow {
  sellerName: string;
  rejectedBefore: number;
}

export interface DecidedRow extends CaseRow {
  deciderName: string;
}

export interface VerificationsRepository {
  addEmailLink(link: Omit<EmailLinkRow, 'usedAt'>): Promise<void>;
  findEmailLink(tokenHash: string): Promise<EmailLinkRow | null>;
  /** The newest one to this address of this account. */
  lastEmailLink(userId: number, email: string): Promise<EmailLinkRow | null>;
  /** When links were made since then: for this account, or to this address. Newest first. */
  emailLinksSince(who: { userId: number; email: string }, since: Date): Promise<Date[]>;
  /** Once. False when it was used or has expired. */
  useEmailLink(tokenHash: string, at: Date): Promise<boolean>;
  /**
   * The address is the account's, and proved; accounts that named it without a proof lose it. Null when the account has another one by
   * now, or another account has proved it.
   * @returns the ids of the accounts that lost it, 100 at most
   */
  verifyEmail(userId: number, email: string, at: Date): Promise<number[] | null>;
  purgeEmailLinks(before: Date): Promise<number>;

  /** What was begun or handed in last; with `decided`, what was decided last. */
  latest(userId: number, decided?: boolean): Promise<VerificationRow | null>;
  find(id: number): Promise<VerificationRow | null>;
  /** Null where there is an open one already. */
  createDraft(userId: number, at: Date): Promise<number | null>;
  /** When papers were handed in since then, newest first. */
  submissionsSince(userId: number, since: Date): Promise<Date[]>;
  /** From draft to submitted. False when it is no draft any more. */
  submit(id: number, input: { legalName: string; country: string }, at: Date): Promise<boolean>;
  /** From submitted to its end. False when another admin was faster. */
  decide(id: number, decision: { approve: boolean; reason: string | null; decidedBy: number }, at: Date): Promise<boolean>;
  waiting(limit: number): Promise<CaseRow[]>;
  countWaiting(): Promise<number>;
  decided(limit: number): Promise<DecidedRow[]>;
  /** What of a user is verified. */
  verifiedOf(userId: number): Promise<{ email: boolean; wallet: boolean; documents: boolean }>;

  /** A file that is on its way: its row comes first, so that no file is stored without one. */
  addDocument(document: Omit<DocumentRow, 'id' | 'createdAt'>, at: Date): Promise<number>;
  /** It has arrived. @param keyId of the key that sealed it; null where none did. @returns false when it is gone meanwhile */
  documentStored(id: number, keyId: string | null, at: Date): Promise<boolean>;
  /** Stored files with a greater id that another key sealed, or none, by id. */
  sealedByOthers(keyId: string, after: number, limit: number): Promise<Pick<DocumentRow, 'id' | 'storageKey'>[]>;
  /** Another key has sealed it. False when it is gone meanwhile. */
  documentSealed(id: number, keyId: string): Promise<boolean>;
  /** Those that have arrived, by the papers that they belong to. */
  documentsOf(verificationIds: readonly number[]): Promise<Map<number, DocumentRow[]>>;
  /** Files that have arrived or are on their way since. */
  countDocuments(verificationId: number, since: Date): Promise<number>;
  /** One that has arrived, and whose it is. */
  findDocument(id: number): Promise<(DocumentRow & { userId: number; status: VerificationStatusName }) | null>;
  /** Removes a document from a draft of that user; its file may be deleted. False when it is in none of theirs. */
  withdrawDocument(id: number, userId: number): Promise<boolean>;
  /** Files that may go: taken out or never arrived, decided about before, or in a draft without changes since. */
  leftovers(before: { arriving: Date; decided: Date; drafts: Date }, limit: number): Promise<Pick<DocumentRow, 'id' | 'storageKey'>[]>;
  /** Its file is gone. The row stays. */
  documentRemoved(id: number, at: Date): Promise<void>;
}

/** Private storage of documents, by keys that cannot be guessed. */
export interface DocumentServices {
  /** The key that seals now; null where the operator has set none. */
  readonly keyId: string | null;
  /** Seals a file and stores it. Returns the id of the key. */
  put(key: string, path: string, type: DocumentType): Promise<string | null>;
  /** Opens a file; null where there is none. */
  read(key: string): Promise<Uint8Array | null>;
  /** Seals a stored file with the key of now, and returns its id. Null where there is no file, or no known key opens it. */
  reseal(key: string): Promise<string | null>;
  /** Does nothing where there is none. */
  delete(key: string): Promise<void>;
  newKey(): string;
  /** What a file is by its content. @throws AppError DOCUMENT_TYPE_UNSUPPORTED */
  typeOf(path: string): Promise<DocumentType>;
}
