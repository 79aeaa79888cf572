import { Refusal, invalid, type Books, type StripeObject } from './books.ts';
import { isOpen } from './disputes.ts';
import { recordOf, textOf, type Form } from './form.ts';

const PLATFORM = 'platform';

/** What a payment method of Stripe's test mode leads to. */
const METHODS: Readonly<Record<string, 'succeeds' | 'declines' | 'asks' | 'processes'>> = {
  pm_card_visa: 'succeeds',
  pm_card_chargeDeclined: 'declines',
  pm_card_threeDSecure2Required: 'asks',
  pm_sepaDebit: 'processes',
};

const DECLINE = { code: 'card_declined', message: 'Your card was declined.' };

export function createIntent(books: Books, form: Form): StripeObject {
  const amount = Number(textOf(form, 'amount'));
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw invalid('This value must be greater than or equal to 1.', 'parameter_invalid_integer');
  if (!/^[a-z]{3}$/.test(textOf(form, 'currency'))) throw invalid('Invalid currency.', 'parameter_invalid_empty');
  const intent = books.create('pi', 'payment_intent', {
    amount,
    amount_received: 0,
    currency: textOf(form, 'currency'),
    metadata: recordOf(form, 'metadata'),
    transfer_group: textOf(form, 'transfer_group') || null,
    status: 'requires_payment_method',
    last_payment_error: null,
    latest_charge: null,
  });
  intent.client_secret = `${intent.id}_secret_twin`;
  books.say('payment_intent.created', intent);
  return textOf(form, 'confirm') === 'true' ? confirmIntent(books, intent, textOf(form, 'payment_method')) : intent;
}

/** The buyer's browser, or the server, confirms with a payment method. @throws Refusal 402 where the card is declined */
export function confirmIntent(books: Books, intent: StripeObject, method: string): StripeObject {
  if (!['requires_payment_method', 'requires_confirmation'].includes(intent.status as string))
    throw invalid(`This PaymentIntent's status is ${String(intent.status)}.`, 'payment_intent_unexpected_state');
  switch (METHODS[method]) {
    case undefined:
      throw invalid(`No such PaymentMethod: '${method}'`, 'resource_missing');
    case 'succeeds':
      return succeed(books, intent);
    case 'asks':
      intent.status = 'requires_action';
      books.say('payment_intent.requires_action', intent);
      return intent;
    case 'processes':
      intent.status = 'processing';
      books.say('payment_intent.processing', intent);
      return intent;
    default:
      fail(books, intent);
      throw new Refusal(402, {
        type: 'card_error',
        ...DECLINE,
        decline_code: 'generic_decline',
        payment_intent: intent,
      });
  }
}

function succeed(books: Books, intent: StripeObject): StripeObject {
  const { amount, currency } = intent as StripeObject & { amount: number; currency: string };
  const charge = books.create('ch', 'charge', { amount, currency, payment_intent: intent.id, status: 'succeeded', disputed: false });
  Object.assign(intent, { status: 'succeeded', amount_received: amount, latest_charge: charge.id, last_payment_error: null });
  books.move({ kind: 'payment', object: intent.id, account: PLATFORM, amount, currency });
  books.say('payment_intent.succeeded', intent);
  return intent;
}

function fail(books: Books, intent: StripeObject): StripeObject {
  Object.assign(intent, { status: 'requires_payment_method', last_payment_error: { type: 'card_error', ...DECLINE } });
  books.say('payment_intent.payment_failed', intent);
  return intent;
}

/** Ends what waits for 3-D Secure or for a bank. */
export function finishIntent(books: Books, id: string, succeeds: boolean): StripeObject {
  const intent = books.find(id, 'payment_intent');
  if (!['requires_action', 'processing'].includes(intent.status as string)) throw invalid(`${id} waits for nothing.`);
  return succeeds ? succeed(books, intent) : fail(books, intent);
}

export function cancelIntent(books: Books, intent: StripeObject): StripeObject {
  if (['succeeded', 'canceled', 'processing'].includes(intent.status as string))
    throw invalid(
      `You cannot cancel this PaymentIntent because it has a status of ${String(intent.status)}.`,
      'payment_intent_unexpected_state',
    );
  intent.status = 'canceled';
  books.say('payment_intent.canceled', intent);
  return intent;
}

const refundsOf = (books: Books, intent: string) => books.list('refund', (one) => one.payment_intent === intent && one.status !== 'failed');

export function createRefund(books: Books, form: Form): StripeObject {
  const intent = books.find(textOf(form, 'payment_intent'), 'payment_intent');
  if (intent.status !== 'succeeded')
    throw invalid('This PaymentIntent does not have a successful charge to refund.', 'charge_not_refundable');
  if (books.list('dispute', (one) => one.payment_intent === intent.id && isOpen(one)).length > 0)
    throw invalid('This charge has been charged back.', 'charge_disputed');
  const refunded = refundsOf(books, intent.id).reduce((sum, { amount }) => sum + (amount as number), 0);
  const left = (intent.amount as number) - refunded;
  if (left === 0) throw invalid('Charge has already been refunded.', 'charge_already_refunded');
  const amount = textOf(form, 'amount') ? Number(textOf(form, 'amount')) : left;
  if (!Number.isSafeInteger(amount) || amount < 1) throw invalid('Invalid integer.', 'parameter_invalid_integer');
  if (amount > left) throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`, 'amount_too_large');
  const currency = intent.currency as string;
  const made = { amount, currency, payment_intent: intent.id, charge: intent.latest_charge, status: 'succeeded', failure_reason: null };
  const refund = books.create('re', 'refund', { ...made, metadata: recordOf(form, 'metadata') });
  books.move({ kind: 'refund', object: refund.id, account: PLATFORM, amount: -amount, currency });
  books.say('refund.created', refund);
  return refund;
}

/** The buyer's bank returns a refund days later. */
export function returnRefund(books: Books, id: string): StripeObject {
  const refund = books.find(id, 'refund');
  if (refund.status !== 'succeeded') throw invalid(`${id} did not succeed.`);
  Object.assign(refund, { status: 'failed', failure_reason: 'lost_or_stolen_card' });
  books.move({
    kind: 'refund-returned',
    object: id,
    account: PLATFORM,
    amount: refund.amount as number,
    currency: refund.currency as string,
  });
  books.say('refund.failed', refund);
  return refund;
}
