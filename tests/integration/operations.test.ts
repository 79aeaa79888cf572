import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AlertView, OperationsDashboard, SuccessReport } from '@assay/contract';
import {
  acknowledgeAlert,
  evaluateAlerts,
  getAverageRatingTrend,
  getErrorRate,
  getRatingCreationRate,
  scheduleVerification,
  type Context,
} from '@assay/core';
import { createMarket, createPerson, createUncountedRatings, onEachEngine, runNextTask, useProduct, type Person } from '@assay/testing';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const MINUTE_MS = 60_000;
const NEVER = new AbortController().signal;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

onEachEngine('operations', (engine) => {
  let admin: Person;
  let hook: { url: string; received: { headers: Record<string, string>; body: string }[]; status: number; close(): void };
  beforeAll(async () => {
    hook = await startHook();
  });
  afterAll(() => hook.close());
  const { db, api, rest, as } = useProduct(engine, () => ({ ALERT_WEBHOOK_URL: hook.url, ALERT_WEBHOOK_SECRET: SECRET }));
  /** Minutes that have passed since the test began. */
  let later = 0;

  const now = () => new Date(Date.now() + later * MINUTE_MS);
  const job = (): Context => ({ ...api.container.context({ kind: 'system', name: 'test' }, 'test'), now });
  /** What a worker does again and again. Returns whether there was a run. */
  const maintain = async (stop: AbortSignal): Promise<boolean> => {
    const end = await runNextTask(api.container, 'maintenance.run', { laterMs: later * MINUTE_MS, stop });
    return end?.note.maintenance !== undefined;
  };
  /** A worker claims the task of a run, begins it, and dies. */
  const beginAndDie = async (id: number) => {
    const { maintenance, tasks } = api.container.repos;
    const leaseUntil = new Date(now().getTime() + MINUTE_MS);
    expect(await tasks.claim('other', new Map([['maintenance.run', 1]]), now(), leaseUntil)).toHaveLength(1);
    expect(await maintenance.begin(id, 'other', now(), now())).toMatchObject({ id, status: 'running' });
  };
  const dashboard = async (): Promise<OperationsDashboard> => (await rest.get('/operations/dashboard', as(admin))).body;
  const unclosed = async () => (await dashboard()).alerts.filter(({ status }) => status !== 'closed');
  const answered = (endpoint: string, requests: number, errors: number, bucket = 0) => {
    const buckets = [0, 0, 0, 0, 0, 0, 0, 0];
    buckets[bucket] = requests;
    return api.container.repos.metrics.saveSamples([{ endpoint, requests, errors, buckets }], now());
  };

  beforeAll(async () => {
    admin = await createPerson(db.database, ['admin'], 'Admin');
  });
  beforeEach(async () => {
    later = 0;
    await db.database.prisma.requestSample.deleteMany();
    await db.database.prisma.task.deleteMany();
    await db.database.prisma.alert.deleteMany();
    await db.database.prisma.maintenanceRun.deleteMany();
    await db.database.prisma.recalculationRun.deleteMany();
    hook.received.length = 0;
    hook.status = 200;
  });

  async function startHook(): Promise<typeof hook> {
    const received: (typeof hook)['received'] = [];
    const server = createServer((req, res) => {
      let body = '';
      req.on('data', (chunk: Buffer) => (body += chunk.toString()));
      req.on('end', () => {
        received.push({ headers: req.headers as Record<string, string>, body });
        res.writeHead(hook.status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`, received, status: 200, close: () => server.close() };
  }

  const rated = (stars: number[], at?: Date) => createUncountedRatings(db.database, stars, at);
  /** Counts everything anew, so that a test begins without discrepancies. */
  async function recountEverybody() {
    await rest.post('/operations/maintenance', { kind: 'recalculate' }, as(admin));
    while (await maintain(NEVER));
  }

  describe('metrics', () => {
    it('count ratings by hour and by day, and requests by endpoint', async () => {
      await rated([5, 4, 3]);
      await rated([1], new Date(Date.now() - 26 * 60 * MINUTE_MS));
      await recountEverybody();
      const rate = await getRatingCreationRate(job());
      const hours = rate.perHour.reduce((sum, { ratings }) => sum + ratings, 0);
      expect([rate.ratingsLastHour, hours, rate.perHour.length]).toEqual([3, 3, 24]);
      const trend = await getAverageRatingTrend(job(), 7);
      expect(trend).toHaveLength(7);
      expect(trend.at(-1)).toMatchObject({ ratings: 3, average: 4 });
      await answered('GET /a', 90, 0, 1);
      await answered('GET /b', 10, 4, 7);
      expect(await getErrorRate(job())).toMatchObject({ requests: 100, errors: 4, errorRate: 0.04 });
      expect(await getErrorRate(job(), 'GET /b')).toMatchObject({ requests: 10, errors: 4, errorRate: 0.4, p95Ms: 2500 });
      later = 61;
      expect(await getErrorRate(job(), null, 3600)).toMatchObject({ requests: 0, errorRate: null });
    });

    it('of old requests are kept by the hour, with the same sums', async () => {
      for (const endpoint of ['GET /a', 'GET /a', 'GET /b']) await answered(endpoint, 10, 1, 2);
      const before = await api.container.repos.metrics.requests(new Date(0));
      await job().change((tx) => tx.repos.metrics.condenseSamples(new Date(Date.now() + MINUTE_MS)));
      await job().change((tx) => tx.repos.metrics.condenseSamples(new Date(Date.now() + MINUTE_MS)));
      expect(await db.database.prisma.requestSample.count()).toBe(2);
      expect(await api.container.repos.metrics.requests(new Date(Date.now() - 60 * MINUTE_MS))).toEqual(before);
    });

    it('are the process’s own: what it answers is counted under the endpoint’s name', async () => {
      const { server, samples, stop } = await import('@assay/api').then(({ createApiServer }) => createApiServer(api.container));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await fetch(`${url}/api/v1/ratings/seller/999999/summary`);
      await fetch(`${url}/api/v1/sellers/${admin.id}`);
      await fetch(`${url}/trpc/nothing.there`);
      await fetch(`${url}/wp-login.php`);
      server.closeAllConnections();
      await stop();
      expect(samples.take().map(({ endpoint, requests }) => [endpoint, requests])).toEqual([
        ['GET /api/v1/ratings/seller/:id/summary', 1],
        ['GET /api/v1/sellers/:id', 1],
        ['trpc unknown', 1],
      ]);
    });

    it('are on the operators’ page, with the documents’ blocks', async () => {
      await rated([5, 5, 5, 4]);
      await recountEverybody();
      const { realTime, daily, sellers } = await dashboard();
      expect(realTime.ratingsLastHour).toBeGreaterThanOrEqual(4);
      expect(daily.totalRatings).toBe(Object.values(daily.distribution).reduce((sum, n) => sum + n, 0));
      expect(daily.topSellers[0]!.lowerBound).toBeGreaterThanOrEqual(daily.topSellers.at(-1)!.lowerBound);
      expect([daily.perDay.length, daily.perWeek.length, sellers > 0]).toEqual([30, 12, true]);
      expect(daily.participation.raters).toBeLessThanOrEqual(daily.participation.users);
    });
  });

  describe('alerts', () => {
    it('open when more than 5 % fail, name the worst, and close by themselves when it is over', async () => {
      await answered('GET /good', 100, 1);
      expect(await evaluateAlerts(job())).toEqual([]);
      await answered('POST /bad', 30, 6);
      expect(await evaluateAlerts(job())).toMatchObject([{ kind: 'error-rate', title: expect.stringContaining('20.0 % at POST /bad') }]);
      expect(await evaluateAlerts(job())).toEqual([]); // it is open already
      expect(await unclosed()).toHaveLength(1);
      later = 6;
      await evaluateAlerts(job());
      expect(await unclosed()).toHaveLength(1);
      later = 17;
      await evaluateAlerts(job());
      expect((await dashboard()).alerts).toMatchObject([{ status: 'closed', closedBy: null }]);
    });

    it('open when answers take longer than a second, and not on a handful of them', async () => {
      await answered('GET /slow', 19, 0, 6);
      expect(await evaluateAlerts(job())).toEqual([]);
      await answered('GET /slow', 1, 0, 6);
      expect(await evaluateAlerts(job())).toMatchObject([{ kind: 'response-time', title: expect.stringContaining('GET /slow') }]);
    });

    it('open for a seller with unusually many ratings, once in that hour', async () => {
      const seller = await rated(Array<number>(12).fill(5));
      const raised = await evaluateAlerts(job());
      const earlier = new Date(Date.now() - 120 * MINUTE_MS); // not in this hour for the tests that follow
      const forget = () => db.database.prisma.sellerRating.updateMany({ where: { sellerId: seller.id }, data: { createdAt: earlier } });
      expect(raised.filter(({ sellerId }) => sellerId === seller.id)).toMatchObject([
        { kind: 'rating-spike', title: expect.stringContaining('12 in an hour'), evidence: expect.stringContaining('1,000 hours') },
      ]);
      expect(await evaluateAlerts(job())).toEqual([]);
      await forget();
    });

    it('are acknowledged and closed by operators, and it is written down who did', async () => {
      await answered('GET /x', 30, 30);
      await evaluateAlerts(job());
      const [alert] = (await unclosed()) as [AlertView];
      const acknowledged = await rest.post(`/operations/alerts/${alert.id}/acknowledge`, undefined, as(admin));
      expect(acknowledged.body).toMatchObject({ status: 'acknowledged', acknowledgedBy: admin.fullName });
      expect((await rest.post(`/operations/alerts/${alert.id}/acknowledge`, undefined, as(admin))).body.code).toBe('ALERT_NOT_FOUND');
      const closed = await rest.post(`/operations/alerts/${alert.id}/close`, { note: 'A bad deploy.' }, as(admin));
      expect(closed.body).toMatchObject({ status: 'closed', closedBy: admin.fullName, note: 'A bad deploy.' });
      const { items } = (await rest.get(`/audit?action=alert.&entityId=${alert.id}`, as(admin))).body;
      expect(items.map(({ action }: { action: string }) => action)).toEqual(['alert.closed', 'alert.acknowledged']);
      // Closed is closed, as long as nothing changes; once it was over, it is a new alert.
      expect(await evaluateAlerts(job())).toEqual([]);
      later = 17;
      await evaluateAlerts(job());
      await answered('GET /x', 30, 30);
      expect(await evaluateAlerts(job())).toHaveLength(1);
      await expect(acknowledgeAlert(job(), { id: alert.id })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it('go to the webhook, signed, until it takes them, and once', async () => {
      await answered('GET /x', 30, 30);
      await evaluateAlerts(job());
      hook.status = 500;
      const deliver = (minutes: number) => runNextTask(api.container, 'alert.deliver', { laterMs: minutes * MINUTE_MS });
      expect(await deliver(later)).toMatchObject({ result: 'retried', failure: 'The webhook answered 500.' });
      hook.status = 204;
      expect(await deliver(later)).toBeNull();
      expect(await deliver(later + 2)).toMatchObject({ result: 'done' });
      expect(await deliver(later + 60)).toBeNull();
      const { headers, body } = hook.received.at(-1)!;
      expect(headers['x-request-id']).toBe('test'); // of the job, to be found in its log line
      const event = new Webhook(SECRET).verify(body, headers) as { type: string; data: AlertView };
      expect(event).toMatchObject({ type: 'alert.opened', data: { kind: 'error-rate', status: 'open' } });
    });
  });

  describe('maintenance', () => {
    const plant = async () => {
      const seller = await rated([5, 5, 1]);
      await recountEverybody();
      await db.database.prisma.user.updateMany({ where: { id: seller.id }, data: { stars5: 7 } });
      await db.database.prisma.sellerRatingDay.updateMany({ where: { sellerId: seller.id }, data: { stars1: 2 } });
      return seller;
    };

    it('verifies by the clock: what it finds is on the page, in the metric and an alert, until it is repaired', async () => {
      const unknown = await (await fetch(`${api.url}/metrics`)).text();
      expect(unknown).toContain('seller_rating_discrepancies Nan'); // not verified is not zero
      const seller = await plant();
      await scheduleVerification(job());
      await scheduleVerification(job()); // one that waits is enough
      expect(await maintain(NEVER)).toBe(true);
      expect(await maintain(NEVER)).toBe(false);
      const { discrepancies, runs } = await dashboard();
      expect(discrepancies.found).toMatchObject([{ sellerId: seller.id, stored: { 5: 7 }, counted: { 5: 2 }, wrongDays: 1 }]);
      expect(runs[0]).toMatchObject({ kind: 'verify', status: 'done', requestedBy: null, wrong: 1, corrected: 0 });
      expect(runs[0]!.done).toBe(runs[0]!.total);
      const metric = async () => (await (await fetch(`${api.url}/metrics`)).text()).match(/^seller_rating_discrepancies (\d+)$/m)?.[1];
      expect(await metric()).toBe('1');
      expect(await evaluateAlerts(job())).toMatchObject([{ kind: 'discrepancies', sellerId: seller.id }]);
      expect(await (await fetch(`${api.url}/metrics`)).text()).toContain('marketplace_alerts{kind="discrepancies"} 1');

      expect((await rest.post('/operations/repair', { sellerId: seller.id }, as(admin))).status).toBe(204);
      expect(await metric()).toBe('0');
      expect((await dashboard()).discrepancies.found).toEqual([]);
      await evaluateAlerts(job());
      expect(await unclosed()).toEqual([]);
      await scheduleVerification(job());
      await maintain(NEVER);
      expect((await dashboard()).runs[0]).toMatchObject({ status: 'done', wrong: 0 });
    });

    it('recalculates from the console, reports how far it is, and verifies afterwards', async () => {
      await plant();
      const asked = await rest.post('/operations/maintenance', { kind: 'recalculate' }, as(admin));
      expect(asked.body).toMatchObject({ status: 'queued', requestedBy: admin.fullName });
      expect((await rest.post('/operations/maintenance', { kind: 'recalculate' }, as(admin))).body.id).toBe(asked.body.id);
      while (await maintain(NEVER));
      expect((await dashboard()).runs.slice(0, 2)).toMatchObject([
        { kind: 'verify', status: 'done', wrong: 0 },
        { kind: 'recalculate', status: 'done', wrong: 1, corrected: 1 },
      ]);
    });

    it('is paused, goes on where it was, and comes back when its process dies', async () => {
      await plant();
      const { id } = (await rest.post('/operations/maintenance', { kind: 'recalculate' }, as(admin))).body;
      expect((await rest.post(`/operations/maintenance/${id}/pause`, undefined, as(admin))).body.code).toBe('ILLEGAL_MOVE'); // not begun
      const halt = new AbortController();
      halt.abort();
      await maintain(halt.signal); // a process that has to stop at once: the run waits for another one
      expect((await dashboard()).runs[0]).toMatchObject({ status: 'queued' });
      await beginAndDie(id);
      expect(await maintain(NEVER)).toBe(false); // it may still be alive
      expect((await rest.post(`/operations/maintenance/${id}/pause`, undefined, as(admin))).body.status).toBe('paused');
      later = 5;
      expect(await maintain(NEVER)).toBe(false);
      expect((await rest.post(`/operations/maintenance/${id}/resume`, undefined, as(admin))).body.status).toBe('queued');
      await beginAndDie(id);
      later = 6;
      expect(await maintain(NEVER)).toBe(true);
      expect((await dashboard()).runs.find((run) => run.id === id)).toMatchObject({ status: 'done', corrected: 1 });
    });

    it('that another process took over is not reported by its former holder', async () => {
      const { maintenance } = api.container.repos;
      const none = { total: 0, done: 0, wrong: 0, corrected: 0 };
      const { id } = await maintenance.request('verify', null, now());
      const again = { id, isNew: false };
      expect(await Promise.all([1, 2, 3].map(() => maintenance.request('verify', null, now())))).toEqual([again, again, again]);
      await maintenance.begin(id, 'slow', now(), now());
      expect(await maintenance.progress(id, 'slow', none, now())).toBe(true);
      expect(await maintenance.begin(id, 'quick', now(), new Date(now().getTime() - 1000))).toBe('held');
      later = 1;
      expect(await maintenance.begin(id, 'quick', now(), now())).toMatchObject({ id });
      const end = { status: 'failed', findings: [], message: 'slow' } as const;
      expect([await maintenance.progress(id, 'slow', none, now()), await maintenance.finish(id, 'slow', end, now())]).toEqual([
        false,
        false,
      ]);
      expect(await maintenance.finish(id, 'quick', { ...end, status: 'done' }, now())).toBe(true);
    });

    it('counts each repaired seller once, however many repair at the same time', async () => {
      const first = await plant();
      const second = await rated([5]);
      await scheduleVerification(job());
      await maintain(NEVER);
      const repair = (sellerId: number) => rest.post('/operations/repair', { sellerId }, as(admin));
      const answers = await Promise.all([first.id, first.id, second.id, second.id].map(repair));
      expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
      expect((await dashboard()).runs[0]).toMatchObject({ wrong: 2, corrected: 2 });
      expect((await dashboard()).discrepancies.found).toEqual([]);
      const corrections = await db.database.prisma.auditEntry.findMany({
        where: { action: 'aggregates.corrected' },
        distinct: ['actorKind'],
      });
      expect(corrections.map(({ actorKind }) => actorKind)).toEqual(['system']);
    });

    it('is one process’s work at a time', async () => {
      const { maintenance } = api.container.repos;
      const at = now();
      const taken = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => maintenance.lease('test-job', holder, MINUTE_MS, at)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await maintenance.lease('test-job', 'e', MINUTE_MS, new Date(at.getTime() + MINUTE_MS - 1))).toBe(false);
      expect(await maintenance.lease('test-job', 'e', MINUTE_MS, new Date(at.getTime() + MINUTE_MS))).toBe(true);
    });
  });

  it('the success report says how far each goal is met, and on what it rests', async () => {
    const { seller, buyers } = await createMarket(db.database, 10);
    for (const buyer of buyers.slice(0, 3)) await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(buyer));
    await rest.post('/feedback', { score: 4 }, as(buyers[0]!));
    await answered('POST /api/v1/ratings', 200, 1, 3);
    const { goals }: SuccessReport = (await rest.get('/operations/success-report?days=30', as(admin))).body;
    const of = (id: string) => goals.find((goal) => goal.id === id)!;
    expect(goals).toHaveLength(7);
    expect(of('error-rate')).toMatchObject({ value: 0.005, met: true, basis: '1 of 200 requests' });
    expect(of('p95')).toMatchObject({ met: true });
    expect(of('satisfaction')).toMatchObject({ value: 4, met: false });
    expect(of('participation').basis).toMatch(/^\d+ of \d+ buyers/);
    const strict: SuccessReport = (await rest.get('/operations/success-report?days=90', as(admin))).body;
    expect(strict.goals.find(({ id }) => id === 'error-rate')).toMatchObject({ met: false });
    expect((await rest.get('/operations/success-report?days=31', as(admin))).status).toBe(400);
  });

  it('is for admins and operators alone', async () => {
    const [ops, buyer] = [await createPerson(db.database, ['ops']), await createPerson(db.database)];
    for (const path of ['/operations/dashboard', '/operations/success-report']) {
      expect((await rest.get(path, as(ops))).status).toBe(200);
      expect((await rest.get(path, as(buyer))).body.code).toBe('FORBIDDEN');
    }
    for (const [path, body] of [
      ['/operations/maintenance', { kind: 'verify' }],
      ['/operations/repair', { sellerId: 1 }],
      ['/operations/alerts/1/acknowledge', undefined],
      ['/operations/alerts/1/close', {}],
      ['/operations/maintenance/1/pause', undefined],
    ] as const)
      expect((await rest.post(path, body, as(buyer))).body.code, path).toBe('FORBIDDEN');
  });
});
