// tests/tsql/statements.sql: each statement that the product sends to SQL Server, with the functions that send it.

/** Functions by statement, such as `repositories/orders.place`. */
export type Statements = Map<string, Set<string>>;

const HEADER = `-- Every statement that the product sends to SQL Server, with the functions that send it. Written, from a run of the suites on a SQL
-- Server, by: npm test -- contract integration ops --update
`;

/** Reads the file, or the files of recorders, which have the same format. */
export function parseStatements(text: string): Statements {
  const statements: Statements = new Map();
  for (const part of text.replaceAll(HEADER, '').split(/^GO$/m)) {
    const lines = part.trim().split('\n');
    const comments = lines.filter((line) => line.startsWith('-- '));
    const sql = lines.slice(comments.length).join('\n');
    if (sql !== '')
      add(
        statements,
        sql,
        comments.flatMap((line) => line.slice(3).split(', ')),
      );
  }
  return statements;
}

function add(statements: Statements, sql: string, senders: Iterable<string>): void {
  statements.set(sql, new Set([...(statements.get(sql) ?? []), ...senders]));
}

/** The text of the file, sorted, so that it depends on the statements only. */
export function printStatements(statements: Statements): string {
  const entries = [...statements].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const printed = entries.map(([sql, senders]) => `-- ${[...senders].toSorted().join(', ')}\n${sql}\n`);
  return HEADER + printed.map((each) => `${each}GO\n`).join('');
}

/**
 * A key that is the same for statements that differ only in the number at the end of a name: Stars4 and Stars5, t0 and t1. Which of
 * them is sent depends on the run.
 */
const shapeOf = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'|\b([A-Za-z_]+)\d+\b/g, (text, word?: string) => (word ? `${word}#` : text));

/** The statements without a known statement of the same key. */
export function newStatements(known: Statements, sent: Statements): Statements {
  const shapes = new Set([...known.keys()].map(shapeOf));
  return new Map([...sent].filter(([sql]) => !shapes.has(shapeOf(sql))));
}

/**
 * The content of the file after a run.
 * @param complete whether the run sends all statements: then statements that it did not send are removed
 */
export function updatedStatements(known: Statements, sent: Statements, complete: boolean): Statements {
  const byShape = new Map([...known.keys()].map((sql) => [shapeOf(sql), sql]));
  const updated: Statements = complete ? new Map() : new Map(known);
  for (const [sql, senders] of sent) {
    const shape = shapeOf(sql);
    if (!byShape.has(shape)) byShape.set(shape, sql);
    add(updated, byShape.get(shape)!, senders);
  }
  return updated;
}
