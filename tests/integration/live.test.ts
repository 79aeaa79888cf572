import { connect, type Socket } from 'node:net';
import { LIVE_PATH, type LiveEvent, type LiveMessage, type LiveRequest } from '@assay/contract';
import {
  completeOrders,
  createPeople,
  createPerson,
  createSeller,
  onEachEngine,
  restClient,
  startApi,
  useApi,
  useProduct,
  type Person,
  type Seller,
  type SuiteApi,
} from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';

onEachEngine('live updates', (engine) => {
  const { db, api } = useProduct(engine);
  const { api: second } = useApi(db); // another process would be no different: nothing is shared but the database
  let seller: Seller;

  beforeAll(async () => {
    seller = await createSeller(db.database);
  });

  /** A socket that has subscribed, or was refused. */
  async function listen(at: SuiteApi, request: LiveRequest | null, headers: Record<string, string> = {}, path = LIVE_PATH) {
    const socket = new WebSocket(`${at.url.replace('http', 'ws')}${path}`, { headers });
    const events: Extract<LiveMessage, { event: LiveEvent }>[] = [];
    const waiting: (() => void)[] = [];
    const answer = await new Promise<LiveMessage>((resolve, reject) => {
      socket.on('error', reject);
      if (request) socket.on('open', () => socket.send(JSON.stringify(request)));
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as LiveMessage;
        if (message.type === 'event' || message.type === 'new_order') events.push(message);
        else if (message.type !== 'position') resolve(message);
        for (const wake of waiting.splice(0)) wake();
      });
    });
    const next = async (count: number) => {
      while (events.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
      return events;
    };
    return { socket, answer, events, next };
  }
  async function buyer(): Promise<Person> {
    const [person] = (await createPeople(db.database, 1)) as [Person];
    await completeOrders(db.database, seller, [person.id]);
    return person;
  }
  const rate = async (through: SuiteApi, sellerId = seller.id) => {
    const person = await buyer();
    const answer = await restClient(through.url).post('/ratings', { sellerId, rating: 5 }, { token: through.tokenFor(person) });
    return { committedAt: performance.now(), ...answer };
  };

  async function rateAt(shop: Seller): Promise<void> {
    const person = await createPerson(db.database);
    await completeOrders(db.database, shop, [person.id]);
    await restClient(api.url).post('/ratings', { sellerId: shop.id, rating: 1 }, { token: api.tokenFor(person) });
  }

  it('a rating reaches an open dashboard, from this process and from another one', async () => {
    const { socket, next } = await listen(api, { subscribe: 'seller', sellerId: seller.id });
    for (const [i, through] of [api, second, api, second].entries()) {
      await rate(through);
      const events = await next(i + 1);
      expect(events[i]!.event).toMatchObject({ topic: 'rating.submitted', subjectId: seller.id });
    }
    socket.close();
  });

  it('sends each event once, in spite of many at once through two processes', async () => {
    const { socket, next, events } = await listen(second, { subscribe: 'seller', sellerId: seller.id });
    await Promise.all(Array.from({ length: 20 }, (_, i) => rate(i % 2 ? api : second)));
    await next(20);
    await rate(api);
    await next(21);
    expect(new Set(events.map(({ event }) => event.id)).size).toBe(21);
    expect(events).toHaveLength(21);
    socket.close();
  });

  it('of other sellers nothing is sent, and of ratings nothing but that there was one', async () => {
    const other = await createSeller(db.database);
    const { socket, next } = await listen(api, { subscribe: 'seller', sellerId: seller.id });
    await rateAt(other);
    await rate(api);
    const { event } = (await next(1))[0]!;
    expect(event.subjectId).toBe(seller.id);
    expect(Object.keys(event).sort()).toEqual(['at', 'id', 'subjectId', 'topic']);
    socket.close();
  });

  it('sends a client that comes back, to any process, what was missed, and goes on from there', async () => {
    const before = await listen(api, { subscribe: 'seller', sellerId: seller.id });
    await rate(api);
    const { event, after } = (await before.next(1))[0]!;
    before.socket.close();
    await Promise.all([rate(api), rate(second), rateAt(await createSeller(db.database))]);
    const back = await listen(second, { subscribe: 'seller', sellerId: seller.id, after });
    await rate(api);
    const fresh = () => new Set(back.events.map((one) => one.event.id).filter((id) => id !== event.id));
    while (fresh().size < 3) await back.next(back.events.length + 1);
    expect(back.events.every((one) => one.event.subjectId === seller.id)).toBe(true);
    back.socket.close();
  });

  it('sends a buyer who comes back what happened to their orders', async () => {
    const person = await buyer();
    const [other] = (await createPeople(db.database, 1)) as [Person];
    const cookie = { cookie: `assay_access=${api.tokenFor(person)}` };
    const lastId = await api.container.repos.outbox.lastId();
    const at = new Date();
    const moved = (buyerId: number, orderId: number) => ({
      topic: 'order.moved',
      subjectId: seller.id,
      payload: JSON.stringify({ orderId, sellerId: seller.id, buyerId, from: 'paid', to: 'completed' }),
      createdAt: at,
    });
    await db.database.prisma.outboxEvent.createMany({ data: [moved(person.id, 1), moved(other.id, 2), moved(person.id * 10, 3)] });
    const failed = { orderId: 4, sellerId: seller.id, buyerId: person.id };
    await db.database.prisma.outboxEvent.createMany({
      data: [{ topic: 'payment.failed', subjectId: seller.id, payload: JSON.stringify(failed), createdAt: at }],
    });
    const { next, events, socket } = await listen(api, { subscribe: 'account', after: lastId }, cookie);
    const topics = () => new Map(events.map(({ event }) => [event.id, event.topic])); // an event may come twice
    while (topics().size < 2) await next(events.length + 1);
    expect([...topics().values()]).toEqual(['order.moved', 'payment.failed']);
    socket.close();
  });

  it('says so when too much has happened to tell it all', async () => {
    const at = new Date();
    const lastId = await api.container.repos.outbox.lastId();
    const events = Array.from({ length: 5000 }, () => ({ topic: 'order.moved', subjectId: 1, payload: '{}', createdAt: at }));
    for (let i = 0; i < events.length; i += 250) await db.database.prisma.outboxEvent.createMany({ data: events.slice(i, i + 250) });
    const { socket, answer } = await listen(api, { subscribe: 'seller', sellerId: seller.id, after: lastId });
    expect(answer).toMatchObject({ type: 'subscribed', missed: true });
    socket.close();
  });

  it('hears several things on one connection, and no more than a page needs', async () => {
    const other = await createSeller(db.database);
    const { socket, next, events } = await listen(api, { subscribe: 'seller', sellerId: seller.id });
    socket.send(JSON.stringify({ subscribe: 'seller', sellerId: other.id }));
    await rateAt(other);
    expect((await next(1))[0]!.event.subjectId).toBe(other.id);
    socket.send(JSON.stringify({ unsubscribe: `seller:${other.id}` }));
    await rateAt(other);
    await rate(api);
    await next(2);
    expect(events.map((one) => one.event.subjectId)).toEqual([other.id, seller.id]);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (let sellerId = 1000; sellerId < 1011; sellerId++) socket.send(JSON.stringify({ subscribe: 'seller', sellerId }));
    expect(await closed).toBe(1008);
  });

  it('what operators see is for operators', async () => {
    const cookie = (person: Person) => ({ cookie: `assay_access=${api.tokenFor(person)}` });
    const admin = await createPerson(db.database, ['admin']);
    expect((await listen(api, { subscribe: 'operations' })).answer).toMatchObject({ type: 'refused' });
    expect((await listen(api, { subscribe: 'operations' }, cookie(seller))).answer).toMatchObject({ type: 'refused' });
    const { socket, answer, next } = await listen(api, { subscribe: 'operations' }, cookie(admin));
    expect(answer).toMatchObject({ type: 'subscribed', missed: false });
    await restClient(second.url).post('/operations/maintenance', { kind: 'verify' }, { token: second.tokenFor(admin) });
    expect((await next(1))[0]!.event.topic).toBe('maintenance.progress');
    socket.close();
  });

  it('what happens to an account is sent to its owner; documents are for admins, of those who watch', async () => {
    const cookie = (person: Person) => ({ cookie: `assay_access=${api.tokenFor(person)}` });
    const [admin, ops, other] = [
      await createPerson(db.database, ['admin']),
      await createPerson(db.database, ['ops']),
      await createSeller(db.database),
    ];
    expect((await listen(api, { subscribe: 'account' })).answer).toMatchObject({ type: 'refused', message: 'Sign in first.' });
    const own = await listen(api, { subscribe: 'account' }, cookie(seller));
    const strangers = await listen(api, { subscribe: 'account' }, cookie(other));
    const admins = await listen(api, { subscribe: 'operations' }, cookie(admin));
    const operators = await listen(api, { subscribe: 'operations' }, cookie(ops));
    const move = (person: Person) => restClient(second.url).post('/onboarding/move', { step: 'image' }, { token: second.tokenFor(person) });
    const upload = await fetch(`${second.url}/api/v1/verification/documents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${second.tokenFor(seller)}` },
      body: '%PDF-1.7',
    });
    expect(upload.status).toBe(201);
    expect((await own.next(1))[0]!.event).toMatchObject({ topic: 'verification.changed', subjectId: seller.id });
    expect((await admins.next(1))[0]!.event).toMatchObject({ topic: 'verification.changed', subjectId: seller.id });
    await move(seller);
    expect((await own.next(2))[1]!.event.topic).toBe('onboarding.changed');
    // By now the others would have heard, too.
    await move(other);
    expect((await strangers.next(1)).map(({ event }) => event.subjectId)).toEqual([other.id]);
    await restClient(second.url).post('/operations/maintenance', { kind: 'verify' }, { token: second.tokenFor(admin) });
    expect((await operators.next(1))[0]!.event.topic).toBe('maintenance.progress');
    for (const { socket } of [own, strangers, admins, operators]) socket.close();
  });

  it('lets a server stop while clients listen, and no client in meanwhile', async () => {
    const third = await startApi(db);
    const { socket } = await listen(third, { subscribe: 'seller', sellerId: seller.id });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await third.close();
    expect(await closed).toBe(1012);
  });

  it('takes a reset in the middle of an upgrade for what it is, and other upgrades for ordinary requests', async () => {
    const { hostname, port } = new URL(api.url);
    const send = (text: string, then: (socket: Socket) => void) =>
      new Promise<string>((resolve) => {
        let answer = '';
        const socket = connect(Number(port), hostname, () => {
          socket.write(text);
          then(socket);
        });
        socket.on('data', (chunk) => (answer += chunk.toString()));
        socket.on('error', () => {});
        socket.on('close', () => resolve(answer));
      });
    for (const path of ['/nowhere', LIVE_PATH])
      await send(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, (socket) =>
        socket.resetAndDestroy(),
      );
    const h2c = `GET /livez HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n`;
    expect(await send(h2c, () => {})).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('says to a seller, and to nobody else, that an order is new: once, when it is paid', async () => {
    const [person] = (await createPeople(db.database, 1)) as [Person];
    const asSeller = { authorization: `Bearer ${api.tokenFor(seller)}` };
    const asBuyer = { authorization: `Bearer ${api.tokenFor(person)}` };
    const [own, theirs] = [await listen(api, null, asSeller, '/seller/ws'), await listen(second, null, asBuyer, '/seller/ws')];
    const rest = restClient(api.url);
    const { body } = await rest.post('/orders', { listingId: seller.listingId }, { token: api.tokenFor(person) });
    const { id } = body as { id: number };
    await rest.post(`/orders/${id}/pay`, undefined, { token: api.tokenFor(person) });
    await rest.post(`/orders/${id}/ship`, undefined, { token: api.tokenFor(seller) });
    const heard = async ({ next, events }: typeof own) => {
      const isShipped = () => events.filter(({ event }) => event.topic === 'order.moved').length;
      while (isShipped() < 3) await next(events.length + 1); // to paying, paid and shipped
      return events.filter(({ type }) => type === 'new_order').map(({ event }) => event.newOrderId);
    };
    expect([await heard(own), await heard(theirs)]).toEqual([[id], []]);
    own.socket.close();
    theirs.socket.close();
  });

  it('listens at the addresses of the founding documents', async () => {
    const address = `0x${'5e'.repeat(20)}`;
    await db.database.prisma.wallet.createMany({ data: [{ address, userId: seller.id, chainId: 1 }] });
    const common = await listen(api, { subscribe: 'seller', sellerId: seller.id }, {}, '/seller/ws');
    expect(common.answer).toMatchObject({ type: 'subscribed', channel: `seller:${seller.id}` });
    common.socket.close();
    const own = await listen(api, null, { authorization: `Bearer ${api.tokenFor(seller)}` }, '/seller/ws');
    expect(own.answer).toMatchObject({ type: 'subscribed', channel: 'account' });
    own.socket.close();
    for (const path of [`/seller/${address}`, `/seller/${address.toUpperCase().replace('X', 'x')}`, `/seller/${seller.id}`]) {
      const { answer, next, socket } = await listen(api, null, {}, path);
      expect(answer).toMatchObject({ type: 'subscribed', channel: `seller:${seller.id}` });
      await rate(api);
      expect((await next(1))[0]!.event).toMatchObject({ topic: 'rating.submitted', subjectId: seller.id });
      socket.close();
    }
  });

  it('refuses pages of other sites, other paths, and what it does not understand', async () => {
    const status = (path: string, headers: Record<string, string>) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${api.url.replace('http', 'ws')}${path}`, { headers });
        socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode));
        socket.on('open', () => resolve('open'));
        socket.on('error', () => {});
      });
    expect(await status(LIVE_PATH, { origin: 'https://evil.example' })).toBe(403);
    for (const path of [
      '/api/other',
      '/seller/test-wallet',
      '/seller/999999999',
      `/seller/0x${'cd'.repeat(20)}`,
      '/seller/01',
      '/sellers/1',
    ])
      expect([path, await status(path, {})]).toEqual([path, 404]);
    expect(await status('/seller/ws', { origin: 'https://evil.example' })).toBe(403);
    expect(await status('/seller/ws', { authorization: 'Bearer no.such.token' })).toBe(401);
    expect(await status(LIVE_PATH, { origin: api.url })).toBe('open');
    expect((await listen(api, { subscribe: 'everything' } as never)).answer).toMatchObject({ type: 'refused' });
  });
});
