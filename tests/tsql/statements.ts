import type { Compiler } from './compiler.ts';
import type { Schema } from './schema.ts';

/** System views are in no model. */
const OF_THE_SERVER = /unresolved reference to (object|an object\b.*objects:) \[(sys|INFORMATION_SCHEMA)\]\./i;

/** Column names that a statement gives its VALUES: `(VALUES (@P1, @P2)) v (id, name)`. */
const columnsOfValues = (sql: string): string[] =>
  [...sql.matchAll(/\)\s+(?:AS\s+)?\w+\s+\((\w+(?:,\s+\w+)*)\)/gi)].flatMap(([, names]) => names!.toLowerCase().split(/,\s+/));

/** Inside of IN the compiler cannot decide between such a column and a table's column of the same name. A wrong name it finds. */
function isColumnOfValues(problem: string, sql: string): boolean {
  const [, candidates] = /one or more unnamed objects or any of the following objects: (.*)\.$/.exec(problem) ?? [];
  const columns = columnsOfValues(sql);
  return candidates?.match(/\[\w+\](?=$| or |, )/g)?.every((name) => columns.includes(name.slice(1, -1).toLowerCase())) ?? false;
}

/** Names that a statement has for its values, in their order. */
const parametersOf = (sql: string): string[] =>
  [...new Set(sql.replace(/'(?:[^']|'')*'/g, '').match(/@P\d+\b/g) ?? [])].toSorted((a, b) => Number(a.slice(2)) - Number(b.slice(2)));

/** The statement as a procedure, which the compiler resolves when it is declared. */
function procedure(name: string, sql: string): string {
  const parameters = parametersOf(sql).map((parameter) => `${parameter} NVARCHAR(MAX)`);
  return `CREATE PROCEDURE dbo.[${name}] ${parameters.join(', ')} AS\nBEGIN\n${sql}\nEND`;
}

/** What is wrong with statements in a schema: what does not parse, and each name in them that is not there. */
export async function faultsOfStatements(compiler: Compiler, schema: Schema, statements: string[]): Promise<string[]> {
  const faults: string[] = [];
  const procedures: string[] = [];
  for (const [i, sql] of statements.entries()) {
    const { errors } = await compiler.parse(sql);
    if (errors.length === 0) procedures.push(procedure(`statement ${i}`, sql));
    else faults.push(`${errors.map(({ message }) => message).join(' ')}\n${sql}`);
  }
  const { problems } = await compiler.compile([...schema.declarations(), ...procedures]);
  const unresolved = problems.flatMap((problem) => {
    const sql = statements[Number(/\[statement (\d+)\]/.exec(problem)?.[1])] ?? '';
    return OF_THE_SERVER.test(problem) || isColumnOfValues(problem, sql) ? [] : [`${problem}\n${sql}`];
  });
  return [...faults, ...unresolved];
}
