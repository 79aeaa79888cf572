import { stripePayments } from '@assay/api/stripe';
import type { PaymentFormView } from '@assay/contract';
import { verifyLedger, type PaymentProvider } from '@assay/core';
import { restClient, startApi, type Answer, type SuiteDatabase, type TestApi } from '@assay/testing';
import { startStripeTwin, type StripeTwin } from '@assay/testing/stripe-twin';
import { expect } from 'vitest';
import { placedGroup, placedOrder } from './lib-payments.ts';

export const WEBHOOK_SECRET = 'whsec_twin';

export interface StripeShop {
  twin: StripeTwin;
  api: TestApi;
  close(): Promise<void>;
}

/** The product's provider, and Stripe's twin in place of Stripe. */
export const twinPayments = (twin: Pick<StripeTwin, 'apiKey' | 'options'>) =>
  stripePayments({ secretKey: twin.apiKey, publishableKey: 'pk_test_twin', webhookSecret: WEBHOOK_SECRET }, twin.options);

/** An API that takes payments by Stripe's SDK from a twin with empty books. @param payments the provider, of the twin */
export async function startStripeShop(
  db: SuiteDatabase,
  env: Record<string, string> = {},
  payments: (twin: StripeTwin) => PaymentProvider = twinPayments,
): Promise<StripeShop> {
  const twin = await startStripeTwin();
  const api = await startApi(db, env, { payments: payments(twin) });
  return {
    twin,
    api,
    async close() {
      await api.close();
      twin.close();
    },
  };
}

/** An order of a new buyer, and what its buyer does on the page with the provider's form. */
export async function stripeOrder(db: SuiteDatabase, { api, twin }: Pick<StripeShop, 'api' | 'twin'>) {
  const order = await placedOrder(db, api);
  const rest = restClient(api.url);
  const at = (path: string) => `/orders/${order.id}/payment${path}`;
  const { buyer: token } = order.tokens;
  return {
    ...order,
    form: (by = token) => rest.get(at(''), { token: by }),
    check: (by = token) => rest.post(at('/check'), undefined, { token: by }),
    cancelPayment: (by = token) => rest.post(at('/cancel'), undefined, { token: by }),
    confirm: (method?: string) => confirmForm(twin, () => rest.get(at(''), { token }), method),
  };
}

/** What the Payment Element does with the client secret. @returns the payment's id at Stripe */
async function confirmForm(twin: StripeTwin, form: () => Promise<Answer>, method = 'pm_card_visa'): Promise<string> {
  const { clientSecret } = (await form()).body as PaymentFormView;
  const [id] = clientSecret.split('_secret_') as [string];
  twin.confirmIntent(id, method);
  return id;
}

/** A checkout of a new buyer at several sellers, and what its buyer does on the form by the address of any of its orders. */
export async function stripeGroup(db: SuiteDatabase, { api, twin }: Pick<StripeShop, 'api' | 'twin'>, count = 2) {
  const group = await placedGroup(db, api, count);
  const rest = restClient(api.url);
  const { token, ids } = group;
  const at = (path: string, order = ids[0]!) => `/orders/${order}/payment${path}`;
  return {
    ...group,
    form: (order?: number) => rest.get(at('', order), { token }),
    check: (order?: number) => rest.post(at('/check', order), undefined, { token }),
    cancelPayment: (order?: number) => rest.post(at('/cancel', order), undefined, { token }),
    confirm: (method?: string) => confirmForm(twin, () => rest.get(at(''), { token }), method),
  };
}

/** The ledger has no difference, and holds for orders what the twin says that the marketplace has. */
export async function expectSameMoney(
  db: SuiteDatabase,
  { api, twin }: { api: Pick<TestApi, 'container'>; twin: StripeTwin },
): Promise<void> {
  const ctx = api.container.context({ kind: 'system', name: 'test' }, 'test');
  expect((await verifyLedger(ctx)).differences).toEqual([]);
  const clearing = await db.database.prisma.ledgerBalance.findMany({ where: { account: 'clearing', currency: 'EUR' } });
  const sum = clearing.reduce((total, { balanceMinor }) => total + balanceMinor, 0n);
  expect(Number(sum)).toBe(twin.balance('platform', 'eur'));
}

/** A request to Stripe that the marketplace did not make: by hand in the dashboard, or of another site with the same account. */
export async function atStripe(twin: StripeTwin, path: string, form: Record<string, string>): Promise<{ id: string }> {
  const { host, port } = twin.options;
  const headers = { authorization: `Bearer ${twin.apiKey}` };
  const answer = await fetch(`http://${host}:${port}/v1/${path}`, { method: 'POST', headers, body: new URLSearchParams(form) });
  return (await answer.json()) as { id: string };
}
