import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { Prisma } from '@assay/database';
import { runScript, spawnApi, useDatabase, type Run } from '@assay/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrate } from './migrate-command.ts';

const db = useDatabase('sqlite');
const beside = (name: string) => path.join(path.dirname(db.url.slice('file:'.length)), name);

const command = (script: string, args: string[], env: Record<string, string>): Promise<Run> =>
  runScript(script, args, { HOME: beside('home'), ...env });
const noteProcess = (at: Date) =>
  db.database.write(
    Prisma.sql`INSERT INTO JobLeases (Name, Holder, NextRunAt) VALUES (${`api shop:4711:${at.getTime()}`}, 'checkout /srv/other', ${at})`,
  );

describe('a command that an operator has to mend the cause of', () => {
  it('prints one sentence, and no stack', { timeout: 300_000 }, async () => {
    writeFileSync(beside('garbage.db'), 'no database at all, but long enough to be read as a page'.repeat(200));
    mkdirSync(beside('folder.db'), { recursive: true });
    const calls: [script: string, args: string[], env: Record<string, string>, words: RegExp][] = [
      ['verify-aggregates.ts', [], { DATABASE_URL: `file:${beside('garbage.db')}` }, /not a SQLite database/],
      ['migrate.ts', ['status'], { DATABASE_URL: `file:${beside('garbage.db')}` }, /not a SQLite database/],
      ['migrate.ts', ['status'], { DATABASE_URL: `file:${beside('folder.db')}` }, /cannot be opened/],
      ['migrate.ts', ['status'], { DATABASE_URL: 'sqlserver://127.0.0.1:1;user=sa;password=x;database=d' }, /The database does not answer/],
      ['pm2.ts', ['list'], { PM2_HOME: `/tmp/${'long'.repeat(30)}` }, /PM2_HOME has more than 90 characters/],
    ];
    const runs = await Promise.all(calls.map(([script, args, env]) => command(script, args, env)));
    for (const [i, { status, stderr }] of runs.entries()) {
      expect([calls[i]![0], status === 0, /^ {4}at /m.test(stderr)], stderr).toEqual([calls[i]![0], false, false]);
      expect(stderr).toMatch(calls[i]![3]);
    }
  });
});

describe('a DATABASE_URL whose file is not there', () => {
  it('gets no database by a command, nor by the API', { timeout: 300_000 }, async () => {
    const file = beside('mistyped/assay.db');
    const env = { DATABASE_URL: `file:${file}` };
    const calls: [script: string, args: string[]][] = [
      ['verify-aggregates.ts', []],
      ['recalculate-aggregates.ts', []],
      ['backup.ts', []],
      ['flags.ts', ['list']],
      ['seed.ts', []],
      ['grant-role.ts', ['--email', 'a@shop.example', '--role', 'admin']],
      ['migrate.ts', ['down']],
      ['migrate.ts', ['force', '--state', 'up', '--migration', '20231201000000']],
      ['rollback.ts', ['database']],
    ];
    const runs = await Promise.all(calls.map(([script, args]) => command(script, args, env)));
    for (const [i, { status, stderr }] of runs.entries())
      expect([calls[i], status, stderr]).toEqual([calls[i], 1, expect.stringMatching(/^There is no database at .*mistyped/)]);
    const status = await command('migrate.ts', ['status'], env);
    expect([status.status, status.stdout]).toEqual([0, expect.stringMatching(/^pending {2}20231201000000_create_accounts$/m)]);
    await expect(spawnApi(env.DATABASE_URL)).rejects.toThrow(/lacks \d+ migration.*is not there\. Run: npm run migrate:up/);
    expect(existsSync(path.dirname(file))).toBe(false);
  });
});

describe('while the API of another folder uses the database', () => {
  it('migrate:down refuses, and writes no backup', { timeout: 300_000 }, async () => {
    await noteProcess(new Date());
    const down = await migrate(db.url, ['down']);
    expect([down.status, down.stderr]).toEqual([
      1,
      expect.stringMatching(/The API runs on this database .*shop, process 4711 \(checkout \/srv\/other\)/),
    ]);
    expect(down.stderr).not.toContain('backup written');
    await db.database.write(Prisma.sql`UPDATE JobLeases SET NextRunAt = ${new Date(Date.now() - 60_000)} WHERE Name LIKE 'api %'`);
    expect((await migrate(db.url, ['down'])).status).toBe(0);
  });
});

describe('pm2:start', () => {
  const taken = async () => {
    const foreign = createServer().listen(0, '127.0.0.1');
    await once(foreign, 'listening');
    onTestFinished(() => void foreign.close());
    return String((foreign.address() as AddressInfo).port);
  };
  const start = (variables: Record<string, string>, ...args: string[]) =>
    command('pm2.ts', ['start', ...args], {
      PM2_HOME: '/tmp/assay-refusals-pm2',
      DATABASE_URL: db.url,
      JWT_SECRET: 'k4Vd0Lp3Hs8Ng6Jc2Fy5AuEoIZr7bT1xQ9mW',
      ...variables,
    });

  it('with a port that is taken starts nothing', { timeout: 300_000 }, async () => {
    const port = await taken();
    const { status, stderr } = await start({ API_PORT: port, WEB_PORT: '1' });
    expect([status, stderr]).toEqual([1, expect.stringContaining(`Port ${port} is taken`)]);
    expect(stderr).not.toContain('Trying');
  });

  it('of one app looks at the port of that app alone', { timeout: 300_000 }, async () => {
    const [api, web] = [await taken(), await taken()];
    const { stderr } = await start({ API_PORT: api, WEB_PORT: web }, '--only', 'marketplace-web');
    expect(stderr).toContain(`Port ${web} is taken`);
    expect(stderr).not.toContain(`Port ${api} is taken`);
    const unknown = await start({}, '--only=web');
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('There is no app "web": marketplace-api or marketplace-web.'),
    ]);
  });
});
