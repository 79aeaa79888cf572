import type { Tx } from '../kernel/context.ts';
import type { EmailKind, EmailBody } from './ports.ts';
import { emailKey } from './send-email.ts';

/** Queues an e-mail in the change that causes it: it is sent when that is committed, and only then. */
export async function queueEmail(
  tx: Tx,
  to: { userId: number | null; recipient: string },
  kind: EmailKind,
  words: EmailBody,
): Promise<void> {
  const emailId = await tx.repos.emails.insert({ ...words, ...to, kind, requestId: tx.requestId }, tx.at);
  await tx.enqueue('email.send', { emailId }, { key: emailKey(emailId) });
}
