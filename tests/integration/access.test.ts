import type { Operation } from '@assay/api/operations';
import { appRouter } from '@assay/api/router';
import type { ErrorCode, Role } from '@assay/contract';
import { AppError, type Context } from '@assay/core';
import {
  completeOrders,
  createPerson,
  createSeller,
  onEachEngine,
  picture,
  sessionIdOf,
  useProduct,
  type Person,
  type Seller,
} from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';
import { namesOf, OPERATIONS, overRest, overTrpc, sampleOf } from './lib-operations.ts';

/** What anyone may call over tRPC. Complete: a new operation is in it, or wants a sign-in. */
const OPEN_PROCEDURES = [
  'accounts.me',
  'categories.tree',
  'flags.mine',
  'images.of',
  'insights.explain',
  'listings.get',
  'listings.search',
  'passkeys.offer',
  'ratings.history',
  'ratings.summary',
  'sellers.find',
  'sellers.get',
  'sellers.page',
  'sellers.storefront',
  'stores.listings',
  'signInChanges.confirmEmail',
  'signInChanges.emailLink',
  'signInChanges.refuseEmail',
  'signInChanges.reset',
  'signInChanges.resetPassword',
  'verification.confirm',
  'verification.link',
  'wallets.offer',
];

/** The same over REST. */
const OPEN_ENDPOINTS = [
  'GET /api/marketplace/seller/{wallet}/listings',
  'GET /api/marketplace/seller/{wallet}/profile',
  'POST /api/v1/auth/email/confirm',
  'POST /api/v1/auth/email/refuse',
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/logout',
  'POST /api/v1/auth/passkey/options',
  'POST /api/v1/auth/passkey/verify',
  'POST /api/v1/auth/password/reset',
  'POST /api/v1/auth/password/reset/confirm',
  'POST /api/v1/auth/refresh',
  'POST /api/v1/auth/register',
  'POST /api/v1/auth/second-factor',
  'POST /api/v1/auth/wallet/nonce',
  'POST /api/v1/auth/wallet/verify',
  'GET /api/v1/categories',
  'GET /api/v1/flags/mine',
  'GET /api/v1/images/of/{purpose}/{subjectId}',
  'GET /api/v1/listings',
  'GET /api/v1/listings/template.csv',
  'GET /api/v1/listings/{id}',
  'GET /api/v1/ratings/seller/{id}/explanation',
  'GET /api/v1/ratings/seller/{id}/summary',
  'GET /api/v1/ratings/{id}/history',
  'GET /api/v1/sellers',
  'GET /api/v1/sellers/{id}',
  'GET /api/v1/sellers/{id}/listings',
  'GET /api/v1/sellers/{id}/store',
  'POST /api/v1/verification/email/confirm',
];

/** Inputs with such a name say which thing an operation is about. */
const NAMES_A_THING = /^(id|ids|address|images|seller|wallet|\w+Ids?)$/;

/** Operations that are about the things of others, and why. */
const BY_DESIGN: Record<string, string> = {
  'orders.place': 'a buyer orders the listing of a seller',
  'stores.follow': 'a buyer follows the store of a seller',
  'messages.about': 'a buyer writes about the listing or the store of a seller; orders of others are in messages.test.ts',
  'messages.start': 'the same',
  'stores.unfollow': 'a buyer follows the store of a seller',
  'ratings.canRate': 'a buyer asks about the store of a seller',
  'ratings.list': 'a buyer reads the ratings of a seller',
  'ratings.voteHelpful': 'a reader finds the rating of a buyer helpful',
  'moderation.report': 'a reader reports the rating of a buyer',
  'basket.put': 'a buyer puts the listing of a seller into their own basket',
  'basket.remove': 'a buyer takes the listing of a seller out of their own basket',
  'fees.saveTaxDetails': 'the address is the seller’s own text',
};

