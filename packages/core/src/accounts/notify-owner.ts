import type { Tx } from '../kernel/context.ts';
import { accountChangedMessage, type AccountChange } from '../mail/messages.ts';
import { queueEmail } from '../mail/queue-email.ts';
import type { AccountRow } from './ports.ts';

/** An account with an address that its owner has confirmed. Another address may be another person's: nothing is sent there. */
export const provedAddressOf = ({ email, emailVerifiedAt }: Pick<AccountRow, 'email' | 'emailVerifiedAt'>): string | null =>
  emailVerifiedAt ? email : null;

/** Notifies the owner by e-mail that the ways into the account have changed. @param account as it was before the change */
export async function notifyOwner(tx: Tx, account: AccountRow, change: AccountChange): Promise<void> {
  const recipient = provedAddressOf(account);
  if (!recipient) return;
  await queueEmail(
    tx,
    { userId: account.id, recipient },
    'account-changed',
    accountChangedMessage(tx.settings.publicUrl, account.fullName, change),
  );
}
