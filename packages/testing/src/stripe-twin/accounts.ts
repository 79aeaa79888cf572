import { invalid, Refusal, type Books, type StripeObject } from './books.ts';
import { recordOf, textOf, type Form, type FormValue } from './form.ts';

/** The currency of the banks of a country, and whether the twin takes sellers there. */
const COUNTRIES: Readonly<Record<string, string>> = { DE: 'eur', ES: 'eur', PT: 'eur', FR: 'eur', GB: 'gbp', US: 'usd', JP: 'jpy' };

/** Where an account link leads: a seller enters everything there, or leaves. */
export const SETUP_PATH = '/setup/';

interface Account extends StripeObject {
  country: string;
  payouts_enabled: boolean;
  default_currency: string;
  requirements: { currently_due: string[]; past_due: string[]; errors: object[]; disabled_reason: string | null };
}

const nested = (form: Form, ...names: string[]): FormValue | undefined =>
  names.reduce<FormValue | undefined>((value, name) => (typeof value === 'object' ? value[name] : undefined), form);

/** An Express account: nothing can be paid out until its seller has entered everything. */
export function createAccount(books: Books, form: Form): StripeObject {
  const country = textOf(form, 'country');
  const currency = COUNTRIES[country];
  if (!currency) throw invalid(`Country '${country}' is unknown. Try using a 2-character country code.`);
  const account = books.create('acct', 'account', {
    type: textOf(form, 'type'),
    country,
    email: textOf(form, 'email') || null,
    default_currency: currency,
    details_submitted: false,
    charges_enabled: false,
    payouts_enabled: false,
    capabilities: { transfers: 'inactive' },
    settings: { payouts: { schedule: { interval: nested(form, 'settings', 'payouts', 'schedule', 'interval') ?? 'daily' } } },
    external_accounts: { object: 'list', data: [], has_more: false },
    requirements: {
      currently_due: ['external_account', 'individual.verification.document'],
      past_due: [],
      errors: [],
      disabled_reason: 'requirements.past_due',
    },
    metadata: recordOf(form, 'metadata'),
  });
  return account;
}

export function createAccountLink(books: Books, form: Form): object {
  const account = books.find(textOf(form, 'account'), 'account');
  account.return_url = textOf(form, 'return_url');
  const created = Math.floor(books.now() / 1000);
  return { object: 'account_link', created, expires_at: created + 300, url: `${books.address}${SETUP_PATH}${account.id}` };
}

/** The seller enters everything on Stripe's pages, with a bank account of these last digits. */
export function finishAccount(books: Books, id: string, last4: string): StripeObject {
  const account = books.find(id, 'account');
  Object.assign(account, {
    details_submitted: true,
    payouts_enabled: true,
    capabilities: { transfers: 'active' },
    external_accounts: { object: 'list', data: [{ id: `ba_${last4}`, object: 'bank_account', last4 }], has_more: false },
    requirements: { currently_due: [], past_due: [], errors: [], disabled_reason: null },
  });
  books.say('account.updated', account, id);
  return account;
}

/** Stripe pays nothing out to an account any more, until it gets what it asks for. */
export function restrictAccount(books: Books, id: string, requirement: string, reason: string): StripeObject {
  const account = books.find(id, 'account');
  const requirements = { currently_due: [requirement], past_due: [requirement], errors: [{ requirement, code: 'other', reason }] };
  Object.assign(account, { payouts_enabled: false, requirements: { ...requirements, disabled_reason: 'requirements.past_due' } });
  books.say('account.updated', account, id);
  return account;
}

/** @throws Refusal where the account cannot get money, or none is paid out of it */
export function requireAccount(books: Books, id: string, { pays }: { pays: boolean }): void {
  const account = books.objects.get(id) as Account | undefined;
  if (account?.object !== 'account') throw invalid(`No such destination: '${id}'`, 'resource_missing');
  if ((account.capabilities as { transfers: string }).transfers !== 'active')
    throw invalid('Your destination account needs to have the transfers capability enabled.', 'insufficient_capabilities_for_transfer');
  if (pays && !account.payouts_enabled)
    throw new Refusal(400, {
      type: 'invalid_request_error',
      code: 'payouts_not_allowed',
      message: 'Payouts are not enabled for this account.',
    });
}
