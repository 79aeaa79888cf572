import { cookieNames } from '@assay/contract';
import { reconcile } from '@assay/core';
import { createPerson, runTasks, spawnWeb, useDatabase, useProcess } from '@assay/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';
import { atStripe, startStripeShop, stripeOrder, WEBHOOK_SECRET, type StripeShop } from './lib-stripe.ts';

const db = useDatabase('sqlite');
let shop: StripeShop;
beforeAll(async () => {
  await buildWeb();
  shop = await startStripeShop(db);
});
const web = useProcess(() => spawnWeb(shop.api.url));
afterAll(() => shop.close());

const page = (path: string, token: string) =>
  fetch(web.url + path, { headers: { cookie: `${cookieNames(false).access}=${token}` }, redirect: 'manual' });
const STRIPE = /stripe\.com/;

it('only the page with the form may load Stripe’s script, and says how far the payment is', async () => {
  const { id, tokens, move, confirm, check } = await stripeOrder(db, shop);
  await move('buyer', 'pay');
  const order = await page(`/orders/${id}`, tokens.buyer);
  expect(order.headers.get('content-security-policy')).not.toMatch(STRIPE);
  expect(await order.text()).toContain(`href="/orders/${id}/payment"`);

  const form = await page(`/orders/${id}/payment`, tokens.buyer);
  const policy = form.headers.get('content-security-policy');
  expect(policy).toMatch(/script-src 'self' https:\/\/js\.stripe\.com https:\/\/\*\.js\.stripe\.com 'nonce-/);
  expect(policy).toContain("connect-src 'self' https://api.stripe.com;");
  expect(policy).toContain('frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com');
  expect([form.status, form.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  expect(await form.text()).toContain('Choose how to pay.');
  expect((await page(`/orders/${id}/payment`, tokens.seller)).status).toBe(404);

  const intent = await confirm('pm_sepaDebit');
  await check(); // as the page does when Stripe has answered, or sent the buyer back
  expect(await (await page(`/orders/${id}/payment`, tokens.buyer)).text()).toContain('Your bank is processing this payment.');
  shop.twin.finishIntent(intent, true);
  await check();
  const paid = await page(`/orders/${id}/payment`, tokens.buyer);
  expect([paid.status, paid.headers.get('location')]).toEqual([303, `/orders/${id}`]);
});

it('events reach the API through the pages’ own address, with their bodies unchanged', async () => {
  const { move, confirm, order } = await stripeOrder(db, shop);
  await move('buyer', 'pay');
  await confirm();
  const { id } = shop.twin.events.findLast(({ type }) => type === 'payment_intent.succeeded')!;
  const endpoint = { url: `${web.url}/webhooks/stripe`, secret: WEBHOOK_SECRET };
  expect(await shop.twin.deliver(endpoint, [id])).toMatchObject([{ status: 200 }]);
  await runTasks(shop.api.container, 'provider-event.apply');
  expect((await order()).status).toBe('paid');
});

it('a dispute at the bank is on the order’s page, and on that of admins with the way to answer it', async () => {
  const { id, move, confirm, check, tokens } = await stripeOrder(db, shop);
  await move('buyer', 'pay');
  const intent = await confirm();
  await check();
  const { id: dispute } = shop.twin.openDispute(intent, { fee: 2000 });
  const events = shop.twin.events.filter(({ type }) => type.startsWith('charge.dispute.')).map((event) => event.id);
  await shop.twin.deliver({ url: `${web.url}/webhooks/stripe`, secret: WEBHOOK_SECRET }, events);
  await runTasks(shop.api.container, 'provider-event.apply');
  const sold = await (await page(`/orders/${id}`, tokens.seller)).text();
  expect(sold).toContain('The buyer disputed this payment at their bank.');
  expect(sold).not.toContain('data-testid="send-refund"');
  expect(await (await page(`/orders/${id}`, tokens.buyer)).text()).toContain('Refunds wait until the bank has decided.');
  const admin = shop.api.tokenFor(await createPerson(db.database, ['admin']));
  const listed = await (await page('/admin/payments', admin)).text();
  expect(listed).toContain(`https://dashboard.stripe.com/disputes/${dispute}`);
  expect(listed).toMatch(/Answer it at the provider\s+by \d+/);
  expect((await page('/admin/payments', tokens.seller)).status).toBe(403);
});

it('admins see what the provider has otherwise, and resolve it on the page', async () => {
  const { id, move, confirm, check } = await stripeOrder(db, shop);
  await move('buyer', 'pay');
  const intent = await confirm();
  await check();
  const refund = await atStripe(shop.twin, 'refunds', { payment_intent: intent, amount: '500' });
  const system = shop.api.container.context({ kind: 'system', name: 'test' }, 'test');
  await reconcile(system, { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) });
  const admin = shop.api.tokenFor(await createPerson(db.database, ['admin']));
  const listed = await (await page('/admin/payments', admin)).text();
  expect(listed).toContain(`Refund of order ${id}`);
  expect(listed).toContain('Missing here');
  expect(listed).toContain(refund.id);
});

it('what a seller owes after a chargeback can be written off on the page of payouts', async () => {
  const { move, confirm, check, refund } = await stripeOrder(db, shop);
  await move('buyer', 'pay');
  const intent = await confirm();
  await check();
  expect((await refund({ amount: '2.50', reason: 'damaged' })).status).toBe(201);
  shop.twin.openDispute(intent, { amount: 1250 });
  const event = shop.twin.events.findLast(({ type }) => type === 'charge.dispute.funds_withdrawn')!.id;
  await shop.twin.deliver({ url: `${web.url}/webhooks/stripe`, secret: WEBHOOK_SECRET }, [event]);
  await runTasks(shop.api.container, 'provider-event.apply');
  const admin = shop.api.tokenFor(await createPerson(db.database, ['admin']));
  const listed = await (await page('/admin/payouts', admin)).text();
  expect(listed).toMatch(/owes [^<]*2\.50/);
  expect(listed).toContain('data-testid="ask-write-off"');
  expect(listed).toContain('action="/admin/payouts?/writeOff"');
});