/** Access to every operation, derived from the operations themselves. */
onEachEngine('access', (engine) => {
  const { db, api, rest, as } = useProduct(engine);
  let seller: Seller;
  let buyer: Person;
  let stranger: Person & { listingId: number };
  let ratingId: number;
  let orderId: number;

  beforeAll(async () => {
    seller = await createSeller(db.database);
    buyer = await createPerson(db.database);
    stranger = await createSeller(db.database, 'Stranger');
    await completeOrders(db.database, seller, [buyer.id]);
    ratingId = (await rest.post('/ratings', { sellerId: seller.id, rating: 4 }, as(buyer))).body.id;
    orderId = (await rest.post('/orders', { listingId: seller.listingId }, as(buyer))).body.id;
  });

  /** Every REST endpoint, as the OpenAPI document has it. */
  async function endpoints(): Promise<{ method: string; path: string; signIn: 'none' | 'optional' | 'required' }[]> {
    type Item = Record<string, { security?: object[] }>;
    const { paths } = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as { paths: Record<string, Item> };
    return Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { security }]) => {
        const signIn = !security ? ('none' as const) : security.some((one) => Object.keys(one).length === 0) ? 'optional' : 'required';
        return { method: method.toUpperCase(), path, signIn };
      }),
    );
  }

  it('what anyone may ask is known: everything else wants a sign-in', async () => {
    const open = (await endpoints()).filter(({ signIn }) => signIn !== 'required');
    expect(open.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(OPEN_ENDPOINTS.toSorted());
    const anyone = OPERATIONS.filter(([, one]) => one.as === 'anyone' && one.only === null).map(([name]) => name);
    expect(anyone.toSorted()).toEqual(OPEN_PROCEDURES.toSorted());
  });

  it('every other REST endpoint wants a token, and a good one', async () => {
    const tampered = api.tokenFor(buyer).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(`{"sub":"${buyer.id}","sid":"x","roles":["admin"],"exp":9999999999,"iss":"assay"}`).toString('base64url')}.`;
    const tokens = [
      undefined,
      'Bearer nonsense',
      `Bearer ${tampered}`,
      `Bearer ${unsigned}`,
      `Basic ${Buffer.from('a:b').toString('base64')}`,
    ];
    const closed = (await endpoints()).filter(({ signIn }) => signIn === 'required');
    expect(closed.length).toBeGreaterThan(90);
    for (const { method, path } of closed)
      for (const token of tokens) {
        const response = await fetch(api.url + path.replaceAll(/\{\w+\}/g, '1'), {
          method,
          headers: token ? { authorization: token } : {},
        });
        const said = [response.status, ((await response.json()) as { code: string }).code];
        expect(said, `${method} ${path} with ${token}`).toEqual([401, 'UNAUTHENTICATED']);
      }
  });

  it('every other procedure wants a sign-in, before it looks at its input', async () => {
    const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>);
    const offered = OPERATIONS.filter(([, { only }]) => only === null).map(([name]) => name);
    expect(procedures.map(([name]) => name).toSorted()).toEqual(offered.toSorted());
    for (const [name, { _def }] of procedures) {
      if (OPEN_PROCEDURES.includes(name)) continue;
      for (const input of [undefined, { id: 'not a number' }])
        expect(await overTrpc(api, name, _def.type, input), name).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    }
  });

  it('an operation has one rule for both transports', async () => {
    const wanted = new Map((await endpoints()).map(({ method, path, signIn }) => [`${method} ${path}`, signIn === 'required']));
    for (const [name, { as: who, rest: addresses }] of OPERATIONS)
      for (const { method, path, base = '/api/v1' } of addresses) {
        const at = `${method.toUpperCase()} ${base}${path.replaceAll(/:(\w+)/g, '{$1}')}`;
        expect([name, at, wanted.get(at)]).toEqual([name, at, who !== 'anyone']);
      }
  });

  it('every use case refuses a visitor and the wrong role by itself', async () => {
    const visitor = api.container.context({ kind: 'anonymous' }, 'access-test');
    const withRoles = (roles: Role[]) =>
      api.container.context({ kind: 'user', id: stranger.id, roles, sessionId: 'access-test' }, 'access-test');
    const codeOf = async (operation: Operation, ctx: Context) => {
      const use = operation.use as (ctx: Context, input: unknown) => unknown;
      const input = operation.input?.parse(sampleOf(operation.input));
      try {
        await use(ctx, input);
        return null;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return error.code;
      }
    };
    for (const [name, operation] of OPERATIONS) {
      if (operation.as === 'anyone') continue;
      expect(await codeOf(operation, visitor), name).toBe('UNAUTHENTICATED');
      if (operation.as === 'user') continue;
      expect(await codeOf(operation, withRoles(['buyer', 'seller'])), name).toBe('FORBIDDEN');
      if (operation.as === 'admin') expect(await codeOf(operation, withRoles(['buyer', 'seller', 'ops'])), name).toBe('FORBIDDEN');
    }
  });

  it('what is an admin’s or an operator’s is refused to the wrong role, over both transports', async () => {
    const ops = await createPerson(db.database, ['buyer', 'ops']);
    for (const [name, operation] of OPERATIONS) {
      if (operation.as !== 'admin' && operation.as !== 'operator') continue;
      const input = sampleOf(operation.input) as object | undefined;
      for (const person of operation.as === 'admin' ? [seller, ops] : [seller]) {
        const said = await Promise.all([
          ...(operation.only === null ? [overTrpc(api, name, operation.kind, input, api.tokenFor(person))] : []),
          ...operation.rest.map((address) => overRest(api, address, input ?? {}, api.tokenFor(person))),
        ]);
        expect(said.length, name).toBeGreaterThan(0);
        for (const one of said) expect(one, `${name} for ${person.roles.join(', ')}`).toEqual({ status: 403, code: 'FORBIDDEN' });
      }
    }
  });

  it('every operation on a thing with an owner refuses it to another user, over both transports', async () => {
    const owned = await thingsOfOthers();
    const named = OPERATIONS.filter(([, one]) => one.as === 'user' && namesOf(one.input).some((name) => NAMES_A_THING.test(name)));
    expect(named.map(([name]) => name).toSorted()).toEqual([...Object.keys(owned), ...Object.keys(BY_DESIGN)].toSorted());
    const token = api.tokenFor(stranger);
    for (const [name, operation] of OPERATIONS) {
      const one = owned[name];
      if (!one) continue;
      const [input, code] = one;
      if (operation.only === null) expect((await overTrpc(api, name, operation.kind, input, token)).code, name).toBe(code);
      for (const address of operation.rest) {
        const at = `${name} at ${address.method} ${address.path}`;
        expect((await overRest(api, address, input, token)).code, at).toBe(code);
      }
    }
  });

  /** An input for each operation that names something of another user, and the refusal that it meets. */
  async function thingsOfOthers(): Promise<Record<string, [input: object, code: ErrorCode]>> {
    const upload = async (path: string): Promise<{ id: number; documents?: { files: { id: number }[] } }> => {
      const headers = { authorization: `Bearer ${api.tokenFor(seller)}` };
      const body = (await picture(32, 32, 'png')) as Buffer<ArrayBuffer>;
      const answer = await fetch(`${api.url}/api/v1${path}`, { method: 'POST', headers, body });
      expect(answer.status, path).toBe(201);
      return (await answer.json()) as { id: number };
    };
    const { id: imageId } = await upload(`/images?purpose=listing&subjectId=${seller.listingId}`);
    const documentId = (await upload('/verification/documents')).documents!.files[0]!.id;
    const { body: draft } = await rest.post('/listings', { title: 'Draft', currency: 'EUR' }, as(seller));
    const address = `0x${String(seller.id).padStart(40, '0')}`;
    await db.database.prisma.wallet.createMany({ data: [{ address, userId: seller.id, chainId: 1 }] });
    const made = { credentialId: 'c', publicKey: 'p', signCount: 0n, transports: '', name: 'Laptop', createdAt: new Date() };
    await db.database.prisma.passkey.createMany({ data: [{ ...made, userId: seller.id, credentialHash: address }] });
    const { id: passkeyId } = await db.database.prisma.passkey.findFirstOrThrow({ where: { userId: seller.id } });
    const [rater, admin] = [await createPerson(db.database), await createPerson(db.database, ['admin'])];
    const orderIds = await completeOrders(db.database, seller, [rater.id]);
    const struck = (await rest.post('/ratings', { sellerId: seller.id, rating: 1, comment: 'Bad.' }, as(rater))).body.id;
    const reasons = { reason: 'abusive', statement: 'It insults the seller and says nothing else.' };
    const { body: decision } = await rest.post(`/moderation/ratings/${struck}/strike`, reasons, as(admin));
    const account = { email: `owner-of-a-session-${engine}@example.com`, password: 'a long passphrase', fullName: 'Owner' };
    const { token } = (await rest.post('/auth/register', account)).body;
    const [session] = (await rest.get('/auth/sessions', { token })).body.items;
    const place = { purpose: 'listing', subjectId: seller.listingId };
    const home = { recipientName: 'Ana', line1: 'Rua das Flores 12', postalCode: '4050-262', city: 'Porto', country: 'PT' };
    const { body: saved } = await rest.post('/addresses', home, as(buyer));
    const quoted = { items: [{ listingId: seller.listingId, quantity: 1 }], addressId: saved.id };
    const at = new Date();
    const about = { kind: 'order', subjectId: orderId };
    const { id: threadId } = (await rest.post('/messages', { ...about, clientId: address.slice(2), text: 'Hello' }, as(buyer))).body;
    const { id: groupId } = await db.database.prisma.orderGroup.create({ data: { buyerId: buyer.id, currency: 'EUR', createdAt: at } });
    const sent = {
      amountMinor: 100n,
      currency: 'EUR',
      status: 'sent',
      method: 'manual',
      reference: `P-${engine}`,
      masked: 'DE89 •••• 3000',
    };
    const { id: payoutId } = await db.database.prisma.payout.create({ data: { ...sent, sellerId: seller.id, createdAt: at, sentAt: at } });
    return {
      'addresses.delete': [{ id: saved.id }, 'ADDRESS_NOT_FOUND'],
      'addresses.edit': [{ id: saved.id, ...home }, 'ADDRESS_NOT_FOUND'],
      'checkout.get': [{ id: groupId }, 'ORDER_NOT_FOUND'],
      'checkout.pay': [{ id: groupId }, 'ORDER_NOT_FOUND'],
      'checkout.place': [{ ...quoted, version: '1' }, 'ADDRESS_NOT_FOUND'],
      'checkout.quote': [quoted, 'ADDRESS_NOT_FOUND'],
      'returns.list': [{ id: orderId }, 'ORDER_NOT_FOUND'],
      'returns.request': [
        { id: orderId, reason: 'damaged', text: 'It arrived with a crack.', items: [{ listingId: seller.listingId, quantity: 1 }] },
        'ORDER_NOT_FOUND',
      ],
      'returns.move': [{ id: 1, move: 'withdraw' }, 'RETURN_NOT_FOUND'],
      'orders.cancelItems': [{ id: orderId, reason: 'other', items: [{ listingId: seller.listingId, quantity: 1 }] }, 'ORDER_NOT_FOUND'],
      'disputes.get': [{ id: orderId }, 'DISPUTE_NOT_FOUND'],
      'disputes.move': [{ id: orderId, move: 'withdraw' }, 'DISPUTE_NOT_FOUND'],
      'disputes.open': [{ id: orderId, reason: 'damaged', text: 'It arrived with a crack.' }, 'ORDER_NOT_FOUND'],
      'messages.archive': [{ id: threadId, archived: true }, 'THREAD_NOT_FOUND'],
      'messages.block': [{ id: threadId, blocked: true }, 'THREAD_NOT_FOUND'],
      'messages.report': [{ id: threadId, messageId: 1, reason: 'spam' }, 'THREAD_NOT_FOUND'],
      'messages.get': [{ id: threadId }, 'THREAD_NOT_FOUND'],
      'messages.read': [{ id: threadId, upTo: 1 }, 'THREAD_NOT_FOUND'],
      'messages.send': [{ id: threadId, clientId: address.slice(2), text: 'Let me in' }, 'THREAD_NOT_FOUND'],
      'fees.order': [{ id: orderId }, 'ORDER_NOT_FOUND'],
      'fees.quote': [{ sellerId: seller.id, price: '1.00', currency: 'EUR', category: 'ceramics' }, 'FORBIDDEN'],
      'invoices.order': [{ id: orderId }, 'ORDER_NOT_FOUND'],
      'payments.cancel': [{ id: orderId }, 'ORDER_NOT_FOUND'],
      'payments.check': [{ id: orderId }, 'ORDER_NOT_FOUND'],
      'payments.form': [{ id: orderId }, 'ORDER_NOT_FOUND'],
      'payments.refund': [{ id: orderId, amount: '1.00', reason: 'damaged' }, 'ORDER_NOT_FOUND'],
      'payouts.get': [{ id: payoutId }, 'PAYOUT_NOT_FOUND'],
      'accounts.revokeSession': [{ id: session.id }, 'SESSION_NOT_FOUND'],
      'images.attach': [{ ...place, imageId }, 'LISTING_NOT_FOUND'],
      'images.delete': [{ id: imageId }, 'IMAGE_NOT_FOUND'],
      'images.describe': [{ ...place, imageId, alt: 'A bowl' }, 'LISTING_NOT_FOUND'],
      'images.detach': [{ ...place, imageId }, 'LISTING_NOT_FOUND'],
      'images.get': [{ id: imageId }, 'IMAGE_NOT_FOUND'],
      'images.reorder': [{ ...place, order: [imageId] }, 'LISTING_NOT_FOUND'],
      'insights.reply': [{ ratingId, text: 'Thank you' }, 'FORBIDDEN'],
      'listings.bulkEdit': [{ ids: [seller.listingId], change: { kind: 'escrow', escrowEnabled: true } }, 'LISTING_NOT_FOUND'],
      'listings.create': [{ title: 'Bowl', currency: 'EUR', images: [imageId] }, 'IMAGE_NOT_FOUND'],
      'listings.deleteDraft': [{ id: draft.id }, 'LISTING_NOT_FOUND'],
      'listings.edit': [{ id: draft.id, version: draft.version, title: 'Mine' }, 'LISTING_NOT_FOUND'],
      'listings.move': [{ id: draft.id, move: 'archive' }, 'LISTING_NOT_FOUND'],
      'listings.own': [{ id: draft.id }, 'LISTING_NOT_FOUND'],
      'marketplace.createListing': [{ seller: seller.id, title: 'Bowl', price: '1.00', currency: 'EUR' }, 'FORBIDDEN'],
      'marketplace.dashboard': [{ seller: seller.id }, 'FORBIDDEN'],
      'marketplace.saveProfile': [{ seller: seller.id, displayName: 'Mine' }, 'FORBIDDEN'],
      'moderation.appeal': [{ decisionId: decision.id, text: 'I have nothing to do with it.' }, 'DECISION_NOT_FOUND'],
      'orders.get': [{ id: orderId }, 'ORDER_NOT_FOUND'],
      'orders.move': [{ id: orderId, move: 'cancel' }, 'ORDER_NOT_FOUND'],
      'payout.save': [{ method: 'crypto', wallet: address, currency: 'ETH' }, 'WALLET_NOT_FOUND'],
      'ratings.edit': [{ id: ratingId, rating: 1 }, 'FORBIDDEN'],
      'ratings.restore': [{ id: ratingId }, 'RATING_NOT_FOUND'],
      'ratings.submit': [{ sellerId: seller.id, rating: 1, orderId: orderIds.get(rater.id)! }, 'NO_COMPLETED_ORDER'],
      'ratings.withdraw': [{ id: ratingId }, 'FORBIDDEN'],
      'passkeys.remove': [{ id: passkeyId }, 'PASSKEY_NOT_FOUND'],
      'stores.feature': [{ listingIds: [seller.listingId] }, 'LISTING_NOT_FOUND'],
      'verification.removeDocument': [{ id: documentId }, 'DOCUMENT_NOT_FOUND'],
      'wallets.unlink': [{ address }, 'WALLET_NOT_FOUND'],
    };
  }

  it('refuses an expired token', async () => {
    const past = new Date(Date.now() - 24 * 3_600_000);
    const { token } = api.container.tokens.issueAccessToken({ userId: buyer.id, sessionId: sessionIdOf(buyer.id) }, past);
    expect((await rest.get('/auth/me', { token })).status).toBe(401);
  });

  it('the rating of another buyer cannot be changed or withdrawn', async () => {
    for (const person of [stranger, seller]) {
      const edit = await rest.patch(`/ratings/${ratingId}`, { rating: 1 }, as(person));
      const remove = await rest.delete(`/ratings/${ratingId}`, as(person));
      expect([edit.status, edit.body.code, remove.status, remove.body.code]).toEqual([403, 'FORBIDDEN', 403, 'FORBIDDEN']);
    }
    expect((await rest.get(`/ratings/seller/${seller.id}/summary`)).body.histogram).toEqual({ 1: 0, 2: 0, 3: 0, 4: 1, 5: 0 });
  });

  it('the order of others cannot be seen, moved or listed', async () => {
    expect((await rest.get(`/orders/${orderId}`, as(stranger))).status).toBe(404);
    for (const move of ['pay', 'ship', 'complete', 'cancel'])
      expect((await rest.post(`/orders/${orderId}/${move}`, undefined, as(stranger))).status, move).toBe(404);
    for (const side of ['buyer', 'seller']) expect((await rest.get(`/orders?as=${side}`, as(stranger))).body.items).toEqual([]);
  });

  it('the other party’s moves are refused', async () => {
    expect((await rest.post(`/orders/${orderId}/pay`, undefined, as(seller))).body.code).toBe('FORBIDDEN');
    expect((await rest.post(`/orders/${orderId}/ship`, undefined, as(buyer))).body.code).toBe('FORBIDDEN');
    expect((await rest.post(`/orders/${orderId}/complete`, undefined, as(seller))).body.code).toBe('FORBIDDEN');
  });

  it('the session of another user cannot be seen or ended', async () => {
    const email = `owner-${engine}@example.com`;
    const owner = (await rest.post('/auth/register', { email, password: 'a long passphrase', fullName: 'Owner' })).body;
    const [session] = (await rest.get('/auth/sessions', { token: owner.token })).body.items;
    const end = (by: { token: string }, current?: string) => rest.post(`/auth/sessions/${session.id}/end`, { current }, by);
    expect((await end(as(stranger))).body.code).toBe('SESSION_NOT_FOUND');
    expect((await rest.get('/auth/sessions', { token: owner.token })).body.items).toHaveLength(1);
    expect((await rest.get('/auth/sessions', as(stranger))).body.items).toEqual([
      expect.objectContaining({ id: sessionIdOf(stranger.id) }),
    ]);
    expect((await end(owner, 'a long passphrase')).status).toBe(204);
  });

  it('only the rater sees the order of a rating', async () => {
    const mine = await rest.get(`/ratings/seller/${seller.id}`, as(buyer));
    const theirs = await rest.get(`/ratings/seller/${seller.id}`, as(stranger));
    expect(mine.body.items[0].orderId).toEqual(expect.any(Number));
    expect(theirs.body.items[0]).toMatchObject({ orderId: null, mine: false });
    expect(theirs.body.items[0].raterName).not.toBe(buyer.fullName);
  });

  it('a draft exists for its seller alone', async () => {
    const { body: listing } = await rest.post('/listings', { title: 'Draft', price: '1.00', currency: 'EUR' }, as(seller));
    expect((await rest.get(`/listings/${listing.id}`, as(seller))).status).toBe(200);
    expect((await rest.get(`/listings/${listing.id}`, as(stranger))).status).toBe(404);
    expect((await rest.get(`/listings/${listing.id}`)).status).toBe(404);
    expect((await rest.post('/orders', { listingId: listing.id }, as(stranger))).status).toBe(404);
  });
});
