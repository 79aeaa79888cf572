import type { Role } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly accounts: AccountsRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    readonly passwords: PasswordHasher;
  }
  interface PureServices {
    readonly tokens: TokenIssuer;
  }
}

export interface AccountRow {
  id: number;
  email: string | null;
  fullName: string;
  passwordHash: string | null;
  /** When its e-mail was proved; null again with another one. */
  emailVerifiedAt: Date | null;
  createdAt: Date;
  roles: Role[];
}

export interface SessionRow {
  id: string;
  userId: number;
  tokenHash: string;
  previousHash: string | null;
  previousUntil: Date | null;
  device: string | null;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

export interface NewAccount {
  /** Null for who comes with a wallet. */
  email: string | null;
  fullName: string;
  searchName: string;
  passwordHash: string | null;
  roles: Role[];
  at: Date;
}

export interface AccountsRepository {
  /** The account that has proved an address; where none has, the one that has named it for longest. */
  findByEmail(email: string): Promise<AccountRow | null>;
  /**
   * The accounts that may sign in with an address, two at most: the one that has proved it, or has named it since before
   * `heldSince`; and the newest of those that have not proved it.
   */
  signInCandidates(email: string, heldSince: Date): Promise<AccountRow[]>;
  /** The id of the account that has proved an address; null where none has. */
  provenOwner(email: string): Promise<number | null>;
  findById(id: number): Promise<AccountRow | null>;
  /** Its address is not proved: other accounts may have the same. */
  create(account: NewAccount): Promise<AccountRow>;
  /**
   * Locks the account until the transaction ends: its sign-in methods stay as they are read from now on.
   */
  lock(id: number, at: Date): Promise<void>;
  /** Both, or neither with null. Another e-mail is one that was not proved. */
  setCredentials(id: number, credentials: { email: string; passwordHash: string } | null, at: Date): Promise<void>;
  rename(id: number, name: { fullName: string; searchName: string }, at: Date): Promise<void>;
  /** Does nothing when the role is there already. */
  grantRole(userId: number, role: Role, at: Date): Promise<void>;
  /** Accounts of an e-mail domain that can sign in with a password. */
  countWithPassword(emailDomain: string): Promise<number>;
  /** Takes the passwords of an e-mail domain's accounts away. Returns how many. */
  clearPasswords(emailDomain: string): Promise<number>;

  createSession(session: Pick<SessionRow, 'id' | 'userId' | 'tokenHash' | 'device' | 'expiresAt'>, at: Date): Promise<void>;
  findSession(id: string): Promise<SessionRow | null>;
  /** Replaces the token hash if it is still `fromHash` and the session lives. False when it is not. */
  rotateSession(id: string, fromHash: string, to: { tokenHash: string; previousUntil: Date; expiresAt: Date }, at: Date): Promise<boolean>;
  /** Ends a session of that user. False when there is no such living session. */
  revokeSession(id: string, userId: number, at: Date): Promise<boolean>;
  /** Ends all sessions of that user but one. Returns how many. */
  revokeOtherSessions(userId: number, but: string, at: Date): Promise<number>;
  listSessions(userId: number, at: Date): Promise<SessionRow[]>;
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** With no hash it takes as long and answers false: an unknown e-mail must not be recognisable by its speed. */
  verify(hash: string | null, password: string): Promise<boolean>;
}

export interface TokenIssuer {
  /** A short-lived signed token that names the user. */
  issueAccessToken(claims: { userId: number; roles: readonly Role[]; sessionId: string }, at: Date): { token: string; expiresAt: Date };
  newSessionId(): string;
  /** A refresh token for that session and the hash to keep of it. */
  newRefreshToken(sessionId: string): { token: string; hash: string };
  /** A token for a link that is good once, and the hash to keep of it. */
  newLinkToken(): { token: string; hash: string };
  hashLinkToken(token: string): string;
  /** Null when it is not a refresh token at all. */
  readRefreshToken(token: string): { sessionId: string; hash: string } | null;
}
