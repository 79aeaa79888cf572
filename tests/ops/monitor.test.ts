import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { createRepositories } from '@assay/database';
import { runScript, useDatabase, type Run } from '@assay/testing';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const db = useDatabase('sqlite');
/** How many times the pages say that they are not healthy, before they are. */
let unhealthy = 0;
let pages: Server;
let url: string;
beforeAll(async () => {
  pages = createServer((_, answer) => {
    const status = unhealthy-- > 0 ? 'unhealthy' : 'healthy';
    answer.setHeader('content-type', 'application/json').end(JSON.stringify({ status }));
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
});
afterAll(() => pages.close());

const command = (script: string, args: string[] = [], databaseUrl = db.url): Promise<Run> =>
  runScript(script, args, { DATABASE_URL: databaseUrl });

describe('monitor', () => {
  it('reports the figures of the last minutes, and exits with 1 beyond a limit', { timeout: 300_000 }, async () => {
    const { metrics } = createRepositories(db.database);
    await metrics.saveSamples([{ endpoint: 'GET /fast', requests: 95, errors: 2, buckets: [95, 0, 0, 0, 0, 0, 0, 0] }], new Date());
    const good = await command('monitor.ts', ['--once', '--json', '--errors', '5', '--url', url]);
    expect([good.status, JSON.parse(good.stdout)]).toEqual([
      0,
      expect.objectContaining({ health: 'healthy', requests: 95, errorPercent: (100 * 2) / 95, openAlerts: 0, beyond: [] }),
    ]);
    const bad = await command('monitor.ts', ['--once', '--url', url]);
    expect([bad.status, bad.stdout]).toEqual([
      1,
      expect.stringMatching(/^✗ .* errors 2\.11 %.*\(errors over 1 %\)\n.*95 requests, 2 errors {2}GET \/fast/),
    ]);
  });

  it('--recovery ends once the product is healthy, and gives up in time', { timeout: 300_000 }, async () => {
    const recovery = (...more: string[]) => command('monitor.ts', ['--recovery', '--errors', '5', '--every', '0.2', '--url', url, ...more]);
    unhealthy = 2;
    const { status, stdout } = await recovery();
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^(✗ .*\(health: unhealthy\)\n){2}✓ .* healthy {2}/)]);
    unhealthy = Infinity;
    expect((await recovery('--timeout', '0.01')).status).toBe(1);
    unhealthy = 0;
  });

  it.each([[['--p95', '0']], [['--every', 'x']], [['--once', '--recovery']], [['--json']], [['now']]])(
    '%j is a wrong call',
    async (args) => {
      expect((await command('monitor.ts', args)).status).toBe(2);
    },
  );
});

describe('backup:create', () => {
  it('prints where the backup is, which holds what the database held', { timeout: 300_000 }, async () => {
    const { status, stdout } = await command('backup.ts');
    expect(status).toBe(0);
    const backup = new BetterSqlite3(path.resolve(ROOT, stdout.trim()), { readonly: true });
    expect(backup.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(backup.prepare('SELECT COUNT(*) AS n FROM SchemaMigrations').get()).not.toEqual({ n: 0 });
    backup.close();
  });

  it('refuses where there is no database, and makes none', { timeout: 300_000 }, async () => {
    const missing = `${db.url.slice('file:'.length)}.missing`;
    const { status, stderr } = await command('backup.ts', [], `file:${missing}`);
    expect([status, stderr, existsSync(missing)]).toEqual([
      1,
      expect.stringMatching(/^There is no database at .*\.missing\. Check DATABASE_URL/),
      false,
    ]);
  });
});
