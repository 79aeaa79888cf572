import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseStatements, printStatements, type Statements } from '../../scripts/lib/statement-file.ts';
import { openStatementRecord } from '../../scripts/lib/statement-record.ts';
import { installTsqlCompiler } from '../../scripts/lib/tsql-compiler.ts';

const FIND = 'SELECT o.Id\nFROM Orders o\nWHERE o.Id = @P1';
const MOVE = 'UPDATE Users\nSET Stars4 = Stars4 + 1';
const statements = (entries: Record<string, string[]>): Statements =>
  new Map(Object.entries(entries).map(([sql, senders]) => [sql, new Set(senders)]));

describe('what the suites send to a SQL Server', () => {
  const ALL = ['contract', 'integration', 'ops'];
  let file: string;
  beforeEach(() => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-statements-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    file = path.join(folder, 'statements.sql');
    vi.stubEnv('TEST_SQLSERVER_URL', 'sqlserver://127.0.0.1:1433');
    vi.spyOn(console, 'log').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  const written = () => parseStatements(readFileSync(file, 'utf8'));
  /** A run in which two processes send these. */
  function record(update: boolean, ...files: Statements[]) {
    const run = openStatementRecord(update, file);
    onTestFinished(() => rmSync(run.variables.TEST_STATEMENTS_DIR!, { recursive: true }));
    const name = (i: number) => path.join(run.variables.TEST_STATEMENTS_DIR!, `${i}.sql`);
    for (const [i, sent] of files.entries()) writeFileSync(name(i), printStatements(sent));
    return run;
  }

  it('stands sorted in a file, with the functions that send it', () => {
    const text = printStatements(statements({ [MOVE]: ['repositories/b.two', 'repositories/a.one'], [FIND]: ['repositories/c.three'] }));
    expect(text).toMatch(/^-- Every statement .*\n-- repositories\/c\.three\nSELECT/s);
    expect(text.endsWith(`GO\n-- repositories/a.one, repositories/b.two\n${MOVE}\nGO\n`)).toBe(true);
    expect(printStatements(parseStatements(text))).toBe(text);
  });

  it('fails a run where it is not in that file, with the function and the text', async () => {
    writeFileSync(file, printStatements(statements({ [FIND]: ['repositories/orders.find'] })));
    const run = record(false, statements({ [FIND]: ['repositories/orders.list'] }), statements({ [MOVE]: ['repositories/ratings.shift'] }));
    expect(run.hasStatements()).toBe(true);
    const { passed, failures } = await run.finish(['contract'], true);
    expect([passed, failures.length]).toEqual([0, 1]);
    expect(failures[0]).toMatch(
      /^repositories\/ratings\.shift: this statement is not in .*--update adds it\)\n {4}UPDATE Users\n {4}SET Stars4/s,
    );
    expect(written().size).toBe(1);
  });

  it('passes where the file has it, also with another number in a name', async () => {
    writeFileSync(file, printStatements(statements({ [MOVE]: ['repositories/ratings.shift'] })));
    const run = record(false, statements({ [MOVE.replaceAll('4', '5')]: ['repositories/ratings.shift'] }));
    expect(await run.finish(ALL, true)).toEqual({ passed: 1, failures: [] });
    expect(record(false).hasStatements()).toBe(false);
  });

  it('is written there with --update; a whole run without a failure takes out what it did not send', async () => {
    await record(true, statements({ [FIND]: ['repositories/a.find'], [MOVE]: ['repositories/a.move'] })).finish(['contract'], true);
    const renamed = statements({ [MOVE.replaceAll('4', '2')]: ['repositories/b.shift'] });
    await record(true, renamed).finish(ALL, false);
    expect(written()).toEqual(statements({ [FIND]: ['repositories/a.find'], [MOVE]: ['repositories/a.move', 'repositories/b.shift'] }));
    await record(true, renamed).finish(ALL, true);
    expect(written()).toEqual(statements({ [MOVE]: ['repositories/b.shift'] }));
  });

  it('needs a server to be written', () => {
    vi.stubEnv('TEST_SQLSERVER_URL', '');
    expect(() => openStatementRecord(true, file)).toThrow(/TEST_SQLSERVER_URL/);
  });
});

it("Microsoft's compiler is not installed where it cannot run, and a sentence says why", () => {
  const { platform } = process;
  onTestFinished(() => void Object.defineProperty(process, 'platform', { value: platform }));
  Object.defineProperty(process, 'platform', { value: 'darwin' });
  expect(installTsqlCompiler()).toMatch(/^Microsoft's T-SQL compiler runs on Linux x86-64; this is darwin \w+\.$/);
});
