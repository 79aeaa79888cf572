import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stripePayments } from '@assay/api/stripe';
import { freePort } from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findStripeMock } from '../../scripts/lib/test-tools.ts';
import { WEBHOOK_SECRET } from './lib-stripe.ts';

const mock = findStripeMock();
const HOUR_MS = 3_600_000;
const KEY = 'payment:12:capture:1';

if (!mock)
  it('NOT CHECKED, because stripe-mock is missing: install Go, or set STRIPE_MOCK_PATH, to have the shape of requests checked', () => {
    console.warn('The shape of requests to Stripe was not checked: stripe-mock is not installed, and Go is not there to install it.');
  });

/**
 * stripe-mock checks each request against Stripe's OpenAPI document, and answers with an example: what is checked here is that every request
 * of the product has a shape that Stripe takes.
 */
describe.runIf(mock)('requests to Stripe, by stripe-mock', () => {
  let server: ChildProcess;
  let proxy: Server;
  const answers: { call: string; status: number; text: string }[] = [];

  beforeAll(async () => {
    const port = await freePort();
    server = spawn(mock!, ['-http-addr', `127.0.0.1:${port}`, '-https-addr', '127.0.0.1:0'], { stdio: 'ignore' });
    await vi.waitFor(async () => expect(await isUp(port)).toBe(true), { timeout: 20_000, interval: 200 });
    proxy = createServer((req, res) => pass(port, req, res)).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
  }, 30_000);
  afterAll(() => {
    proxy.close();
    proxy.closeAllConnections();
    server.kill();
  });

  const isUp = (port: number) =>
    fetch(`http://127.0.0.1:${port}/v1/charges`, { headers: { authorization: 'Bearer sk_test_123' } }).then(
      ({ status }) => status === 200,
      () => false,
    );

  /** Hands a request on, and keeps what was answered. */
  function pass(port: number, req: IncomingMessage, res: ServerResponse): void {
    const { method, url, headers } = req;
    const onward = ask({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        answers.push({ call: `${method} ${url!.split('?')[0]}`, status: answer.statusCode!, text });
        res.writeHead(answer.statusCode!, { 'content-type': 'application/json' }).end(text);
      });
    });
    req.pipe(onward);
  }

  const provider = () => {
    const address = { host: '127.0.0.1', port: (proxy.address() as AddressInfo).port, protocol: 'http' } as const;
    const keys = { secretKey: 'sk_test_123', publishableKey: 'pk_test_123', webhookSecret: WEBHOOK_SECRET };
    return stripePayments({ ...keys, payouts: { webhookSecret: null } }, address);
  };
  const paid = { orderIds: [12, 13], amountE8: 1_250_000_000n, currency: 'EUR' };
  const order = { orderId: 12, amountE8: 1_250_000_000n, currency: 'EUR' };
  const payout = { payoutId: 12, account: 'acct_123', amountMinor: 9400n, currency: 'EUR', transfer: 'tr_123', keyedAt: new Date() };
  const payouts = () => provider().payouts!;
  const span = { from: new Date(Date.now() - HOUR_MS), to: new Date() };
  const drain = async (list: AsyncIterable<unknown>) => {
    for await (const _ of list) break;
  };

  /** Every kind of request that the product makes. What the example means to the product is of no interest here. */
  const REQUESTS: [what: string, send: () => Promise<unknown>, calls: string[]][] = [
    ['a payment', () => provider().capture(paid, { idempotencyKey: KEY }), ['POST /v1/payment_intents']],
    ['a refund', () => provider().refund({ ...order, reference: 'pi_123' }, { idempotencyKey: 'refund:1' }), ['POST /v1/refunds']],
    ['a search by key', () => provider().lookUp({ kind: 'payment', key: KEY, reference: '' }), ['GET /v1/payment_intents/search']],
    ['a look-up', () => provider().lookUp({ kind: 'payment', key: KEY, reference: 'pi_123' }), ['GET /v1/payment_intents/pi_123']],
    ['a look-up of a refund', () => provider().lookUp({ kind: 'refund', key: 'refund:1', reference: 'pi_123' }), ['GET /v1/refunds']],
    ['the form', () => provider().form!.open('pi_123'), ['GET /v1/payment_intents/pi_123']],
    ['an end', () => provider().form!.cancel('pi_123'), ['POST /v1/payment_intents/pi_123/cancel']],
    ['the list of events', () => drain(provider().events!.since(span.from)), ['GET /v1/events']],
    [
      'the payment of an event',
      () => provider().events!.find({ subject: 'payment', reference: 'pi_123' }),
      ['GET /v1/payment_intents/pi_123'],
    ],
    ['the refund of an event', () => provider().events!.find({ subject: 'refund', reference: 're_123' }), ['GET /v1/refunds/re_123']],
    ['the dispute of an event', () => provider().events!.findDispute('dp_123'), ['GET /v1/disputes/dp_123']],
    ['a payment to compare', () => provider().records!.find('payment', 'pi_123'), ['GET /v1/payment_intents/pi_123']],
    ['a refund to compare', () => provider().records!.find('refund', 're_123'), ['GET /v1/refunds/re_123']],
    ['a dispute to compare', () => provider().records!.find('chargeback', 'dp_123'), ['GET /v1/disputes/dp_123']],
    [
      'the lists to compare',
      async () => {
        for await (const _ of provider().records!.list(span)) if (answers.length > 9) break;
      },
      ['GET /v1/payment_intents', 'GET /v1/refunds', 'GET /v1/disputes'],
    ],
    [
      'an account of a seller',
      () => payouts().createAccount({ sellerId: 7, email: 'ann@example.test', country: 'DE' }, { idempotencyKey: 'payout-account:7' }),
      ['POST /v1/accounts'],
    ],
    ['a search for an account', () => payouts().findAccount('payout-account:7', new Date()), ['GET /v1/accounts']],
    ['an account as it is now', () => payouts().account('acct_123'), ['GET /v1/accounts/acct_123']],
    [
      'the page of the set-up',
      () => payouts().accountLink('acct_123', { returnUrl: 'https://shop.example/back', refreshUrl: 'https://shop.example/again' }),
      ['POST /v1/account_links'],
    ],
    ['a transfer', () => payouts().send({ ...payout, kind: 'transfer' }, { idempotencyKey: 't' }), ['POST /v1/transfers']],
    ['a payout', () => payouts().send({ ...payout, kind: 'payout' }, { idempotencyKey: 'p' }), ['POST /v1/payouts']],
    ['a reversal', () => payouts().send({ ...payout, kind: 'reversal' }, { idempotencyKey: 'r' }), ['POST /v1/transfers/tr_123/reversals']],
    ['a look-up of a transfer', () => payouts().lookUp({ ...payout, kind: 'transfer' }, 't'), ['GET /v1/transfers']],
    ['a look-up of a payout', () => payouts().lookUp({ ...payout, kind: 'payout' }, 'p'), ['GET /v1/payouts']],
    ['a look-up of a reversal', () => payouts().lookUp({ ...payout, kind: 'reversal' }, 'r'), ['GET /v1/transfers/tr_123/reversals']],
    ['a payout at the bank', () => payouts().bankOutcome({ reference: 'po_123', account: 'acct_123' }), ['GET /v1/payouts/po_123']],
  ];

  it.each(REQUESTS)('%s has a shape that Stripe takes', async (_what, send, calls) => {
    answers.length = 0;
    const failure = await send().then(
      () => null,
      (error: unknown) => error,
    );
    expect(
      answers.map(({ call }) => call),
      String(failure),
    ).toEqual(expect.arrayContaining(calls));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('a request of another shape is refused', async () => {
    const { port } = proxy.address() as AddressInfo;
    const body = new URLSearchParams({ amount: 'much', currency: 'eur' });
    const headers = { authorization: 'Bearer sk_test_123' };
    expect((await fetch(`http://127.0.0.1:${port}/v1/payment_intents`, { method: 'POST', headers, body })).status).toBe(400);
  });
});
