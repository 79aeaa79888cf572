import type { Tx } from '../kernel/context.ts';
import { accountChangedMessage, type AccountChange } from '../mail/messages.ts';
import type { EmailBody, EmailKind } from '../mail/ports.ts';
import { queueEmail } from '../mail/queue-email.ts';
import type { AccountRow } from './ports.ts';

/** An account with an address that its owner has confirmed. Another address may be another person's: nothing is sent there. */
export const provedAddressOf = ({ email, emailVerifiedAt }: Pick<AccountRow, 'email' | 'emailVerifiedAt'>): string | null =>
  emailVerifiedAt ? email : null;

/** Sends an e-mail to the owner of an account, where the owner has confirmed an address. */
export async function emailOwner(tx: Tx, account: AccountRow, kind: EmailKind, body: EmailBody): Promise<void> {
  const recipient = provedAddressOf(account);
  if (recipient) await queueEmail(tx, { userId: account.id, recipient }, kind, body);
}

/** Notifies the owner that the ways into the account have changed: every such change ends here. @param account as it was before */
export async function notifyOwner(tx: Tx, account: AccountRow, change: AccountChange): Promise<void> {
  tx.securityEvent('credentials-changed', { userId: account.id });
  await emailOwner(tx, account, 'account-changed', accountChangedMessage(tx.settings.publicUrl, account.fullName, change));
}
