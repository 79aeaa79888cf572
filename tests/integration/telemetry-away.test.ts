import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Prisma } from '@assay/database';
import { createPerson, createSeller, restClient, spawnApi, spawnWeb, startReceiver, useDatabase } from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';
import { EMAIL, linesOf, PASSWORD, preload, reportsOf, tokenFor } from './lib-telemetry.ts';

const CLOSED = 'http://127.0.0.1:9'; // the port of "discard": nothing listens there

describe('a deployment without telemetry, or without its collector', () => {
  const notingWhatIsLoaded = preload(
    `import { appendFileSync } from 'node:fs';
     import { registerHooks } from 'node:module';
     registerHooks({
       resolve(name, context, next) {
         if (/^@(opentelemetry\\/(sdk|exporter)|sentry\\/)/.test(name)) appendFileSync(new URL('loaded', import.meta.url), name + '\\n');
         return next(name, context);
       },
     });`,
  );
  const loadedFile = path.join(notingWhatIsLoaded.folder, 'loaded');
  const loaded = () => (existsSync(loadedFile) ? readFileSync(loadedFile, 'utf8') : '');
  const db = useDatabase('sqlite');
  beforeAll(buildWeb);
  afterAll(() => rmSync(notingWhatIsLoaded.folder, { recursive: true, force: true }));

  it('has the same product: nothing is loaded, nothing is waited for', async () => {
    const { id } = await createSeller(db.database);
    const off = await spawnApi(db.url, notingWhatIsLoaded.variables);
    expect((await restClient(off.url).get(`/sellers/${id}`)).status).toBe(200);
    expect([await off.stop(), loaded()]).toEqual([0, '']);

    const api = await spawnApi(db.url, {
      ...notingWhatIsLoaded.variables,
      OTEL_EXPORTER_OTLP_ENDPOINT: CLOSED,
      SENTRY_DSN: `${CLOSED.replace('://', '://key@')}/1`,
    });
    expect(loaded()).toContain('@opentelemetry/sdk-trace');
    expect(loaded()).toContain('@sentry/core');
    const rest = restClient(api.url);
    for (let i = 0; i < 20; i++) expect((await rest.get(`/sellers/${id}`)).status).toBe(200);
    await db.database.write(Prisma.sql`DROP TABLE SellerRatingDays`);
    const person = await createPerson(db.database);
    expect((await rest.get('/ratings/dashboard', { token: tokenFor(db, person) })).status).toBe(500);
    // A collector that is away is asked again for some seconds before spans are given up.
    for (const warning of ['error reports are not taken', 'spans are not taken'])
      await expect.poll(() => api.output(), { timeout: 30_000 }).toContain(warning);
    expect(await api.stop()).toBe(0);
    const warnings = linesOf(api.output()).filter(({ level }) => level === 'warn');
    expect(warnings.map(({ msg }) => msg).toSorted()).toEqual(['error reports are not taken', 'spans are not taken']);
  });

  it('a fault of the pages themselves is reported too', async () => {
    const [sentry, upstream] = await Promise.all([startReceiver(), startReceiver()]);
    const web = await spawnWeb(upstream.url, { SENTRY_DSN: `${sentry.url.replace('://', '://key@')}/1`, SENTRY_ENVIRONMENT: 'shop' });
    upstream.answer = { status: 500, body: 'no JSON at all' };
    const answer = await fetch(`${web.url}/sign-in?next=/orders`, {
      method: 'POST',
      headers: { origin: web.url, 'x-request-id': 'broken-page-1' },
      body: new URLSearchParams({ email: EMAIL, password: PASSWORD }),
    });
    expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('JSON')]);
    const report = await sentry.when(() => reportsOf(sentry)[0]);
    expect(report.tags).toEqual({ service: 'marketplace-web', request_id: 'broken-page-1', endpoint: 'POST /sign-in' });
    expect([report.environment, report.exception.values[0]!.type]).toEqual(['shop', 'SyntaxError']);
    expect(linesOf(web.output()).filter(({ level }) => level === 'error')).toMatchObject([
      { requestId: 'broken-page-1', path: '/sign-in', msg: 'failed' },
      { requestId: 'broken-page-1', status: 500, msg: 'request' },
    ]);
    expect(sentry.received[0]!.body + web.output()).not.toContain(PASSWORD);
    await web.stop();
    sentry.close();
    upstream.close();
  });
});
