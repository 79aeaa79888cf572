import type { EmailKind } from '@assay/contract';

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

export type { EmailKind };

/** The words of an e-mail: the same as plain text and as HTML. */
export interface EmailBody {
  subject: string;
  text: string;
  html: string;
}

export interface NewEmail extends EmailBody {
  kind: EmailKind;
  /** Null where the account is gone. */
  userId: number | null;
  recipient: string;
  /** Of the request that caused it. */
  requestId: string;
}

export interface QueuedEmail extends EmailBody {
  id: number;
  kind: EmailKind;
  recipient: string;
}

export interface EmailsRepository {
  /** Returns its id. */
  insert(email: NewEmail, at: Date): Promise<number>;
  /**
   * Begins an attempt to send it.
   * @returns null when it is sent or given up; 'held' while a process of an earlier version of the product sends it
   */
  begin(id: number, at: Date): Promise<QueuedEmail | 'held' | null>;
  /** It waits for another attempt. False when it was settled meanwhile. */
  postpone(id: number, failure: string): Promise<boolean>;
  /** It is sent or given up, and its text is erased; the last one of a deleted account goes altogether. Returns its kind; null when it was settled before. */
  settle(id: number, outcome: { status: 'sent' | 'dead'; failure: string | null }, at: Date): Promise<EmailKind | null>;
  /** Deletes what was sent, or given up, before. Returns how many. */
  purgeSettled(before: Date): Promise<number>;
  /** E-mails that an earlier version of the product queued: they have no task yet. */
  withoutTask(at: Date, limit: number): Promise<number[]>;
}

/** How it went with one e-mail. `permanent`: another try would end the same way. */
export type MailResult = { sent: true } | { sent: false; permanent: boolean; reason: string };

/** Takes e-mail to where it is delivered. */
export interface Mailer {
  /** Never throws. `id` makes the Message-ID, the same for each try. */
  send(email: EmailBody & { id: number; recipient: string }): Promise<MailResult>;
  /** Deletes what was written into files for these addresses; what a server has sent is out of reach. */
  forget(addresses: readonly string[]): Promise<void>;
}
