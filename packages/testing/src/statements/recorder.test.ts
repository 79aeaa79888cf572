import { spawnSync } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { STATEMENT_CHANNEL } from '@assay/database';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { recordingVariables, recordStatements } from './recorder.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-recorder-'));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true }));

const REPOSITORIES = path.resolve(import.meta.dirname, '../../../database/src/repositories');
const callFrom = (name: string, at = `${REPOSITORIES}/orders.ts`) => `Error\n    at Object.${name} (${at}:1:1)`;

it('each statement is written once for each function, as it is sent; what a test asks for is not', () => {
  recordStatements(folder);
  recordStatements(folder); // the second test of a process
  const send = (sql: string, stack?: string) => channel(STATEMENT_CHANNEL).publish({ sql, stack });
  send('SELECT o.Id FROM Orders o WHERE o.Id IN (@P1)', callFrom('find'));
  send('SELECT o.Id FROM Orders o WHERE o.Id IN (@P1, @P2)', callFrom('find'));
  send('SELECT o.Id FROM Orders o WHERE o.Id IN (@P1)', callFrom('list'));
  send('SELECT 1', callFrom('read', import.meta.filename));
  send('SELECT 2');
  const statement = 'SELECT o.Id\nFROM Orders o\nWHERE o.Id IN (@P1)\nGO\n';
  expect(readFileSync(path.join(folder, `${process.pid}.sql`), 'utf8')).toBe(
    `-- repositories/orders.find\n${statement}-- repositories/orders.list\n${statement}-- Prisma\nSELECT 2\nGO\n`,
  );
});

it('a child process writes a file of its own', () => {
  vi.stubEnv('TEST_STATEMENTS_DIR', folder);
  const message = JSON.stringify({ sql: 'SELECT 3', stack: callFrom('read') });
  const code = `import { channel } from 'node:diagnostics_channel'; channel('${STATEMENT_CHANNEL}').publish(${message});`;
  const env = { PATH: process.env.PATH, ...recordingVariables() };
  const { status, stderr, pid } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  expect(readFileSync(path.join(folder, `${pid}.sql`), 'utf8')).toBe('-- repositories/orders.read\nSELECT 3\nGO\n');
}, 30_000);

it('without a folder nothing is recorded', () => {
  vi.stubEnv('TEST_STATEMENTS_DIR', '');
  expect(recordingVariables()).toEqual({});
  const before = readdirSync(folder);
  recordStatements();
  expect(readdirSync(folder)).toEqual(before);
});
