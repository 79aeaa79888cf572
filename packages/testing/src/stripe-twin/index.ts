import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { finishAccount, restrictAccount, SETUP_PATH } from './accounts.ts';
import { Books, Refusal, type Movement, type StripeEvent, type StripeObject } from './books.ts';
import { parseForm } from './form.ts';
import { answerDispute, closeDispute, escalateDispute, openDispute, type DisputeOptions } from './disputes.ts';
import { confirmIntent, finishIntent, returnRefund } from './payments.ts';
import { payoutArrived, payoutReturned } from './payouts.ts';
import { answer } from './routes.ts';
import { setupPage } from './setup-page.ts';
import { deliver, type Delivery } from './webhooks.ts';

export type { Movement, StripeEvent, StripeObject } from './books.ts';

const HOUR_MS = 3_600_000;
/** So long Stripe remembers what a key led to. */
const KEY_LIFE_MS = 24 * HOUR_MS;
const SECRET_KEY = 'sk_test_twin';

/** What goes wrong with a request: it never arrives; it is done and its answer is lost; it is done and answered by 500; it is too many. */
export type Fault = 'lost' | 'answer-lost' | 'failed' | 'limited';

interface Remembered {
  at: number;
  request: string;
  status: number;
  body: object;
}

/** Stripe as the product sees it: the real SDK talks to it by `host`, `port` and `protocol`. */
export interface StripeTwin {
  /** For `new Stripe(apiKey, options)`. */
  readonly apiKey: string;
  readonly options: { host: string; port: number; protocol: 'http'; maxNetworkRetries: 0 };
  /** What moved, in order. */
  readonly movements: readonly Movement[];
  /** What it would say by webhooks, in order. Nothing is sent by itself. */
  readonly events: readonly StripeEvent[];
  /** Requests that arrived: "POST /v1/refunds", with their keys. */
  readonly requests: { call: string; key: string | null }[];
  /** Moves its clock on. */
  advance(ms: number): void;
  /** The next request that matches goes wrong. */
  fail(fault: Fault, path?: RegExp): void;
  /**
   * The next request that matches is not answered: resolves when it has arrived, and is done where `acts` says so. Meanwhile a test ends the
   * process that asked.
   */
  hold(path: RegExp, options: { acts: boolean }): Promise<void>;
  /** No request goes wrong any more. */
  recover(): void;
  /** What "platform" or a connected account has. */
  balance(account: string, currency: string): number;
  /** What Stripe keeps in a currency: with the marketplace, with connected accounts, and on its way to banks. */
  kept(currency: string): number;
  /** Sends events to a webhook endpoint in this order, repeats included. */
  deliver(endpoint: { url: string; secret: string }, ids: readonly string[]): Promise<Delivery[]>;
  /** The buyer's browser confirms a payment with a payment method. False where the card is declined. */
  confirmIntent(id: string, method: string): boolean;
  /** Ends a payment that waits for 3-D Secure or a bank. */
  finishIntent(id: string, succeeds: boolean): StripeObject;
  /** An object as it is kept: a test may change it, or delete it. */
  readonly objects: Map<string, StripeObject>;
  /** The buyer's bank returns a refund. */
  returnRefund(id: string): StripeObject;
  openDispute(intentId: string, options?: DisputeOptions): StripeObject;
  /** The bank makes an inquiry a dispute that takes the money. */
  escalateDispute(id: string): StripeObject;
  /** The marketplace has sent its evidence. */
  answerDispute(id: string): StripeObject;
  /** The bank decides; a win may follow a loss. */
  closeDispute(id: string, won: boolean): StripeObject;
  /** A seller enters everything that Stripe asks for; payouts go to a bank account of these last digits. */
  finishAccount(id: string, last4?: string): StripeObject;
  /** Stripe pays nothing out to an account, for a reason. */
  restrictAccount(id: string, requirement: string, reason: string): StripeObject;
  payoutArrived(id: string): StripeObject;
  payoutReturned(id: string): StripeObject;
  close(): void;
}

