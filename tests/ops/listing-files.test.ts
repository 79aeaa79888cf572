import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import type { ListingImportReport } from '@assay/contract';
import { createPerson, testEnvironment, useDatabase } from '@assay/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

const db = useDatabase('sqlite');
let dir: string;
const email = 'kiln@example.test';
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'assay-listings-'));
  const { id } = await createPerson(db.database, ['seller']);
  await db.database.prisma.user.update({ where: { id }, data: { email } });
});
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
});

const run = (script: string, ...args: string[]) => {
  const env = { ...process.env, ...testEnvironment(db.url) };
  return spawnSync(process.execPath, [`scripts/${script}.ts`, ...args], { cwd: ROOT, env, encoding: 'utf8' });
};
const file = (name: string, text: string) => {
  writeFileSync(path.join(dir, name), text);
  return path.join(dir, name);
};

it('a file is looked at, taken, exported, and changes nothing when it comes back', () => {
  const csv = file('new.csv', 'title;price;currency;status\n"=Bowl; blue";34.00;EUR;active\nCup;;EUR;draft\n');
  const looked = run('import-listings', csv, '--seller', email, '--dry-run', '--json');
  expect(looked.status).toBe(0);
  expect(JSON.parse(looked.stdout) as ListingImportReport).toMatchObject({ applied: false, create: 2, error: 0 });
  const taken = run('import-listings', csv, '--seller', email.toUpperCase());
  expect([taken.status, taken.stdout]).toEqual([0, '2 new, 0 changed, 0 unchanged, 0 with errors.\nThe changes are saved.\n']);

  const exported = run('export-listings', '--seller', email);
  expect(exported.status).toBe(0);
  expect(exported.stdout.split('\n')[1]).toMatch(/^\d+,1,active,'=Bowl; blue,,34\.00,EUR,1,other,no,/);
  const again = run('import-listings', file('mine.csv', exported.stdout), '--seller', email);
  expect([again.status, again.stdout]).toEqual([0, '0 new, 0 changed, 2 unchanged, 0 with errors.\n']);
  expect(run('import-listings', csv, '--seller', email)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('imported before') as string,
  });
}, 180_000);

it('what cannot be taken is named by line and column; a wrong call says how', () => {
  const bad = run('import-listings', file('bad.csv', 'title,price,currency\nA,1.234,EUR\nB,1.00,EUR\n'), '--seller', email);
  expect([bad.status, bad.stderr]).toEqual([1, 'line 2, price: The price has more decimals than the currency.\n']);
  expect(bad.stdout).toMatch(/Nothing was written/);
  // A file that is refused as a whole says why, not only that it is.
  const column = run('import-listings', file('column.csv', 'Titel,price,currency\nBowl,9,EUR\n'), '--seller', email);
  expect([column.status, column.stderr]).toEqual([2, expect.stringMatching(/^ {2}file: .*titel/m)]);
  const quote = run('import-listings', file('quote.csv', 'title,price,currency,status\n"Bowl,9,EUR,draft\n'), '--seller', email);
  expect([quote.status, quote.stderr]).toEqual([2, expect.stringMatching(/^ {2}file: .*quote/im)]);
  expect(run('import-listings', path.join(dir, 'none.csv'), '--seller', email)).toMatchObject({ status: 2 });
  expect(run('export-listings')).toMatchObject({ status: 2 });
  expect(run('export-listings', '--seller', 'unknown@example.test')).toMatchObject({
    status: 1,
    stderr: 'There is no account with the e-mail unknown@example.test.\n',
  });
}, 180_000);
