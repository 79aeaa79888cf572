import { LIVE_PATH, type LiveMessage } from '@assay/contract';
import {
  createPerson,
  createSeller,
  startApi,
  useDatabase,
  useProduct,
  type Person,
  type Seller,
  type SuiteApi,
  type TestApi,
} from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';

/** Opens a socket. Resolves with it, or with the status of the refusal. */
function open(api: SuiteApi, headers: Record<string, string> = {}): Promise<WebSocket | number> {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}${LIVE_PATH}`, { headers });
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode!));
    socket.on('error', reject);
  });
}

/** Subscribes, and collects what is said until the position follows, or that events were missed. */
async function comeBack(api: SuiteApi, request: object): Promise<LiveMessage[]> {
  const socket = (await open(api)) as WebSocket;
  const said: LiveMessage[] = [];
  const done = new Promise<LiveMessage[]>((resolve) =>
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as LiveMessage;
      said.push(message);
      if (message.type === 'position' || (message.type === 'subscribed' && message.missed)) resolve([...said]);
    }),
  );
  socket.send(JSON.stringify(request));
  const answer = await done;
  socket.close();
  return answer;
}

describe('catching up over a WebSocket', () => {
  const { db, api } = useProduct('sqlite');
  let seller: Seller;
  beforeAll(async () => {
    seller = await createSeller(db.database);
  });

  async function publish(count: number, sellerId: number): Promise<void> {
    const data = Array.from({ length: count }, (_, i) => ({
      topic: 'rating.submitted',
      subjectId: sellerId,
      payload: JSON.stringify({ ratingId: i + 1, sellerId, raterId: 1, rating: 5 }),
      createdAt: new Date(),
    }));
    for (let i = 0; i < count; i += 250) await db.database.prisma.outboxEvent.createMany({ data: data.slice(i, i + 250) });
    await api.container.feed.catchUp();
  }

  it('reads the events of the channel, not those of others', async () => {
    const readAfter = vi.spyOn(api.container.repos.outbox, 'readAfter');
    const after = await api.container.repos.outbox.lastId();
    await publish(3000, seller.id + 1000);
    await publish(3, seller.id);
    readAfter.mockClear();
    const said = await comeBack(api, { subscribe: 'seller', sellerId: seller.id, after });
    expect(said.map(({ type }) => type)).toEqual(['subscribed', 'event', 'event', 'event', 'position']);
    for (const [from] of readAfter.mock.calls) expect(from).toBeGreaterThan(after); // the feed's own
    readAfter.mockRestore();
  });

  it('sends 200 events one by one, and says of more that they were missed', async () => {
    const busy = await createSeller(db.database);
    const after = await api.container.repos.outbox.lastId();
    await publish(201, busy.id);
    expect(await comeBack(api, { subscribe: 'seller', sellerId: busy.id, after })).toMatchObject([{ type: 'subscribed', missed: true }]);
    const said = await comeBack(api, { subscribe: 'seller', sellerId: busy.id, after: after + 1 });
    expect(said.filter(({ type }) => type === 'event')).toHaveLength(200);
  });

  it('reads a channel once in a second for all who ask, and they miss nothing that happens meanwhile', async () => {
    const readNewest = vi.spyOn(api.container.repos.outbox, 'readNewest');
    const popular = await createSeller(db.database);
    const after = await api.container.repos.outbox.lastId();
    await publish(2, popular.id);
    const began = performance.now();
    const answers: LiveMessage[][] = [];
    for (let i = 0; i < 5; i++) {
      answers.push(
        ...(await Promise.all(Array.from({ length: 4 }, () => comeBack(api, { subscribe: 'seller', sellerId: popular.id, after })))),
      );
      await publish(1, popular.id);
    }
    const seconds = Math.ceil((performance.now() - began) / 1000);
    expect(readNewest.mock.calls.length).toBeLessThanOrEqual(seconds);
    expect(answers.map((said) => new Set(said.flatMap((one) => (one.type === 'event' ? [one.event.id] : []))).size)).toEqual(
      answers.map((_, i) => 2 + Math.floor(i / 4)),
    );
    readNewest.mockRestore();
  });
});

describe('budgets of sockets', () => {
  const db = useDatabase('sqlite');
  let api: TestApi;
  let person: Person;
  beforeAll(async () => {
    person = await createPerson(db.database);
    api = await startApi(db, { RATE_LIMIT_READ_MAX_REQUESTS: '60' });
  });
  afterAll(() => api.close());
  const cookie = (one: Person) => ({ cookie: `assay_access=${api.tokenFor(one)}` });

  it('an account has 50 sockets; others are served', async () => {
    const sockets = await Promise.all(Array.from({ length: 51 }, () => open(api, cookie(person))));
    expect(sockets.filter((socket) => socket === 429)).toHaveLength(1);
    const other = await open(api, cookie(await createPerson(db.database)));
    expect(other).toBeInstanceOf(WebSocket);
    for (const socket of [...sockets, other]) if (socket instanceof WebSocket) socket.terminate();
  });

  it('connections and messages count together, apart from requests; a spent budget closes the socket', async () => {
    const talker = await createPerson(db.database);
    const socket = (await open(api, cookie(talker))) as WebSocket;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (let i = 0; i < 30; i++) {
      socket.send('{"subscribe":"flags"}');
      socket.send('{"unsubscribe":"flags"}');
    }
    expect(await closed).toBe(1013);
    expect(await open(api, cookie(talker))).toBe(429);
    expect((await fetch(`${api.url}/api/v1/ratings/mine`, { headers: { authorization: `Bearer ${api.tokenFor(talker)}` } })).status).toBe(
      200,
    );
  });
});
