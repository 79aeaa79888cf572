import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { PAGES } from '@assay/contract';
import { Prisma } from '@assay/database';
import {
  completeOrders,
  createPerson,
  createSeller,
  onEachEngine,
  restClient,
  spawnApi,
  spawnWeb,
  startReceiver,
  startRedis,
  type Receiver,
  type RedisServer,
  type Seller,
  useDatabase,
  useProcess,
} from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';
import {
  CLIENT,
  EMAIL,
  linesOf,
  PASSWORD,
  preload,
  reportsOf,
  SERVER,
  spansOf,
  tokenFor,
  wholeTrace,
  type SeenSpan,
} from './lib-telemetry.ts';

const CRASH_ON_SIGNAL = `process.on('SIGUSR2', () => { throw new Error('no room for ${EMAIL}, password=${PASSWORD.split(' ')[0]}'); });`;

const LINK_TOKEN = 'aB3_-of-a-link-in-an-e-mail-0123';

onEachEngine('telemetry of the processes', (engine) => {
  const db = useDatabase(engine);
  let crashOnSignal: ReturnType<typeof preload>;
  let collector: Receiver;
  let sentry: Receiver;
  let redis: RedisServer;
  let variables: Record<string, string>;
  let seller: Seller;

  beforeAll(async () => {
    crashOnSignal = preload(CRASH_ON_SIGNAL);
    await buildWeb();
    [collector, sentry, redis] = await Promise.all([startReceiver(), startReceiver(), startRedis()]);
    seller = await createSeller(db.database);
    variables = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=for%20the%20collector',
      SENTRY_DSN: `${sentry.url.replace('://', '://publickey@')}/7`,
      SENTRY_RELEASE: 'assay@test',
      ...crashOnSignal.variables,
    };
  });
  afterAll(async () => {
    await redis.kill();
    collector.close();
    sentry.close();
    rmSync(crashOnSignal.folder, { recursive: true, force: true });
  });
  const api = useProcess(() => spawnApi(db.url, { ...variables, REDIS_URL: redis.url, SCORE_VERIFY_INTERVAL_MINUTES: '0' }));
  const web = useProcess(() => spawnWeb(api.url, variables));
  beforeAll(() => vi.waitFor(() => expect(api.output()).toContain('redis answers'), { timeout: 60_000 }));

  /** All spans of a request's trace, once both processes have sent theirs. */
  const traceOf = (requestId: string) => collector.when(() => wholeTrace(spansOf(collector), requestId));
  const child = (trace: SeenSpan[], parent: SeenSpan, fits: (span: SeenSpan) => boolean) => {
    const found = trace.find((span) => span.parentSpanId === parent.spanId && fits(span));
    if (!found) throw new Error(`${parent.name} has no such child: ${JSON.stringify(trace, null, 1)}`);
    return found;
  };

  let token: string;

  it('a page is one trace, from the web by way of the API to the database', async () => {
    const answer = await fetch(`${web.url}/sellers/${seller.id}?sort=highest`, { headers: { 'x-request-id': 'page-of-a-seller' } });
    expect(answer.status).toBe(200);
    const trace = await traceOf('page-of-a-seller');
    const page = trace.find(({ parentSpanId }) => !parentSpanId)!;
    expect(page).toMatchObject({ service: 'marketplace-web', name: 'GET /sellers/[id]', kind: SERVER });
    const asking = child(trace, page, ({ name }) => name === 'trpc sellers.page');
    expect([asking.service, asking.kind]).toEqual(['marketplace-web', CLIENT]);
    const answering = child(trace, asking, ({ kind }) => kind === SERVER);
    expect(answering).toMatchObject({ service: 'marketplace-api', name: 'trpc sellers.page' });
    expect(answering.attributes).toMatchObject({ 'assay.request_id': 'page-of-a-seller', 'http.response.status_code': 200 });
    const statement = child(trace, answering, ({ name }) => /^SELECT \w+$/.test(name));
    expect(statement.attributes['db.system.name']).toBe(engine === 'sqlite' ? 'sqlite' : 'microsoft.sql_server');
    child(trace, answering, ({ attributes }) => attributes['db.system.name'] === 'redis'); // the limits count there
    expect(collector.received[0]!.headers['api-key']).toBe('for the collector');
  });

  it('what changes something shows its transaction and statements, in the caller’s own trace', async () => {
    const rest = restClient(web.url);
    const traceId = randomUUID().replaceAll('-', '');
    const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'x-request-id': 'register-0001' };
    const registered = await rest.post('/auth/register', { email: EMAIL, password: PASSWORD, fullName: 'Private Person' }, { headers });
    token = (registered.body as { token: string }).token;
    const spans = await traceOf('register-0001');
    const passing = spans.find(({ service }) => service === 'marketplace-web')!;
    expect(passing).toMatchObject({ traceId, name: 'POST /api', parentSpanId: '00f067aa0ba902b7' });
    const answering = child(spans, passing, ({ name }) => name === 'POST /api/v1/auth/register');
    child(spans, answering, ({ name }) => name === 'argon2 hash');
    const transaction = child(spans, answering, ({ name }) => name === 'transaction');
    child(spans, transaction, ({ name }) => name === 'INSERT Users');
    child(spans, transaction, ({ name }) => name === 'BEGIN');
  });

  it('an event keeps the id of the request that caused it, and a run too; its line and its trace lead back', async () => {
    const rest = restClient(web.url);
    const { id } = (await rest.get('/auth/me', { token })).body as { id: number };
    await completeOrders(db.database, seller, [id]);
    const rated = { sellerId: seller.id, rating: 5, comment: `Write to ${EMAIL}!` };
    expect((await rest.post('/ratings', rated, { token, headers: { 'x-request-id': 'rating-0001' } })).status).toBe(201);
    const admin = await createPerson(db.database, ['admin']);
    const asAdmin = tokenFor(db, admin);
    const headers = { 'x-request-id': 'verify-0001' };
    await rest.post('/operations/maintenance', { kind: 'verify' }, { token: asAdmin, headers });
    const job = await collector.when(() => spansOf(collector).find(({ name }) => name === 'task maintenance.run'));
    const [asked] = (await traceOf('verify-0001')) as [SeenSpan];
    expect(job.attributes).toMatchObject({ 'assay.request_id': 'verify-0001', 'assay.task': 'maintenance.run' });
    expect([job.parentSpanId ?? '', job.traceId === asked.traceId, job.links[0]!.traceId]).toEqual(['', false, asked.traceId]);
    const events = await db.database.read<{ topic: string; requestId: string }>(
      Prisma.sql`SELECT e.Topic AS topic, e.RequestId AS requestId FROM OutboxEvents e WHERE e.RequestId IN ('rating-0001', 'verify-0001')`,
    );
    const causes = new Set(events.map(({ topic, requestId }) => `${topic} ${requestId}`));
    expect([...causes].toSorted()).toEqual(['maintenance.progress verify-0001', 'rating.submitted rating-0001']);
  });

  it('what fails is reported with its request, and only what was not expected', async () => {
    const rest = restClient(web.url);
    const reported = reportsOf(sentry).length;
    expect((await rest.post('/ratings', { sellerId: seller.id, rating: 9 }, { token })).status).toBe(400);
    expect((await rest.get('/ratings/mine', { token: 'nonsense' })).status).toBe(401);
    expect((await fetch(`${web.url}/sellers/987654?q=${EMAIL}`)).status).toBe(404);
    await db.database.write(Prisma.sql`DROP TABLE SellerRatingDays`);
    const headers = { 'x-request-id': 'failing-0001' };
    expect((await rest.get(`/ratings/dashboard?window=90&q=${EMAIL}`, { token, headers })).status).toBe(500);
    const admin = await createPerson(db.database, ['admin']);
    const asked = { token: tokenFor(db, admin), headers: { 'x-request-id': 'failing-0002' } };
    const { body: run } = await rest.post('/operations/maintenance', { kind: 'verify' }, asked);
    const task = await db.database.prisma.task.findFirst({ where: { requestId: 'failing-0002' } });
    expect(task!.input).toBe(JSON.stringify({ runId: run.id }));
    const [ofRequest, ofJob] = await sentry.when(() => {
      const found = reportsOf(sentry).slice(reported);
      return found.length >= 2 ? found.toSorted((a, b) => a.tags.request_id!.localeCompare(b.tags.request_id!)) : null;
    });
    expect(ofRequest).toMatchObject({
      level: 'error',
      release: 'assay@test',
      environment: 'test',
      tags: { service: 'marketplace-api', request_id: 'failing-0001', endpoint: 'GET /api/v1/ratings/dashboard' },
    });
    expect(ofRequest!.exception.values[0]!.stacktrace.frames.some(({ filename, in_app }) => in_app && filename.includes('packages/'))).toBe(
      true,
    );
    expect(ofJob!.tags).toEqual({
      service: 'marketplace-api',
      task: 'maintenance.run',
      task_id: String(task!.id),
      request_id: 'failing-0002',
    });
    expect(reportsOf(sentry)).toHaveLength(reported + 2);
    const failed = (await traceOf('failing-0001')).filter((span) => span.failed).map(({ service }) => service);
    expect(new Set(failed)).toEqual(new Set(['marketplace-web', 'marketplace-api']));
  });

  it('a link of an e-mail is opened, used and fails, and its token stays out of what is written', async () => {
    for (const page of [PAGES.resetPassword, PAGES.emailChange, PAGES.confirmEmail])
      for (const path of [page(LINK_TOKEN), `${page(LINK_TOKEN)}/__data.json`, `/api${page(LINK_TOKEN)}`]) await fetch(web.url + path);
    // An answer of the API that is none: the page fails.
    const broken = await startReceiver();
    const front = await spawnWeb(broken.url, variables);
    for (const page of [PAGES.resetPassword, PAGES.emailChange, PAGES.confirmEmail]) {
      const headers = { origin: front.url, 'content-type': 'application/x-www-form-urlencoded' };
      const used = await fetch(front.url + page(LINK_TOKEN), { method: 'POST', headers, body: 'password=a+long+new+password' });
      expect(used.status).toBeGreaterThanOrEqual(400);
    }
    await front.stop();
    broken.close();
    const lines = linesOf(front.output());
    expect(lines.filter(({ path }) => String(path).endsWith('/[token]')).length).toBeGreaterThanOrEqual(3);
    expect(front.output()).not.toContain(LINK_TOKEN);
  });

  it('a crash is reported before the process ends', async () => {
    for (const [process, service] of [
      [api, 'marketplace-api'],
      [web, 'marketplace-web'],
    ] as const) {
      const ended = new Promise((resolve) => process.child.once('close', resolve)); // then its output is complete
      process.child.kill('SIGUSR2');
      expect(await ended).toBe(1);
      const report = reportsOf(sentry).find(({ level, tags }) => level === 'fatal' && tags.service === service)!;
      expect(report.exception.values[0]).toMatchObject({ type: 'Error', value: 'no room for [e-mail], password=[secret]' });
      expect(linesOf(process.output()).at(-1)).toMatchObject({ level: 'fatal', msg: 'uncaught', err: { type: 'Error' } });
    }
  });

  describe('all that was written meanwhile', () => {
    it('is in lines of one shape, in both processes, that a request’s id leads through', () => {
      const lines = [api, web].flatMap((process) => linesOf(process.output()));
      for (const line of lines) {
        expect(line).toMatchObject({ name: expect.stringMatching(/^marketplace-(api|web)$/) as string, pid: expect.any(Number) as number });
        expect(line.level).toMatch(/^(fatal|error|warn|info)$/);
        expect(new Date(line.time).toISOString()).toBe(line.time);
        expect(line.msg).not.toBe('');
      }
      const saidOf = (requestId: string) => lines.filter((line) => line.requestId === requestId).map(({ name, msg }) => `${name}: ${msg}`);
      expect(saidOf('verify-0001').toSorted()).toEqual([
        'marketplace-api: request',
        'marketplace-api: task done',
        'marketplace-web: request',
      ]);
      expect(saidOf('failing-0001')).toContain('marketplace-api: failed');
      expect(saidOf('failing-0002')).toContain('marketplace-api: task failed, it is tried again');
      const job = lines.find(({ msg, requestId }) => msg === 'task done' && requestId === 'verify-0001')!;
      expect(job).toMatchObject({
        task: 'maintenance.run',
        maintenance: 'verify',
        input: { runId: expect.any(Number) as number },
        durationMs: expect.any(Number) as number,
      });
      expect(job.traceId).toBe(
        spansOf(collector).find(({ name, traceId }) => name === 'task maintenance.run' && traceId === job.traceId)!.traceId,
      );
    });

    it('holds no address, password or token of a person, and no query', () => {
      const written = {
        log: api.output() + web.output(),
        traces: collector.received.map(({ body }) => body).join('\n'),
        reports: sentry.received.map(({ body }) => body).join('\n'),
      };
      const secrets = [
        EMAIL,
        'private.person',
        PASSWORD,
        'wholly',
        'Private Person',
        token,
        'nonsense',
        'sort=highest',
        'window=90',
        'publickey',
        'for the collector',
        LINK_TOKEN,
      ];
      for (const [where, text] of Object.entries(written)) {
        expect(text.length, where).toBeGreaterThan(1000);
        // Sentry's envelope names the project that it is for.
        for (const secret of secrets.filter((one) => where !== 'reports' || one !== 'publickey'))
          expect(text.includes(secret), `${secret} in the ${where}`).toBe(false);
      }
      const known =
        /^(assay\.(request_id|job|task|task_id)|http\.(request\.method|response\.status_code|route)|db\.(system\.name|operation\.name|collection\.name)|error\.type)$/;
      const keys = new Set(spansOf(collector).flatMap(({ attributes }) => Object.keys(attributes)));
      expect([...keys].filter((key) => !known.test(key))).toEqual([]);
      // What goes on when a request is long over is not in its trace: the feed reads four times a second.
      expect(spansOf(collector).filter(({ name }) => name === 'SELECT OutboxEvents')).toEqual([]);
      // Few names, and none with a person's id in it.
      for (const { name } of spansOf(collector)) expect(name).not.toMatch(/\d{2,}|\?/);
    });
  });
});
