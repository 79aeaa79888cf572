import { createAccount, createAccountLink } from './accounts.ts';
import { invalid, Refusal, type Books, type StripeObject } from './books.ts';
import { recordOf, textOf, type Form } from './form.ts';
import { cancelIntent, confirmIntent, createIntent, createRefund } from './payments.ts';
import { createPayout, createTransfer, reverseTransfer } from './payouts.ts';

export interface TwinRequest {
  method: string;
  path: string;
  form: Form;
  /** The connected account that the request is for; "platform" for the marketplace. */
  account: string;
}

type Answer = object;
type Handler = (books: Books, request: TwinRequest, id: string) => Answer;

const intent = (books: Books, id: string) => books.find(id, 'payment_intent');

/** A page of a list, as the SDK reads it on. */
function page(found: StripeObject[], { form, path }: TwinRequest): Answer {
  const after = textOf(form, 'starting_after');
  const rest = after ? found.slice(found.findIndex(({ id }) => id === after) + 1) : found;
  const limit = Number(textOf(form, 'limit') || 10);
  return { object: 'list', url: path, has_more: rest.length > limit, data: rest.slice(0, limit) };
}

/** Payouts are of the account that the request is for. */
const isOf = ({ object, account }: StripeObject, request: TwinRequest): boolean => object !== 'payout' || account === request.account;

/** Whether an object was made in the time that the request names. */
function isCreatedAsAsked({ created }: StripeObject, { form }: TwinRequest): boolean {
  const { gte, lt, lte } = recordOf(form, 'created');
  return created >= Number(gte ?? 0) && created < Number(lt ?? Infinity) && created <= Number(lte ?? Infinity);
}

/** Objects of a kind, made when the request says; a field that it names has its value. */
const listed =
  (object: string, ...fields: string[]): Handler =>
  (books, request) => {
    const { form } = request;
    const hasFields = (one: StripeObject) => fields.every((field) => !textOf(form, field) || one[field] === textOf(form, field));
    const matches = (one: StripeObject) => isOf(one, request) && isCreatedAsAsked(one, request) && hasFields(one);
    return page(
      books.list(object, matches).map((one) => expanded(books, one, form, 'data.')),
      request,
    );
  };
const found =
  (object: string): Handler =>
  (books, _request, id) =>
    books.find(id, object);

/** @throws Refusal 404 also where it is another account's */
const foundPayout: Handler = (books, request, id) => {
  const payout = books.find(id, 'payout');
  if (isOf(payout, request)) return payout;
  throw new Refusal(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such payout: '${id}'` });
};

const reversals: Handler = (books, request, id) =>
  page(
    books.list('transfer_reversal', ({ transfer }) => transfer === id),
    request,
  );

/** Search by one piece of metadata: `metadata['name']:'value'`. */
function searchIntents(books: Books, request: TwinRequest): Answer {
  const query = /^metadata\['([^']+)'\]:'([^']+)'$/.exec(textOf(request.form, 'query'));
  if (!query) throw invalid('The query is not one that the twin reads.');
  const [, name, value] = query;
  const data = books.list('payment_intent', ({ metadata }) => (metadata as Record<string, string>)[name!] === value);
  return { object: 'search_result', url: request.path, has_more: false, next_page: null, data };
}

const events: Handler = (books, request) => {
  const from = Number(textOf(recordOf(request.form, 'created'), 'gte') || 0);
  // Those of connected accounts are listed for each account alone.
  const ofAsker = ({ account }: { account?: string }) => (account ?? 'platform') === request.account;
  const listedEvents = books.events.filter((event) => event.created >= from && ofAsker(event));
  return page(listedEvents.toReversed() as unknown as StripeObject[], request);
};

/** A refund or dispute with its payment in place of its id, where the request asks for that. @param within "data." in a list */
function expanded(books: Books, one: StripeObject, { expand }: Form, within = ''): StripeObject {
  const asked = typeof expand === 'object' && Object.values(expand).includes(`${within}payment_intent`);
  return asked ? { ...one, payment_intent: intent(books, one.payment_intent as string) } : one;
}

/** "POST /v1/refunds": `:id` stands for an id. */
const ROUTES: Readonly<Record<string, Handler>> = {
  'POST /v1/payment_intents': (books, { form }) => createIntent(books, form),
  'GET /v1/payment_intents': listed('payment_intent'),
  'GET /v1/payment_intents/search': searchIntents,
  'GET /v1/payment_intents/:id': found('payment_intent'),
  'POST /v1/payment_intents/:id/confirm': (books, { form }, id) => confirmIntent(books, intent(books, id), textOf(form, 'payment_method')),
  'POST /v1/payment_intents/:id/cancel': (books, _request, id) => cancelIntent(books, intent(books, id)),
  'POST /v1/refunds': (books, { form }) => createRefund(books, form),
  'GET /v1/refunds': listed('refund', 'payment_intent'),
  'GET /v1/refunds/:id': (books, { form }, id) => expanded(books, books.find(id, 'refund'), form),
  'POST /v1/transfers': (books, { form }) => createTransfer(books, form),
  'GET /v1/transfers': listed('transfer', 'transfer_group', 'destination'),
  'GET /v1/transfers/:id': found('transfer'),
  'POST /v1/transfers/:id/reversals': (books, { form }, id) => reverseTransfer(books, books.find(id, 'transfer'), form),
  'POST /v1/payouts': (books, { form, account }) => createPayout(books, form, account),
  'GET /v1/payouts': listed('payout', 'status'),
  'GET /v1/payouts/:id': foundPayout,
  'GET /v1/transfers/:id/reversals': reversals,
  'POST /v1/accounts': (books, { form }) => createAccount(books, form),
  'GET /v1/accounts': listed('account'),
  'GET /v1/accounts/:id': found('account'),
  'POST /v1/account_links': (books, { form }) => createAccountLink(books, form),
  'GET /v1/disputes': listed('dispute', 'payment_intent'),
  'GET /v1/disputes/:id': (books, { form }, id) => expanded(books, books.find(id, 'dispute'), form),
  'GET /v1/events': events,
};

/** Does what a request asks for. @throws Refusal */
export function answer(books: Books, request: TwinRequest): Answer {
  const { method, path } = request;
  const exact = ROUTES[`${method} ${path}`];
  if (exact) return exact(books, request, '');
  const [, base, id, action] = /^(\/v1\/\w+)\/(\w+)(\/\w+)?$/.exec(path) ?? [];
  const handler = ROUTES[`${method} ${base}/:id${action ?? ''}`];
  if (handler) return handler(books, request, id!);
  throw new Refusal(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: ${path}).` });
}
