import { LIVE_PATH } from '@assay/contract';
import { appRouter } from '@assay/api/router';
import { setRollout, switchFlag, verifySellersScores, type Context } from '@assay/core';
import {
  call,
  completeOrders,
  createPeople,
  createPerson,
  createSeller,
  onEachEngine,
  recount,
  storedAggregates,
  useProduct,
  type Person,
  type Seller,
} from '@assay/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

/** What belongs to ratings and goes on answering, and why. */
const GOES_ON: Record<string, string> = {
  'ratings.canRate': 'says that they are off',
  'GET /ratings/can-rate/{id}': 'says that they are off',
  'moderation.audit': 'is about everything that was done',
  'GET /audit': 'is about everything that was done',
};

onEachEngine('ratings that are switched off', (engine) => {
  const { db, api, rest, as } = useProduct(engine);
  let seller: Seller;
  let buyer: Person;
  let admin: Person;
  let orders: Map<number, number>;
  let ratingId: number;
  let system: Context;

  const off = () => switchFlag(system, { name: 'seller-ratings', enabled: false });
  const on = () => switchFlag(system, { name: 'seller-ratings', enabled: true });
  const rollout = (percentage: number) => setRollout(system, { name: 'seller-ratings', percentage });

  beforeAll(async () => {
    system = api.container.context({ kind: 'system', name: 'test' }, 'test');
    seller = await createSeller(db.database);
    const buyers = (await createPeople(db.database, 2)) as [Person, Person];
    buyer = buyers[0];
    admin = await createPerson(db.database, ['admin', 'seller']);
    orders = await completeOrders(
      db.database,
      seller,
      buyers.map(({ id }) => id),
    );
    ratingId = (await rest.post('/ratings', { sellerId: seller.id, rating: 4 }, as(buyer))).body.id;
  });

  /** Right inputs for everything that is about ratings: an endpoint that is missing here fails the test. */
  const procedures = (): Record<string, unknown> => {
    const [id, decisionId, appealId] = [ratingId, 1, 1];
    const bySeller = { sellerId: seller.id };
    const statement = 'It names a person who has nothing to do with it.';
    return {
      'ratings.canRate': bySeller,
      'ratings.summary': bySeller,
      'ratings.list': bySeller,
      'ratings.mine': {},
      'ratings.withdrawn': undefined,
      'ratings.history': { id },
      'ratings.submit': { ...bySeller, rating: 5 },
      'ratings.edit': { id, rating: 1 },
      'ratings.withdraw': { id },
      'ratings.restore': { id },
      'ratings.voteHelpful': { id, helpful: true },
      'insights.dashboard': {},
      'insights.received': {},
      'insights.visit': undefined,
      'insights.explain': bySeller,
      'insights.reply': { ratingId: id, text: 'Thank you' },
      'insights.feedback': { score: 5 },
      'moderation.report': { ratingId: id, reason: 'abusive' },
      'moderation.counts': undefined,
      'moderation.queue': undefined,
      'moderation.strike': { ratingId: id, reason: 'personal-data', statement },
      'moderation.restore': { ratingId: id, statement },
      'moderation.dismiss': { ratingId: id, statement },
      'moderation.decisions': undefined,
      'moderation.appeal': { decisionId, text: 'It was about the purchase.' },
      'moderation.decideAppeal': { appealId, grant: false, statement },
      'moderation.audit': {},
    };
  };
  const bodies = (): Record<string, unknown> => {
    const of = procedures() as Record<string, object>;
    return {
      'POST /ratings': of['ratings.submit'],
      'PATCH /ratings/{id}': { rating: 1 },
      'POST /ratings/{id}/reply': { text: 'Thank you' },
      'POST /feedback': of['insights.feedback'],
      'POST /ratings/{id}/report': of['moderation.report'],
      'POST /moderation/ratings/{id}/strike': of['moderation.strike'],
      'POST /moderation/ratings/{id}/restore': of['moderation.restore'],
      'POST /moderation/ratings/{id}/dismiss': of['moderation.dismiss'],
      'POST /decisions/{id}/appeal': of['moderation.appeal'],
      'POST /moderation/appeals/{id}': of['moderation.decideAppeal'],
    };
  };

  async function askTrpc(procedure: string, input: unknown, person: Person): Promise<string> {
    const query = (appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)[procedure]!._def.type;
    const json = input === undefined ? undefined : JSON.stringify(input);
    const address = `${api.url}/trpc/${procedure}${query === 'query' && json ? `?input=${encodeURIComponent(json)}` : ''}`;
    const answer = await fetch(address, {
      method: query === 'query' ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${api.tokenFor(person)}` },
      ...(query !== 'query' && json ? { body: json } : {}),
    });
    const said = (await answer.json()) as { error?: { data: { app: { code: string } } } };
    return `${answer.status} ${said.error?.data.app.code ?? ''}`.trim();
  }

  /** What every endpoint about ratings answers, of tRPC and REST, asked by an admin who sells, and the public ones by a stranger too. */
  async function askEverything(): Promise<Record<string, string>> {
    const answers: Record<string, string> = {};
    const inputs = procedures();
    const named = Object.keys(appRouter._def.procedures).filter((name) => /^(ratings|insights|moderation)\./.test(name));
    expect(named.toSorted()).toEqual(Object.keys(inputs).toSorted());
    for (const name of named) answers[name] = await askTrpc(name, inputs[name], admin);

    interface Operation {
      tags: string[];
      requestBody?: object;
      security?: object[];
    }
    const document = (await call(api.url, 'GET', '/api/openapi.json')).body as { paths: Record<string, Record<string, Operation>> };
    const given = bodies();
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, { tags, requestBody, security }] of Object.entries(methods)) {
        if (!['Ratings', 'Insights', 'Moderation'].includes(tags[0]!)) continue;
        const name = `${method.toUpperCase()} ${path.replace('/api/v1', '')}`;
        if (requestBody) expect(Object.keys(given)).toContain(name);
        const place = path.replace('{id}', String(/seller|can-rate/.test(path) ? seller.id : ratingId));
        const { status, body } = await call(api.url, method.toUpperCase(), place, requestBody && given[name], as(admin));
        answers[name] = `${status} ${body.code ?? ''}`.trim();
        if (!security || security.some((one) => Object.keys(one).length === 0)) {
          const stranger = await call(api.url, method.toUpperCase(), place); // the badge's own way in front of Express, for one
          answers[`${name} by a stranger`] = `${stranger.status} ${stranger.body.code ?? ''}`.trim();
        }
      }
    return answers;
  }

  it('answer nowhere, neither to moderators; and are there again as they were', async () => {
    const before = await storedAggregates(db.database, seller.id);
    const rows = () => db.database.prisma.sellerRatingVersion.count();
    const versions = await rows();
    await off();
    const answers = await askEverything();
    expect(Object.keys(answers).length).toBeGreaterThan(50);
    for (const [name, answer] of Object.entries(answers))
      expect(`${name}: ${answer}`).toBe(`${name}: ${GOES_ON[name] ? '200' : '404 RATINGS_OFF'}`);
    expect((await rest.get(`/ratings/can-rate/${seller.id}`, as(buyer))).body).toMatchObject({ canRate: false, reason: 'RATINGS_OFF' });
    expect(await rows()).toBe(versions);
    expect(await storedAggregates(db.database, seller.id)).toEqual(before);

    await on();
    expect(await recount(db.database, seller.id)).toEqual(before);
    const back = await rest.get(`/ratings/seller/${seller.id}`, as(buyer));
    expect(back.body).toMatchObject({ summary: { totalRatings: 1, sellerRating: 4 }, items: [{ id: ratingId, rating: 4 }] });
    expect((await rest.get(`/ratings/seller/${seller.id}/summary`)).body).toMatchObject({ totalRatings: 1 });
  });

  it('are in no answer about sellers, listings and orders', async () => {
    interface Storefront {
      newSellers: unknown[];
      recentListings: { summary: unknown }[];
    }
    const query = async <Data>(path: string, input?: object): Promise<Data> => {
      const answer = await fetch(`${api.url}/trpc/${path}${input ? `?input=${encodeURIComponent(JSON.stringify(input))}` : ''}`);
      return ((await answer.json()) as { result: { data: Data } }).result.data;
    };
    const shown = async () => {
      const storefront = await query<Storefront>('sellers.storefront');
      return {
        seller: (await rest.get(`/sellers/${seller.id}`)).body.summary,
        found: (await rest.get('/sellers?sort=rating&scored=true')).body.items.map((one: { summary: unknown }) => one.summary),
        page: (await query<{ ratings: unknown }>('sellers.page', { id: seller.id })).ratings,
        fresh: storefront.newSellers.length,
        listed: storefront.recentListings[0]!.summary,
        order: (await rest.get(`/orders/${orders.get(buyer.id)}`, as(buyer))).body.ratingId,
      };
    };
    expect(await shown()).toMatchObject({ seller: { totalRatings: 1 }, page: { items: [{ id: ratingId }] }, order: ratingId });
    await off();
    const hidden = await shown();
    expect(hidden).toMatchObject({ seller: null, page: null, fresh: 0, listed: null, order: null });
    expect(new Set(hidden.found)).toEqual(new Set([null]));
    await on();
  });

  it('for some people only: moderators look after everybody’s all the same, commands too', async () => {
    await rollout(0);
    expect(await askTrpc('ratings.summary', { sellerId: seller.id }, admin)).toBe('404 RATINGS_OFF');
    expect(await askTrpc('moderation.counts', undefined, admin)).toBe('200');
    await off();
    expect(await verifySellersScores(system)).toEqual([]);
    await rollout(100);
    await on();
  });
});

describe('live updates that are switched off', () => {
  const { api } = useProduct('sqlite');
  const open = () => new WebSocket(`${api.url.replace('http', 'ws')}${LIVE_PATH}`);

  it('close the sockets that are open, and refuse new ones until they are on again', async () => {
    const system = api.container.context({ kind: 'system', name: 'test' }, 'test');
    const socket = open();
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await switchFlag(system, { name: 'seller-websocket-updates', enabled: false });
    expect(await closed).toBe(1012);
    const refused = open();
    expect(await new Promise((resolve) => refused.once('unexpected-response', (_req, answer) => resolve(answer.statusCode)))).toBe(503);
    await switchFlag(system, { name: 'seller-websocket-updates', enabled: true });
    const again = open();
    await new Promise((resolve, reject) => again.once('open', resolve).once('error', reject));
    again.close();
  });
});
