import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newStatements, parseStatements, printStatements, updatedStatements, type Statements } from './statement-file.ts';
import type { Count } from './test-reports.ts';

const FILE = path.join(import.meta.dirname, '..', '..', 'tests', 'tsql', 'statements.sql');
/** Together these suites send all statements of the product. */
const ALL_SUITES = ['contract', 'integration', 'ops'];
const HOW_TO_UPDATE = 'npm test -- contract integration ops --update';

/** Records the statements that a run of the suites sends to SQL Server. */
export interface StatementRecord {
  /** Environment variables for the processes of the run: where they write. */
  readonly variables: Record<string, string>;
  hasStatements(): boolean;
  /**
   * Compares the sent statements with tests/tsql/statements.sql, or writes them there.
   * @param passed whether no test failed: a run that failed may have sent less
   */
  finish(suites: string[], passed: boolean): Promise<Count>;
}

/** Starts recording. @throws Error for --update without a SQL Server */
export function openStatementRecord(update: boolean, file = FILE): StatementRecord {
  if (update && !process.env.TEST_SQLSERVER_URL)
    throw new Error('--update needs a SQL Server to send statements to: set TEST_SQLSERVER_URL.');
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-statements-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const known = (): Statements => (existsSync(file) ? parseStatements(readFileSync(file, 'utf8')) : new Map());
  const sent = () =>
    parseStatements(
      readdirSync(folder)
        .map((name) => readFileSync(path.join(folder, name), 'utf8'))
        .join(''),
    );
  return {
    variables: { TEST_STATEMENTS_DIR: folder },
    hasStatements: () => readdirSync(folder).length > 0,
    finish(suites, passed) {
      if (!update) return Promise.resolve(comparedWith(known(), sent()));
      const complete = passed && ALL_SUITES.every((name) => suites.includes(name));
      const updated = updatedStatements(known(), sent(), complete);
      writeFileSync(file, printStatements(updated));
      console.log(`tests/tsql/statements.sql has ${updated.size} statements now.`);
      if (!complete) console.log(`Its earlier statements are kept: only a run of ${ALL_SUITES.join(', ')} without a failure removes any.`);
      return Promise.resolve({ passed: 1, failures: [] });
    },
  };
}

function comparedWith(known: Statements, sent: Statements): Count {
  const failures = [...newStatements(known, sent)].map(([sql, senders]) => {
    const what = `${[...senders].join(', ')}: this statement is not in tests/tsql/statements.sql (${HOW_TO_UPDATE} adds it)`;
    return `${what}\n    ${sql.replaceAll('\n', '\n    ')}`;
  });
  return { passed: failures.length === 0 ? 1 : 0, failures };
}
