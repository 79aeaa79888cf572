import path from 'node:path';
import { foldForSearch } from '@assay/contract';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { readMigrations } from './files.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const FOLDING = '20240101000029';

/** As names were folded before: without marks, in lower case. */
const foldedBefore = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();

it('names that were folded before are folded as a search folds them', () => {
  const db = new Database(':memory:');
  const migrations = readMigrations(ROOT, 'sqlite');
  for (const { id, up } of migrations) if (id < FOLDING) db.exec(up);
  const letters = Array.from({ length: 0xab70 }, (_, code) => String.fromCharCode(code)).filter((letter) =>
    /\p{Script=Latin}|[ςکیىة\u0640\u200D]/u.test(letter),
  );
  const names = ['Straße', 'ŁÓDŹ', 'Søren Þór', 'كـتاب', 'ΟΔΟΣ οδός', 'Zoë', 'plain', 'ß'.repeat(150), ...letters];
  const insert = db.prepare('INSERT INTO Users (FullName, SearchName) VALUES (?, ?)');
  for (const name of names) insert.run(name, foldedBefore(name).slice(0, 200));
  for (const { id, up } of migrations) if (id >= FOLDING) db.exec(up);
  const stored = db.prepare('SELECT FullName, SearchName FROM Users ORDER BY Id').all() as { FullName: string; SearchName: string }[];
  expect(stored.map(({ SearchName }) => SearchName)).toEqual(names.map((name) => foldForSearch(name)));
  db.close();
});