/** Starts a twin on a port of its own, with empty books. */
export async function startStripeTwin(): Promise<StripeTwin> {
  const books = new Books();
  const faults: { fault: Fault; path: RegExp }[] = [];
  const holds: { path: RegExp; acts: boolean; arrived: () => void }[] = [];
  const requests: StripeTwin['requests'] = [];
  const remembered = new Map<string, Remembered>();

  const server = createServer((req, res) => void respond(req, res));
  async function respond(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const [path, query = ''] = req.url!.split('?') as [string, string?];
    if (path.startsWith(SETUP_PATH)) {
      const { status, headers, body } = setupPage(books, req.method!, path);
      return void res.writeHead(status, headers).end(body);
    }
    const key = (req.headers['idempotency-key'] as string | undefined) ?? null;
    requests.push({ call: `${req.method!} ${path}`, key });
    const at = faults.findIndex((one) => one.path.test(path));
    const fault = at < 0 ? null : faults.splice(at, 1)[0]!.fault;
    if (fault === 'lost') return void res.destroy();
    const held = holds.findIndex((one) => one.path.test(path));
    const hold = held < 0 ? null : holds.splice(held, 1)[0]!;
    if (hold && !hold.acts) return hold.arrived();
    if (req.headers.authorization !== `Bearer ${SECRET_KEY}`) return send(res, 401, refusalOf('Invalid API Key provided.'));
    if (fault === 'limited') return send(res, 429, refusalOf('Too many requests.', 'rate_limit'));
    const account = (req.headers['stripe-account'] as string | undefined) ?? 'platform';
    const form = parseForm(req.method === 'GET' ? query : text);
    const asked = { method: req.method!, path, form, account };
    const outcome =
      key !== null && asked.method === 'POST' ? once(key, `${account} ${path} ${text}`, () => act(asked, key)) : act(asked, null);
    if (hold) return hold.arrived();
    if (fault === 'answer-lost') return void res.destroy();
    if (fault === 'failed') return send(res, 500, refusalOf('An unknown error occurred.'));
    send(res, outcome.status, outcome.body);
  }

  function act(asked: Parameters<typeof answer>[1], key: string | null): { status: number; body: object } {
    books.key = key;
    try {
      return { status: 200, body: structuredClone(answer(books, asked)) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: structuredClone({ error: error.body }) };
    } finally {
      books.key = null;
    }
  }

  /** The same key gives the same answer, for as long as it is remembered; another request with it is refused. */
  function once(key: string, request: string, work: () => { status: number; body: object }): { status: number; body: object } {
    const known = remembered.get(key);
    if (known && books.now() - known.at < KEY_LIFE_MS) {
      if (known.request === request) return known;
      const message = `Keys for idempotent requests can only be used with the same parameters they were first used with.`;
      return { status: 400, body: { error: { type: 'idempotency_error', message } } };
    }
    const done = work();
    remembered.set(key, { at: books.now(), request, ...done });
    return done;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  books.address = `http://127.0.0.1:${port}`;
  return {
    apiKey: SECRET_KEY,
    options: { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0 },
    movements: books.movements,
    objects: books.objects,
    events: books.events,
    requests,
    advance: (ms) => void (books.aheadMs += ms),
    fail: (fault, path = /./) => void faults.push({ fault, path }),
    hold: (path, { acts }) => new Promise<void>((arrived) => void holds.push({ path, acts, arrived })),
    recover: () => void (faults.length = 0),
    balance: (account, currency) => books.balance(account, currency),
    kept: (currency) => books.kept(currency),
    deliver: (endpoint, ids) => deliver(books, endpoint, ids),
    confirmIntent(id, method) {
      try {
        confirmIntent(books, books.find(id, 'payment_intent'), method);
        return true;
      } catch (error) {
        if (error instanceof Refusal && error.status === 402) return false;
        throw error;
      }
    },
    finishIntent: (id, succeeds) => finishIntent(books, id, succeeds),
    returnRefund: (id) => returnRefund(books, id),
    openDispute: (id, options = {}) => openDispute(books, id, options),
    escalateDispute: (id) => escalateDispute(books, id),
    answerDispute: (id) => answerDispute(books, id),
    closeDispute: (id, won) => closeDispute(books, id, won),
    finishAccount: (id, last4 = '3000') => finishAccount(books, id, last4),
    restrictAccount: (id, requirement, reason) => restrictAccount(books, id, requirement, reason),
    payoutArrived: (id) => payoutArrived(books, id),
    payoutReturned: (id) => payoutReturned(books, id),
    close: () => stop(server),
  };
}

const refusalOf = (message: string, code?: string) => ({ error: { type: 'api_error', message, ...(code ? { code } : {}) } });

function send(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_twin' }).end(JSON.stringify(body));
}

function stop(server: Server): void {
  server.close();
  server.closeAllConnections();
}
