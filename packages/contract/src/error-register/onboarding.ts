import { entry } from './entry.ts';

/** New sellers: e-mail links, documents, payout details and the steps of opening a store. */
export const ONBOARDING_ERRORS = {
  EMAIL_MISSING: entry('The account came in with a wallet and has no e-mail.', 'Offer to add one with `POST /api/v1/auth/password`.'),
  EMAIL_ALREADY_VERIFIED: entry('A link that was sent to this address was used.', 'Read `GET /api/v1/verification` again.'),
  EMAIL_LINK_INVALID: entry(
    'The link is unknown, was used, is older than 24 hours, or the account has another address by now.',
    'Offer to send another one.',
    'From many people: their mail arrives late. Look at `marketplace_emails_total` and at the mail server.',
  ),
  EMAIL_LINK_LIMIT: entry(
    'One link a minute and five a day are sent, for each account and to each address.',
    'Wait as long as `Retry-After` says.',
    'From many people: their mail does not arrive. Look at `marketplace_emails_total` and at the mail server.',
  ),
  OWN_VERIFICATION: entry('An admin who sells tried to decide about their own documents.', 'Leave it to another admin.'),
  VERIFICATION_NOT_FOUND: entry('No documents with this number were handed in.', 'Read the queue again.'),
  VERIFICATION_CLOSED: entry('The documents wait for a decision, or were accepted.', 'Show their state; offer nothing to change.'),
  VERIFICATION_DECIDED: entry('Another admin was faster, or the documents were withdrawn.', 'Read the queue again.'),
  VERIFICATION_LIMIT: entry('Documents were handed in five times within 30 days.', 'Wait as long as `Retry-After` says.'),
  TOO_MANY_DOCUMENTS: entry('There are five files already.', 'Offer to take one out.'),
  DOCUMENT_NOT_FOUND: entry(
    'There is no such file for this account: it belongs to another account, was removed, or went 30 days after the decision.',
    'Read the list again.',
  ),
  DOCUMENT_TYPE_UNSUPPORTED: entry('By its content the file is none of PDF, JPEG, PNG and WebP.', 'Ask for another file.'),
  PAYOUT_ACCOUNTS_NOT_OFFERED: entry(
    'Sellers cannot be paid through a provider here, or only through another one.',
    'Offer a bank account instead.',
    'Set `PAYOUT_PROVIDER=stripe` beside `PAYMENT_PROVIDER=stripe`.',
  ),
  PAYOUT_NOT_SET_UP: entry(
    'There is no key to seal payout details with.',
    'Say that payouts are not set up here.',
    'Set `PAYOUT_DETAILS_KEY`: `openssl rand -base64 32`.',
  ),
  PAYOUT_NOT_FOUND: entry('No payout of this account has this number.', 'Read the list of payouts again.'),
  PAYOUT_FILE_NOT_FOUND: entry('No bank file has this number, or it was cancelled.', 'Read the list of bank files again.'),
  PAYOUT_SETTLED: entry(
    'The payout is in a state that this does not follow: another admin or a bank statement was faster.',
    'Read the payout again and show its state.',
  ),
  PAYOUT_AT_PROVIDER: entry(
    'The payment provider sends this payout, and its outcome is known or under way: saying how it ended could pay it twice.',
    'Offer to look it up.',
  ),
  PAYOUT_FILE_CHANGED: entry(
    'A seller in the file has changed the payout details since it was made: written again, it would pay another account.',
    'Offer to cancel the file.',
    'If the bank has the first file, import its statement. If it has none, cancel the file and make another one.',
  ),
  PAYOUT_BANK_MISSING: entry(
    'The account that bank files pay from is not configured.',
    'Say that payouts are made by hand here.',
    'Set `PAYOUT_BANK_HOLDER` and `PAYOUT_BANK_IBAN`.',
  ),
  NO_PAYOUTS_WAITING: entry(
    'No pending payout in euros can go into a bank file: there is none, its seller is on hold, or its payout details cannot be used.',
    'Show the list of payouts.',
  ),
  DEBT_TOO_SMALL: entry('More was to be written off than the seller owes in that currency.', 'Read what the seller owes again.'),
  ONBOARDING_INCOMPLETE: entry('The store was not opened: it has no profile.', 'Lead to the profile step.'),
  ONBOARDING_STEP_NEEDED: entry('The profile cannot be left for later: it is what opens a store.', 'Lead to that step.'),
};
