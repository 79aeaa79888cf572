import { ROTATION_GRACE_MS } from '@assay/core';
import { call, cookieHeader, cookiesOf, createSeller, onEachEngine, useProduct, type Answer } from '@assay/testing';
import { parseSetCookie } from 'cookie';
import { afterAll, expect, it, vi } from 'vitest';

let serial = 0;
const fresh = () => ({ email: `person${++serial}@example.com`, password: 'a long passphrase', fullName: 'Ada Byron' });

/** The cookies of an answer, as a browser would keep and send them. */

onEachEngine('accounts', (engine) => {
  const { db, api, rest } = useProduct(engine);
  afterAll(async () => {
    vi.useRealTimers();
  });

  it('registers, signs in, says who I am, signs out', async () => {
    const person = fresh();
    const registered = await rest.post('/auth/register', { ...person, email: ` ${person.email.toUpperCase()} ` });
    expect(registered.status).toBe(201);
    expect(registered.body).toMatchObject({
      token: expect.any(String),
      user: { id: expect.any(Number), email: person.email, fullName: 'Ada Byron', roles: ['buyer'] },
    });
    const { body: signedIn } = await rest.post('/auth/login', { email: person.email, password: person.password });
    expect(signedIn.user).toEqual(registered.body.user);
    const { body: me } = await rest.get('/auth/me', { token: signedIn.token });
    expect(me).toEqual(signedIn.user);
    expect((await rest.get('/auth/sessions', { token: signedIn.token })).body.items).toHaveLength(2);
    expect((await rest.post('/auth/logout', undefined, { token: signedIn.token })).status).toBe(204);
    expect((await rest.get('/auth/sessions', { token: registered.body.token })).body.items).toHaveLength(1);
  });

  it('an e-mail address is no name: a new one is refused, an earlier one is never shown in full', async () => {
    const refused = { errors: [{ field: 'fullName', message: 'A name is public, so it cannot contain an e-mail address.' }] };
    expect((await rest.post('/auth/register', { ...fresh(), fullName: 'ada@example.com' })).body).toMatchObject(refused);
    const { body } = await rest.post('/auth/register', fresh());
    const options = { token: body.token as string };
    expect((await rest.patch('/auth/me', { fullName: 'Ada ada@example.com' }, options)).body).toMatchObject(refused);
    expect((await rest.patch('/auth/me', { fullName: '\u200B\u3164' }, options)).body).toMatchObject({
      errors: [{ field: 'fullName', message: 'A name must not be empty.' }],
    });
    const seller = await createSeller(db.database, 'nora@kiln.example');
    const seen = JSON.stringify([
      (await rest.get(`/sellers/${seller.id}`)).body,
      (await rest.get(`/listings/${seller.listingId}`)).body,
      (await rest.get(`/ratings/seller/${seller.id}/explanation`)).body,
    ]);
    expect(seen).not.toContain('kiln.example');
    expect(seen).toContain('"name":"n…@');
  });

  it('keeps no password and no token in the database', async () => {
    const person = fresh();
    const answer = await rest.post('/auth/register', person);
    const cookies = cookiesOf(answer);
    const user = await db.database.prisma.user.findUniqueOrThrow({ where: { id: answer.body.user.id }, include: { sessions: true } });
    expect(user.passwordHash).toMatch(/^\$argon2id\$/);
    expect(JSON.stringify(user)).not.toContain(person.password);
    expect(JSON.stringify(user)).not.toContain(cookies.assay_refresh!.split('.')[1]);
  });

  it('hands out cookies that scripts cannot read, and marks them Secure behind TLS', async () => {
    const plain = await rest.post('/auth/register', fresh());
    const secured = await rest.post('/auth/register', fresh(), { headers: { 'x-forwarded-proto': 'https' } });
    const flags = (answer: Answer) =>
      answer.headers
        .getSetCookie()
        .map((header) => parseSetCookie(header))
        .map(({ name, httpOnly, secure, sameSite }) => [name, httpOnly ?? false, secure ?? false, sameSite]);
    expect(flags(plain)).toEqual([
      ['assay_device', true, false, 'lax'],
      ['assay_access', true, false, 'lax'],
      ['assay_refresh', true, false, 'lax'],
      ['assay_csrf', false, false, 'lax'],
    ]);
    expect(flags(secured)).toEqual([
      ['__Host-assay_device', true, true, 'lax'],
      ['__Host-assay_access', true, true, 'lax'],
      ['__Host-assay_refresh', true, true, 'lax'],
      ['__Host-assay_csrf', false, true, 'lax'],
    ]);
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    expect(secured.headers.get('strict-transport-security')).toMatch(/max-age/);
  });

  it('refuses what is wrong or weak', async () => {
    const person = fresh();
    await rest.post('/auth/register', person);
    for (const [wrong, field] of [
      [{ password: 'short' }, 'password'],
      [{ password: 'x'.repeat(201) }, 'password'],
      [{ password: 'qwertyuiop' }, 'password'],
      [{ password: '        ' }, 'password'],
      [{ password: 'AdaByron1815' }, 'password'],
      [{ email: 'countess@lovelace.example', password: 'countess@lovelace.example' }, 'password'],
      [{ email: 'no-address' }, 'email'],
      [{ email: `${'a'.repeat(250)}@x.io` }, 'email'],
      [{ fullName: ' ' }, 'fullName'],
      [{ fullName: 'a\nb' }, 'fullName'],
    ] as const) {
      const answer = await rest.post('/auth/register', { ...fresh(), ...wrong });
      expect([answer.status, answer.body.errors?.[0].field]).toEqual([400, field]);
    }
    const unknown = await rest.post('/auth/login', { email: 'unknown@example.com', password: person.password });
    const wrong = await rest.post('/auth/login', { email: person.email, password: 'not this one' });
    expect([unknown.status, unknown.body.code, unknown.body.detail]).toEqual([wrong.status, wrong.body.code, wrong.body.detail]);
    expect(wrong.body.code).toBe('INVALID_CREDENTIALS');
  });

  it('rotates refresh tokens, and ends a session whose old token comes back', async () => {
    const first = cookiesOf(await rest.post('/auth/register', fresh()));
    const refresh = (cookies: Record<string, string>) =>
      rest.post('/auth/refresh', undefined, { headers: { cookie: cookieHeader(cookies) } });
    const answer = await refresh(first);
    expect(answer.status).toBe(200);
    const second = cookiesOf(answer);
    expect(second.assay_refresh).not.toBe(first.assay_refresh);

    const twin = await refresh(first); // another tab, a moment later
    expect([twin.status, cookiesOf(twin).assay_refresh]).toEqual([200, undefined]);
    expect((await rest.get('/auth/me', { token: twin.body.token })).status).toBe(200);

    await db.database.prisma.session.updateMany({
      where: { id: first.assay_refresh!.split('.')[0]! },
      data: { previousUntil: new Date(Date.now() - ROTATION_GRACE_MS) },
    });
    const stolen = await refresh(first);
    expect([stolen.status, stolen.body.code]).toEqual([401, 'SESSION_ENDED']);
    expect((await refresh(second)).status).toBe(401);
    for (const bad of ['', 'x', first.assay_refresh!.replace(/.$/, 'x'), `${crypto.randomUUID()}.${'a'.repeat(43)}`])
      expect((await refresh({ assay_refresh: bad })).status).toBe(401);
  });

  it('after signing out the refresh token is worth nothing', async () => {
    const cookies = cookiesOf(await rest.post('/auth/register', fresh()));
    const headers = { cookie: cookieHeader(cookies) };
    const out = await rest.post('/auth/logout', undefined, { headers });
    expect([out.status, cookiesOf(out)]).toEqual([204, { assay_access: '', assay_refresh: '', assay_csrf: '' }]);
    expect((await rest.post('/auth/refresh', undefined, { headers })).status).toBe(401);
  });

  it('a cookie proves who I am, but changes nothing without the CSRF token', async () => {
    const cookies = cookiesOf(await rest.post('/auth/register', fresh()));
    const other = cookiesOf(await rest.post('/auth/register', fresh()));
    const list = (headers: Record<string, string>) =>
      rest.post('/listings', { title: 'Bowl', price: '1.00', currency: 'EUR' }, { headers: { cookie: cookieHeader(cookies), ...headers } });
    expect((await rest.get('/auth/me', { headers: { cookie: cookieHeader(cookies) } })).status).toBe(200);
    const forged: Record<string, string>[] = [
      {},
      { 'x-csrf-token': 'guess' },
      { 'x-csrf-token': other.assay_csrf! },
      { 'x-csrf-token': cookies.assay_csrf!, origin: 'https://evil.example' },
      { 'x-csrf-token': cookies.assay_csrf!, 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of forged) {
      const answer = await list(headers);
      expect([answer.status, answer.body.code], JSON.stringify(headers)).toEqual([403, 'CSRF_FAILED']);
    }
    expect((await list({ 'x-csrf-token': cookies.assay_csrf! })).status).toBe(201);
    expect((await list({ 'x-csrf-token': cookies.assay_csrf!, origin: api.url })).status).toBe(201);
    const trpc = (headers: Record<string, string>) =>
      call(
        api.url,
        'POST',
        '/trpc/listings.create',
        { title: 'Bowl', price: '1.00', currency: 'EUR' },
        { headers: { cookie: cookieHeader(cookies), ...headers } },
      );
    expect((await trpc({})).status).toBe(403);
    expect((await trpc({ 'x-csrf-token': cookies.assay_csrf! })).status).toBe(200);
  });

  it('another site cannot sign a visitor in', async () => {
    const person = fresh();
    await rest.post('/auth/register', person);
    expect((await rest.post('/auth/login', person, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });

  it('listing something makes a seller', async () => {
    const {
      body: { token, user },
    } = await rest.post('/auth/register', fresh());
    expect((await rest.get(`/sellers/${user.id}`)).status).toBe(404);
    const offer = { title: 'Bowl', price: '12.50', currency: 'EUR', publish: true };
    expect((await rest.post('/listings', offer, { token })).body).toMatchObject({
      sellerId: user.id,
      price: '12.50',
      category: 'other',
      status: 'active',
    });
    expect((await rest.get(`/sellers/${user.id}`)).body).toMatchObject({
      name: 'Ada Byron',
      listingCount: 1,
      summary: { isNewSeller: true, totalRatings: 0 },
    });
    expect((await rest.get('/auth/me', { token })).body.roles).toEqual(['buyer', 'seller']);
  });

  it('an order goes its way, step by step, and each move leaves its record', async () => {
    const seller = await createSeller(db.database);
    const {
      body: { token, user },
    } = await rest.post('/auth/register', fresh());
    const sellerToken = api.tokenFor(seller);
    const move = (id: number, name: string, by: string) => rest.post(`/orders/${id}/${name}`, undefined, { token: by });
    const { status, body: order } = await rest.post('/orders', { listingId: seller.listingId }, { token });
    expect([status, order]).toEqual([
      201,
      expect.objectContaining({ id: expect.any(Number), status: 'placed', price: '12.50', moves: ['pay', 'cancel'] }),
    ]);
    for (const [name, by] of [
      ['ship', sellerToken],
      ['complete', token],
    ] as const)
      expect((await move(order.id, name, by)).body.code).toBe('ILLEGAL_MOVE');
    expect((await move(order.id, 'pay', token)).body.status).toBe('paid');
    expect((await move(order.id, 'pay', token)).body.code).toBe('ILLEGAL_MOVE');
    expect((await move(order.id, 'ship', sellerToken)).body.status).toBe('shipped');
    expect((await move(order.id, 'cancel', token)).body.code).toBe('ILLEGAL_MOVE');
    expect((await move(order.id, 'complete', token)).body).toMatchObject({
      status: 'completed',
      moves: [],
      completedAt: expect.any(String),
    });
    const { body: detail } = await rest.get(`/orders/${order.id}`, { token });
    expect(detail.events.map((event: { from: string; to: string; byBuyer: boolean }) => [event.from, event.to, event.byBuyer])).toEqual([
      [null, 'placed', true],
      ['placed', 'paying', true],
      ['paying', 'paid', true],
      ['paid', 'shipped', false],
      ['shipped', 'completed', true],
    ]);

    await rest.post(`/listings/${seller.listingId}/relist`, undefined, { token: sellerToken }); // the order has sold it
    const { body: second } = await rest.post('/orders', { listingId: seller.listingId }, { token });
    await move(second.id, 'pay', token);
    expect((await move(second.id, 'cancel', sellerToken)).body.status).toBe('cancelled');
    expect(
      await db.database.prisma.payment.findMany({
        where: { order: { buyerId: user.id } },
        select: { orderId: true, status: true },
        orderBy: { orderId: 'asc' },
      }),
    ).toEqual([
      { orderId: order.id, status: 'captured' },
      { orderId: second.id, status: 'refunded' },
    ]);
    const audit = await db.database.prisma.auditEntry.findMany({
      where: { entity: 'order', entityId: String(second.id) },
      orderBy: { id: 'asc' },
    });
    expect(audit.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['order.placed', user.id],
      ['order.paying', user.id],
      ['payment.begun', user.id],
      ['order.paid', null], // by the task
      ['payment.captured', null],
      ['order.cancelled', seller.id],
      ['refund.begun', seller.id],
      ['payment.refunded', null],
    ]);
    expect((await rest.get('/orders', { token })).body.items.map(({ id }: { id: number }) => id)).toEqual([second.id, order.id]);
    expect((await rest.post('/orders', { listingId: seller.listingId }, { token: sellerToken })).body.code).toBe('OWN_LISTING');
  });
});
