declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly emails: EmailsRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    readonly mailer: Mailer;
  }
}

/** What an e-mail is about. */
export type EmailKind = 'verify-email' | 'verification-approved' | 'verification-rejected' | 'payout-changed';

/** The words of an e-mail: the same as plain text and as HTML. */
export interface EmailWords {
  subject: string;
  text: string;
  html: string;
}

export interface NewEmail extends EmailWords {
  kind: EmailKind;
  userId: number;
  recipient: string;
  /** Of the request that caused it. */
  requestId: string;
}

export interface QueuedEmail extends EmailWords {
  id: number;
  kind: EmailKind;
  recipient: string;
  /** This one included. */
  attempts: number;
}

export interface EmailsRepository {
  enqueue(email: NewEmail, at: Date): Promise<void>;
  /** Takes the one that waits longest, or one whose process was not heard of. Null when there is none. */
  claim(holder: string, at: Date, leaseUntil: Date): Promise<QueuedEmail | null>;
  /** It is over, its words are forgotten. False when it is no longer this holder's. */
  settle(id: number, holder: string, outcome: { status: 'sent' | 'dead'; failure: string | null }, at: Date): Promise<boolean>;
  /** Back into the queue, not before `notBefore`. False when it is no longer this holder's. */
  postpone(id: number, holder: string, notBefore: Date, failure: string): Promise<boolean>;
  /** Deletes what was sent, or given up, before. Returns how many. */
  forgetSettled(before: Date): Promise<number>;
}

/** How it went with one e-mail. `permanent`: another try would end the same way. */
export type MailResult = { sent: true } | { sent: false; permanent: boolean; reason: string };

/** Takes e-mail to where it is delivered. */
export interface Mailer {
  /** Never throws. `id` makes the Message-ID, the same for each try. */
  send(email: EmailWords & { id: number; recipient: string }): Promise<MailResult>;
}
