import { connect, type Socket } from 'node:net';
import { LIVE_PATH, type LiveEvent, type LiveMessage, type LiveRequest } from '@assay/contract';
import {
  completeOrders,
  createPeople,
  createPerson,
  createSeller,
  createTestDatabase,
  onEachEngine,
  restClient,
  startApi,
  type Person,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';

onEachEngine('live updates', (engine) => {
  let db: TestDatabase;
  let api: TestApi;
  let second: TestApi; // another process would be no different: nothing is shared but the database
  let seller: Person & { listingId: number };

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    [api, second] = await Promise.all([startApi(db), startApi(db)]);
    seller = await createSeller(db.database);
  });
  afterAll(async () => {
    await Promise.all([api.close(), second.close()]);
    await db.drop();
  });

  /** A socket that has subscribed. */
  async function listen(at: TestApi, request: LiveRequest, headers: Record<string, string> = {}) {
    const socket = new WebSocket(`${at.url.replace('http', 'ws')}${LIVE_PATH}`, { headers });
    const events: { event: LiveEvent; at: number }[] = [];
    const waiting: (() => void)[] = [];
    const subscribed = await new Promise<LiveMessage>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('open', () => socket.send(JSON.stringify(request)));
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as LiveMessage;
        if (message.type !== 'event') return resolve(message);
        events.push({ event: message.event, at: performance.now() });
        for (const wake of waiting.splice(0)) wake();
      });
    });
    const next = async (count: number) => {
      while (events.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
      return events;
    };
    return { socket, subscribed, events, next };
  }
  async function buyer(): Promise<Person> {
    const [person] = (await createPeople(db.database, 1)) as [Person];
    await completeOrders(db.database, seller, [person.id]);
    return person;
  }
  const rate = async (through: TestApi, sellerId = seller.id) => {
    const person = await buyer();
    const answer = await restClient(through.url).post('/ratings', { sellerId, rating: 5 }, { token: through.tokenFor(person) });
    return { committedAt: performance.now(), ...answer };
  };

  it('a rating reaches an open dashboard, from this process and from another one', async () => {
    const { socket, next } = await listen(api, { subscribe: 'seller', sellerId: seller.id });
    for (const [i, through] of [api, second, api, second].entries()) {
      await rate(through);
      const events = await next(i + 1);
      expect(events[i]!.event).toMatchObject({ topic: 'rating.submitted', subjectId: seller.id });
    }
    socket.close();
  });

  it('tells each event once, in spite of many at once through two processes', async () => {
    const { socket, next, events } = await listen(second, { subscribe: 'seller', sellerId: seller.id });
    await Promise.all(Array.from({ length: 20 }, (_, i) => rate(i % 2 ? api : second)));
    await next(20);
    await rate(api);
    await next(21);
    expect(new Set(events.map(({ event }) => event.id)).size).toBe(21);
    expect(events).toHaveLength(21);
    socket.close();
  });

  it('of other sellers nothing is told, and of ratings nothing but that there was one', async () => {
    const other = await createSeller(db.database);
    const { socket, next } = await listen(api, { subscribe: 'seller', sellerId: seller.id });
    const person = await createPerson(db.database);
    await completeOrders(db.database, other, [person.id]);
    await restClient(api.url).post('/ratings', { sellerId: other.id, rating: 1 }, { token: api.tokenFor(person) });
    await rate(api);
    const { event } = (await next(1))[0]!;
    expect(event.subjectId).toBe(seller.id);
    expect(Object.keys(event).sort()).toEqual(['at', 'id', 'subjectId', 'topic']);
    socket.close();
  });

  it('what operators see is for operators', async () => {
    const cookie = (person: Person) => ({ cookie: `assay_access=${api.tokenFor(person)}` });
    const admin = await createPerson(db.database, ['admin']);
    expect((await listen(api, { subscribe: 'operations' })).subscribed).toMatchObject({ type: 'refused' });
    expect((await listen(api, { subscribe: 'operations' }, cookie(seller))).subscribed).toMatchObject({ type: 'refused' });
    const { socket, subscribed, next } = await listen(api, { subscribe: 'operations' }, cookie(admin));
    expect(subscribed).toEqual({ type: 'subscribed' });
    await restClient(second.url).post('/operations/maintenance', { kind: 'verify' }, { token: second.tokenFor(admin) });
    expect((await next(1))[0]!.event.topic).toBe('maintenance.progress');
    socket.close();
  });

  it('lets a server stop while somebody listens, and nobody in meanwhile', async () => {
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

  it('refuses pages of other sites, other paths, and what it does not understand', async () => {
    const status = (path: string, headers: Record<string, string>) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${api.url.replace('http', 'ws')}${path}`, { headers });
        socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode));
        socket.on('open', () => resolve('open'));
        socket.on('error', () => {});
      });
    expect(await status(LIVE_PATH, { origin: 'https://evil.example' })).toBe(403);
    expect(await status('/api/other', {})).toBe(404);
    expect(await status(LIVE_PATH, { origin: api.url })).toBe('open');
    expect((await listen(api, { subscribe: 'everything' } as never)).subscribed).toMatchObject({ type: 'refused' });
  });
});
