import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseStatements } from '../../scripts/lib/statement-file.ts';
import { Compiler } from './compiler.ts';
import { fullTextStatements } from './full-text-statements.ts';
import { MigrationCheck, type MigrationVerdict } from './migrations.ts';
import { faultsOfStatements } from './statements.ts';

const FOLDER = path.join(ROOT, 'prisma', 'migrations', 'sqlserver');
const read = (file: string) => readFileSync(path.join(FOLDER, file), 'utf8');
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.sql'));
const names = files.flatMap((file) => /^(\d{14}_\w+)\.sql$/.exec(file)?.[1] ?? []).toSorted();
const others = files.filter((file) => !names.some((name) => file === `${name}.sql` || file === `${name}.down.sql`));

let compiler: Compiler;
let check: MigrationCheck;
const verdicts = new Map<string, MigrationVerdict>();
beforeAll(async () => {
  compiler = new Compiler();
  check = new MigrationCheck(compiler);
  for (const name of names) verdicts.set(name, await check.next({ up: read(`${name}.sql`), down: read(`${name}.down.sql`) }));
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
