/**
 * What happened that matters to those who watch for attacks. In logs each is `security.<name>`, with the hash of the account and the
 * prefix of the client's address (docs/observability.md).
 */
export type SecurityEvent =
  | 'sign-in-failed'
  | 'proof-failed'
  | 'second-factor-failed'
  | 'locked'
  | 'refresh-reused'
  | 'signed-in'
  | 'signed-out'
  | 'sessions-ended'
  | 'credentials-changed'
  | 'role-changed'
  | 'data-exported'
  | 'account-deleted'
  | 'upload-infected'
  | 'csrf-refused'
  | 'token-refused'
  | 'access-refused';

/** Whom it is about: an account, or what was typed as an e-mail address where there is no account. */
export interface SecuritySubject {
  userId?: number;
  email?: string;
}

/** Reports a security event of the request; the actor is its subject by default. Never throws. */
export type ReportSecurityEvent = (event: SecurityEvent, about?: SecuritySubject) => void;
