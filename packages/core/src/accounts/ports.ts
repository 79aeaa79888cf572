import type { Role, SecondFactor } from '@assay/contract';

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
  interface Settings {
    /** The longest life of a session, in milliseconds, however often it is used. */
    readonly sessionMaxMs: number;
  }
}

export interface AccountRow {
  id: number;
  email: string | null;
  fullName: string;
  passwordHash: string | null;
  /** When its e-mail was proved; null again with another one. */
  emailVerifiedAt: Date | null;
  /** Since when an admin has disabled it; null where it is not disabled. */
  disabledAt: Date | null;
  /** When it was deleted: nothing of a person is left in it. Null for all others. */
  deletedAt: Date | null;
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
  /** The second factor that it was opened with. */
  secondFactor: string | null;
}

/** Who a session stands for, with the roles of now. */
export interface SessionOwner {
  userId: number;
  roles: Role[];
  expiresAt: Date;
  /** The second factor that the session was opened with. */
  secondFactor: string | null;
}

/** By what an admin looks accounts up. */
export type AccountSearch = { id: number } | { email: string } | { wallet: string } | { name: string };

/** An account as admins see it. */
export interface PersonRow extends Pick<
  AccountRow,
  'id' | 'email' | 'fullName' | 'roles' | 'emailVerifiedAt' | 'disabledAt' | 'createdAt'
> {
  /** Living ones. */
  sessions: number;
  wallets: number;
}

/** How many accounts have what; one may have several, `total` counts it once. */
export interface UsableAccounts {
  passwords: number;
  sessions: number;
  wallets: number;
  roles: number;
  total: number;
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
  /** Accounts by one of their marks; by the beginning of the folded name, in order of the name. */
  search(by: AccountSearch, max: number, at: Date): Promise<PersonRow[]>;
  /** Its address is not proved: other accounts may have the same. */
  create(account: NewAccount): Promise<AccountRow>;
  /**
   * Locks the account until the transaction ends: its sign-in methods stay as they are read from now on.
   */
  lock(id: number, at: Date): Promise<void>;
  /** Both, or neither with null. Another e-mail is one that was not proved. */
  setCredentials(id: number, credentials: { email: string; passwordHash: string } | null, at: Date): Promise<void>;
  /** Another address, which is not proved. */
  setEmail(id: number, email: string, at: Date): Promise<void>;
  rename(id: number, name: { fullName: string; searchName: string }, at: Date): Promise<void>;
  /** Does nothing when the role is there already. */
  grantRole(userId: number, role: Role, at: Date): Promise<void>;
  /** Takes a role away. False when the account has not got it. */
  revokeRole(userId: number, role: Role): Promise<boolean>;
  /** Disables the account, or enables it with null. False when it is so already. */
  setDisabled(userId: number, at: Date | null): Promise<boolean>;
  /** Accounts of an e-mail domain that can still be used: by a password, a living session, a wallet, or that have one of the roles. */
  countUsable(emailDomain: string, roles: readonly Role[], at: Date): Promise<UsableAccounts>;
  /** Disables the accounts of an e-mail domain, and removes their passwords, wallets and those roles. Returns their ids. */
  lockDomain(emailDomain: string, roles: readonly Role[], at: Date): Promise<number[]>;

  createSession(
    session: Pick<SessionRow, 'id' | 'userId' | 'tokenHash' | 'device' | 'expiresAt'> & { secondFactor: SecondFactor | null },
    at: Date,
  ): Promise<void>;
  findSession(id: string): Promise<SessionRow | null>;
  /** Who a living session stands for. Null when it has ended, or its account is disabled. */
  findSessionOwner(id: string, at: Date): Promise<SessionOwner | null>;
  /** Replaces the token hash if it is still `fromHash` and the session lives. False when it is not. */
  rotateSession(id: string, fromHash: string, to: { tokenHash: string; previousUntil: Date; expiresAt: Date }, at: Date): Promise<boolean>;
  /** Ends a session of that user. False when there is no such living session. */
  revokeSession(id: string, userId: number, at: Date): Promise<boolean>;
  /** Ends the living sessions of that user, all or all but one. Returns how many. */
  revokeSessions(userId: number, but: string | null, at: Date): Promise<number>;
  /** Ends those living sessions of that user that were not used for longest, so that `keep` stay. Returns how many ended. */
  revokeOldestSessions(userId: number, keep: number, at: Date): Promise<number>;
  listSessions(userId: number, at: Date): Promise<SessionRow[]>;
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** With no hash it takes as long and answers false: an unknown e-mail must not be recognisable by its speed. */
  verify(hash: string | null, password: string): Promise<boolean>;
}

/** Whose first factor was right. */
export interface SignInChallengeClaims {
  userId: number;
  /** Of the sign-in methods of the account as they were. */
  stamp: string;
  /** Of the browser that signs in. */
  device: string;
}

export interface TokenIssuer {
  /** A short-lived signed token that names the user and the session. Rights are looked up, so it has none. */
  issueAccessToken(claims: { userId: number; sessionId: string }, at: Date): { token: string; expiresAt: Date };
  newSessionId(): string;
  /** A refresh token for that session and the hash to keep of it. */
  newRefreshToken(sessionId: string): { token: string; hash: string };
  /** A token for a link that is good once, and the hash to keep of it. */
  newLinkToken(): { token: string; hash: string };
  hashLinkToken(token: string): string;
  /** A signed text that says whose first factor was right, and on which browser, until it expires. */
  issueSignInChallenge(claims: SignInChallengeClaims, expiresAt: Date): string;
  /** Null when it is not one of ours, was changed or has expired. */
  readSignInChallenge(token: string, at: Date): SignInChallengeClaims | null;
  /** Null when it is not a refresh token at all. `issuedHere`: it carries our seal, so it was a token of that session once. */
  readRefreshToken(token: string): { sessionId: string; hash: string; issuedHere: boolean } | null;
}
