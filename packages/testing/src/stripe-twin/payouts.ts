import { requireAccount } from './accounts.ts';
import { invalid, type Books, type StripeObject } from './books.ts';
import { recordOf, textOf, type Form } from './form.ts';

const PLATFORM = 'platform';

interface Transfer {
  amount: number;
  amount_reversed: number;
  currency: string;
  destination: string;
}
interface Payout {
  amount: number;
  currency: string;
  account: string;
}

function amountOf(books: Books, form: Form, account: string): { amount: number; currency: string } {
  const [amount, currency] = [Number(textOf(form, 'amount')), textOf(form, 'currency')];
  if (!Number.isSafeInteger(amount) || amount < 1) throw invalid('Invalid integer.', 'parameter_invalid_integer');
  if (books.balance(account, currency) < amount)
    throw invalid('You have insufficient funds in your Stripe account.', 'balance_insufficient');
  return { amount, currency };
}

/** Moves money from the marketplace to the balance of a connected account. */
export function createTransfer(books: Books, form: Form): StripeObject {
  const destination = textOf(form, 'destination');
  requireAccount(books, destination, { pays: false });
  const { amount, currency } = amountOf(books, form, PLATFORM);
  const group = textOf(form, 'transfer_group') || null;
  const made = { amount, amount_reversed: 0, currency, destination, transfer_group: group, metadata: recordOf(form, 'metadata') };
  const transfer = books.create('tr', 'transfer', made);
  books.move({ kind: 'transfer', object: transfer.id, account: PLATFORM, amount: -amount, currency });
  books.move({ kind: 'transfer', object: transfer.id, account: destination, amount, currency });
  books.say('transfer.created', transfer);
  return transfer;
}

export function reverseTransfer(books: Books, transfer: StripeObject, form: Form): StripeObject {
  const { amount: whole, amount_reversed: reversed, currency, destination } = transfer as unknown as Transfer;
  const amount = textOf(form, 'amount') ? Number(textOf(form, 'amount')) : whole - reversed;
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > whole - reversed)
    throw invalid('The amount is greater than what is left of the transfer.', 'amount_too_large');
  if (books.balance(destination, currency) < amount)
    throw invalid('The account has insufficient funds to reverse this transfer.', 'balance_insufficient');
  transfer.amount_reversed = reversed + amount;
  const reversal = books.create('trr', 'transfer_reversal', {
    amount,
    currency,
    transfer: transfer.id,
    metadata: recordOf(form, 'metadata'),
  });
  books.move({ kind: 'transfer-reversal', object: reversal.id, account: destination, amount: -amount, currency });
  books.move({ kind: 'transfer-reversal', object: reversal.id, account: PLATFORM, amount, currency });
  books.say('transfer.reversed', transfer);
  return reversal;
}

/** Moves money from a balance to a bank. It is on its way until {@link payoutArrived} or {@link payoutReturned}. */
export function createPayout(books: Books, form: Form, account: string): StripeObject {
  requireAccount(books, account, { pays: true });
  const { amount, currency } = amountOf(books, form, account);
  const made = { amount, currency, status: 'pending', failure_code: null, metadata: recordOf(form, 'metadata'), account };
  const payout = books.create('po', 'payout', made);
  books.move({ kind: 'payout', object: payout.id, account, amount: -amount, currency });
  books.say('payout.created', payout, account);
  return payout;
}

export function payoutArrived(books: Books, id: string): StripeObject {
  const payout = books.find(id, 'payout');
  if (payout.status !== 'pending') throw invalid(`${id} is ${String(payout.status)}.`);
  payout.status = 'paid';
  books.say('payout.paid', payout, payout.account as string);
  return payout;
}

/** The bank refuses a payout, or returns it days after it was paid: the money is back in the balance. */
export function payoutReturned(books: Books, id: string): StripeObject {
  const payout = books.find(id, 'payout');
  if (payout.status === 'failed') throw invalid(`${id} has failed already.`);
  Object.assign(payout, { status: 'failed', failure_code: 'account_closed', failure_message: 'The bank account has been closed.' });
  const { account, amount, currency } = payout as unknown as Payout;
  books.move({ kind: 'payout-returned', object: id, account, amount, currency });
  books.say('payout.failed', payout, account);
  return payout;
}
