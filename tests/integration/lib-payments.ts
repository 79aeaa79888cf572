import type { OrderDetail, OrderGroupView, OrderView, QuoteView, ShippingInfo } from '@assay/contract';
import type { PaymentProvider, ProviderOutcome } from '@assay/core';
import { createPerson, createSeller, restClient, type SuiteDatabase, type TestApi } from '@assay/testing';

/** How the provider of the tests answers a call: it acts and answers, acts and drops the answer, refuses, or is away. */
export type Behaviour = 'acts' | 'drops' | 'refuses' | 'away';

/** A provider that moves money once for each key, remembers what moved, and forgets keys when it is asked to. */
export function createBank() {
  const moved: { kind: 'payment' | 'refund'; key: string; amountE8: bigint; reference: string }[] = [];
  const calls: string[] = [];
  let known = new Map<string, ProviderOutcome>();
  const bank = {
    behaviour: 'acts' as Behaviour,
    moved,
    calls,
    /** As a provider does after 24 hours: a key that is sent again then is a new one. */
    forgetKeys: () => (known = new Map()),
    sumOf: (kind: 'payment' | 'refund') => moved.reduce((sum, one) => (one.kind === kind ? sum + one.amountE8 : sum), 0n),
  };
  const call = (kind: 'payment' | 'refund', amountE8: bigint, key: string): Promise<ProviderOutcome> => {
    calls.push(key);
    if (bank.behaviour === 'away') return Promise.reject(new Error('ECONNREFUSED'));
    const before = known.get(key);
    const outcome = before ?? answerOf(bank.behaviour, `${kind}_${moved.length + 1}`);
    if (!before && outcome.status === 'done') moved.push({ kind, key, amountE8, reference: outcome.reference });
    known.set(key, outcome);
    return bank.behaviour === 'drops' ? Promise.reject(new Error('socket hang up')) : Promise.resolve(outcome);
  };
  const provider: PaymentProvider = {
    name: 'bank',
    capture: ({ amountE8 }, { idempotencyKey }) => call('payment', amountE8, idempotencyKey),
    refund: ({ amountE8 }, { idempotencyKey }) => call('refund', amountE8, idempotencyKey),
    lookUp({ key }) {
      if (bank.behaviour === 'away') return Promise.reject(new Error('ECONNREFUSED'));
      const found = moved.find((one) => one.key === key);
      return Promise.resolve(found ? { status: 'done', reference: found.reference } : null);
    },
  };
  return { ...bank, provider, behave: (behaviour: Behaviour) => void (bank.behaviour = behaviour) };
}

const answerOf = (behaviour: Behaviour, reference: string): ProviderOutcome =>
  behaviour === 'refuses' ? { status: 'refused', reason: 'insufficient_funds' } : { status: 'done', reference };

/** An order of a new buyer, with what its parties do by REST. */
export async function placedOrder(db: SuiteDatabase, api: TestApi) {
  const rest = restClient(api.url);
  const seller = await createSeller(db.database);
  const tokens = { seller: api.tokenFor(seller), buyer: api.tokenFor(await createPerson(db.database)) };
  const placed = await rest.post('/orders', { listingId: seller.listingId }, { token: tokens.buyer });
  const { id } = placed.body as OrderView;
  return {
    id,
    tokens,
    move: (party: 'buyer' | 'seller', move: string) => rest.post(`/orders/${id}/${move}`, undefined, { token: tokens[party] }),
    refund: (body: object, token = tokens.seller) => rest.post(`/orders/${id}/refunds`, body, { token }),
    order: async (party: 'buyer' | 'seller' = 'buyer') => (await rest.get(`/orders/${id}`, { token: tokens[party] })).body as OrderDetail,
    payment: () => db.database.prisma.payment.findUnique({ where: { orderId: id } }),
    /** The charge that pays it. */
    charge: async () => (await db.database.prisma.payment.findUniqueOrThrow({ where: { orderId: id }, select: { charge: true } })).charge!,
    refunds: () => db.database.prisma.refund.findMany({ where: { orderId: id }, orderBy: { id: 'asc' } }),
  };
}

/** The same, paid and shipped. */
export async function shippedOrder(db: SuiteDatabase, api: TestApi) {
  const order = await placedOrder(db, api);
  await order.move('buyer', 'pay');
  await order.move('seller', 'ship');
  return order;
}

/** A checkout of a new buyer at several sellers, whose orders cost 10.00, 20.00 and so on, with what its parties do by REST. */
export async function placedGroup(db: SuiteDatabase, api: TestApi, count = 2) {
  const rest = restClient(api.url);
  const sellers = await Promise.all(Array.from({ length: count }, (_, i) => createSeller(db.database, `Seller ${i + 1}`)));
  for (const [i, { listingId }] of sellers.entries())
    await db.database.prisma.sellerListing.update({
      where: { id: listingId },
      data: { priceE8: BigInt(i + 1) * 1_000_000_000n, shippingInfo: JSON.stringify(PICKUP) },
    });
  const token = api.tokenFor(await createPerson(db.database));
  const items = sellers.map(({ listingId }) => ({ listingId, quantity: 1 }));
  const quote = (await rest.post('/checkout/quote', { items }, { token })).body as QuoteView;
  const { version } = quote;
  const { id, orders } = (await rest.post('/checkout', { items, version }, { token })).body as OrderGroupView;
  const ids = orders.map((order) => order.id);
  const tokenOf = (order: number) => api.tokenFor(sellers.find((one) => one.id === orders.find((o) => o.id === order)!.sellerId)!);
  return {
    id,
    ids,
    quote,
    token,
    pay: () => rest.post(`/checkout/${id}/pay`, undefined, { token }),
    payOne: (order: number) => rest.post(`/orders/${order}/pay`, undefined, { token }),
    group: async () => (await rest.get(`/checkout/${id}`, { token })).body as OrderGroupView,
    order: async (order: number) => (await rest.get(`/orders/${order}`, { token })).body as OrderDetail,
    statuses: async () => ((await rest.get(`/checkout/${id}`, { token })).body as OrderGroupView).orders.map(({ status }) => status),
    cancel: (order: number) => rest.post(`/orders/${order}/cancel`, undefined, { token }),
    ship: (order: number) => rest.post(`/orders/${order}/ship`, undefined, { token: tokenOf(order) }),
    refund: (order: number, amount?: string) =>
      rest.post(`/orders/${order}/refunds`, { reason: 'damaged', ...(amount ? { amount } : {}) }, { token: tokenOf(order) }),
    sellerToken: tokenOf,
    payments: () => db.database.prisma.payment.findMany({ where: { orderId: { in: ids } }, orderBy: { orderId: 'asc' } }),
    charges: () => db.database.prisma.charge.findMany({ where: { groupId: id }, orderBy: { id: 'asc' } }),
  };
}

export const PICKUP: ShippingInfo = { shipsFrom: 'PT', handlingDays: { min: 1, max: 2 }, price: '0.00', destinations: [], pickup: true };
