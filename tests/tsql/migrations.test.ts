import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { batches as batchesOf } from '@assay/database/migrate';
import { readSqlFile } from '@assay/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseStatements } from '../../scripts/lib/statement-file.ts';
import { Compiler } from './compiler.ts';
import { fullTextStatements } from './full-text-statements.ts';
import { MigrationCheck, type MigrationVerdict } from './migrations.ts';
import type { Schema } from './schema.ts';
import { faultsOfStatements } from './statements.ts';

const FOLDER = path.join(ROOT, 'prisma', 'migrations', 'sqlserver');
const read = (file: string) => readFileSync(path.join(FOLDER, file), 'utf8');
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.sql'));
const names = files.flatMap((file) => /^(\d{14}_\w+)\.sql$/.exec(file)?.[1] ?? []).toSorted();
const others = files.filter((file) => !names.some((name) => file === `${name}.sql` || file === `${name}.down.sql`));

let compiler: Compiler;
let check: MigrationCheck;
const verdicts = new Map<string, MigrationVerdict>();
/** What there is after each migration. */
const schemas = new Map<string, Schema>();
beforeAll(async () => {
  compiler = new Compiler();
  check = new MigrationCheck(compiler);
  for (const name of names) {
    verdicts.set(name, await check.next({ up: read(`${name}.sql`), down: read(`${name}.down.sql`) }));
    schemas.set(name, check.schema);
  }
  return () => compiler.close();
}, 300_000);

it('there are migrations', () => expect(names.length).toBeGreaterThan(10));

describe.each(names)('%s', (name) => {
  const verdict = () => verdicts.get(name)!;

  it('parses, up and down', () => {
    expect([verdict().up.grammar, verdict().down.grammar]).toEqual([[], []]);
  });

  it('leads to a schema that compiles', () => expect(verdict().up.schema).toEqual([]));

  it('leads back to the schema before it, object by object', () => {
    expect([verdict().down.schema, verdict().down.differences]).toEqual([[], []]);
  });
});

it.each(others)('%s names what is there after all migrations', async (file) => {
  const { errors, batches } = await compiler.parse(read(file));
  expect(errors).toEqual([]);
  expect(batches.flatMap(({ changes }) => changes)).toEqual([]);
  const statements = batches.map(({ data }) => data).filter((data) => data !== '');
  expect(statements.length).toBeGreaterThan(0);
  expect(await faultsOfStatements(compiler, check.schema, statements)).toEqual([]);
});

describe('the rating guide’s two scripts', () => {
  const GUIDE = path.join('apps', 'api', 'prisma', 'migrations');

  it.each(['20240101000000_add_seller_ratings.sql', 'backfill-rating-aggregates.sql'])('%s is where the guide says', (file) => {
    expect(readSqlFile(path.join(GUIDE, file))).toContain(readFileSync(path.join(FOLDER, file), 'utf8'));
  });

  it('the backfill needs no migration after add_seller_ratings: other tables it asks for first', async () => {
    const script = read('backfill-rating-aggregates.sql');
    const asked = [...script.matchAll(/OBJECT_ID\(N'(\w+)', N'U'\)/g)].map(([, table]) => table!);
    expect(asked).toEqual(['SellerRatingDays', 'SellerCacheInvalidations']);
    const parsed = await compiler.parse(script);
    const statements = parsed.batches.map(({ data }) => data).filter((data) => data !== '');
    const faults = await faultsOfStatements(compiler, schemas.get('20240101000000_add_seller_ratings')!, statements);
    const unresolved = faults.flatMap(
      (fault) => /unresolved reference to object \[dbo\]\.\[(\w+)\]/.exec(fault.split('\n')[0]!)?.[1] ?? fault,
    );
    expect([...new Set(unresolved)].toSorted()).toEqual(asked.toSorted());
  });

  it('each sets QUOTED_IDENTIFIER in a batch before all others, which sqlcmd begins without', () => {
    for (const file of files) {
      const [first, ...later] = batchesOf(read(file));
      expect([file, first]).toEqual([file, expect.stringMatching(/^SET [A-Z_, ]*\bQUOTED_IDENTIFIER ON;$/m)]);
      expect([file, later.join('\n')]).toEqual([file, expect.not.stringMatching(/QUOTED_IDENTIFIER/)]);
    }
  });
});

it('statements.sql, all that the product sends, names what is there after all migrations', async () => {
  const statements = [...parseStatements(readFileSync(path.join(import.meta.dirname, 'statements.sql'), 'utf8')).keys()];
  expect(statements.length).toBeGreaterThan(0);
  expect(await faultsOfStatements(compiler, check.schema, statements)).toEqual([]);
});

it('the search by an index of words, too', async () => {
  const statements = (await fullTextStatements()).filter((sql) => sql.includes('CONTAINSTABLE'));
  expect(statements.length).toBeGreaterThan(5);
  expect(await faultsOfStatements(compiler, check.schema, statements)).toEqual([]);
});
