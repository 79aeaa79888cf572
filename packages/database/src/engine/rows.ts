import { DECODED } from '../generated/tables.ts';
import { Prisma, type Queryable } from './database.ts';
import type { TableName, Tables } from './tables.ts';
import { toDate, type RawDate } from './values.ts';

/** A table of a LEFT JOIN: its columns may be null. */
interface Outer<T extends TableName> {
  outer: T;
}
export const outer = <T extends TableName>(table: T): Outer<T> => ({ outer: table });

/** The tables of a FROM clause, by their aliases. */
type Aliases = Record<string, TableName | Outer<TableName>>;
type TableOf<J> = J extends Outer<infer T> ? T : J extends TableName ? J : never;

/** "o.Id" for each alias and each column of its table. */
type Ref<A extends Aliases> = { [K in keyof A & string]: `${K}.${keyof Tables[TableOf<A[K]>] & string}` }[keyof A & string];
type ValueOf<A extends Aliases, R> = R extends `${infer K extends keyof A & string}.${infer C}`
  ? C extends keyof Tables[TableOf<A[K]>]
    ? Tables[TableOf<A[K]>][C] | (A[K] extends Outer<TableName> ? null : never)
    : never
  : never;

type Decode = (value: never) => unknown;

const DECODERS: Record<'bigint' | 'boolean' | 'date', Decode> = {
  bigint: (value: string) => BigInt(value),
  boolean: (value: number | boolean) => Boolean(value),
  date: (value: RawDate) => toDate(value),
};

/** What a statement computes. */
interface Computed<T> {
  sql: Prisma.Sql;
  decode: Decode | null;
  value?: T;
}
interface Json<R extends string, T> {
  json: R;
  schema: { parse(value: unknown): T };
}
interface Present<R extends string> {
  present: R;
}

/** An expression whose value the engines return as it is: a number, or text. */
export const computed = <T extends number | string | null>(sql: Prisma.Sql): Computed<T> => ({ sql, decode: null });
/** An expression that is a moment. */
export const date = (sql: Prisma.Sql): Computed<Date> => ({ sql, decode: DECODERS.date });
/** An expression that is a moment or null. */
export const dateOrNull = (sql: Prisma.Sql): Computed<Date | null> => ({ sql, decode: DECODERS.date });
/** Whether a condition is true. */
export const bool = (condition: Prisma.Sql): Computed<boolean> => ({
  sql: Prisma.sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`,
  decode: (value: number) => value === 1,
});
/** How many rows a group has. */
export const COUNT = computed<number>(Prisma.sql`CAST(COUNT(*) AS INT)`);
/** A column of JSON text. @throws ZodError when reading a row whose text does not fit the schema */
export const json = <const R extends string, T>(column: R, schema: { parse(value: unknown): T }): Json<R, T> => ({ json: column, schema });
/** A column that is not null in these rows, because a condition says so. */
export const present = <const R extends string>(column: R): Present<R> => ({ present: column });

type Field<A extends Aliases> = Ref<A> | Computed<unknown> | Json<Ref<A>, unknown> | Present<Ref<A>>;
type RowOf<A extends Aliases, F> = {
  -readonly [N in keyof F]: F[N] extends Computed<infer T>
    ? T
    : F[N] extends Json<infer R, infer T>
      ? T | Extract<ValueOf<A, R>, null>
      : F[N] extends Present<infer R>
        ? NonNullable<ValueOf<A, R>>
        : ValueOf<A, F[N]>;
};

/** How the rows of a statement are selected and decoded. */
export interface Rows<Row> {
  /** "o.Id AS id, …", for a statement that selects more. */
  readonly list: Prisma.Sql;
  /** Decodes rows that {@link list} selected, in place. */
  decode(rows: object[]): Row[];
  /** Rows of `SELECT list …rest`; `rest` begins with FROM. */
  read(db: Queryable, rest: Prisma.Sql): Promise<Row[]>;
  /** The first of them, or null. */
  first(db: Queryable, rest: Prisma.Sql): Promise<Row | null>;
}

// Names of ours that are words of SQL. Others stay bare: an engine may fold the case of quoted ones.
const RESERVED = new Set(['by', 'check', 'from', 'key', 'to']);

/**
 * Describes the columns that a statement selects. Columns of the schema are checked and typed by it: dates, booleans and whole
 * numbers beyond 2⁵³ (selected as text, a double could not hold them) come out as such on both engines.
 * @param aliases the tables of the FROM clause by alias; `outer(…)` for those of a LEFT JOIN
 * @param fields the fields of a row: "alias.Column", or what a statement computes
 * @param shape makes the row of the fields
 */
export function columns<const A extends Aliases, const F extends Record<string, Field<A>>>(aliases: A, fields: F): Rows<RowOf<A, F>>;
export function columns<const A extends Aliases, const F extends Record<string, Field<A>>, Row>(
  aliases: A,
  fields: F,
  shape: (fields: RowOf<A, F>) => Row,
): Rows<Row>;
export function columns(aliases: Aliases, fields: Record<string, Field<Aliases>>, shape?: (fields: never) => unknown): Rows<unknown> {
  const selected = Object.entries(fields).map(([name, field]) => ({ name, ...selectionOf(aliases, field) }));
  const list = Prisma.join(
    selected.map(({ name, sql }) => Prisma.sql`${sql} AS ${Prisma.raw(RESERVED.has(name) ? `"${name}"` : name)}`),
    ', ',
  );
  const select = flat(Prisma.sql`SELECT ${list}`);
  const decoded = selected.flatMap(({ name, decode }) => (decode ? [{ name, decode: decode as (value: unknown) => unknown }] : []));
  const decodeRows = (rows: object[]): unknown[] => {
    for (const row of rows as Record<string, unknown>[])
      for (const { name, decode } of decoded) {
        const value = row[name];
        if (value !== null) row[name] = decode(value);
      }
    return shape ? rows.map(shape as (row: object) => unknown) : rows;
  };
  const read = async (db: Queryable, rest: Prisma.Sql) => decodeRows(await db.read<object>(Prisma.sql`${select} ${rest}`));
  return { list, decode: decodeRows, read, first: async (db, rest) => (await read(db, rest))[0] ?? null };
}

/** The same statement with texts of one piece: a text of many pieces is put together again for each statement that holds it. */
const flat = ({ strings, values }: Prisma.Sql) =>
  new Prisma.Sql(
    strings.map((text) => text.split('').join('')),
    values,
  );

function selectionOf(aliases: Aliases, field: Field<Aliases>): { sql: Prisma.Sql; decode: Decode | null } {
  if (typeof field === 'string') return columnOf(aliases, field);
  if ('present' in field) return columnOf(aliases, field.present);
  if ('json' in field) return { sql: Prisma.raw(field.json), decode: (text: string) => field.schema.parse(JSON.parse(text)) };
  return field;
}

function columnOf(aliases: Aliases, ref: string): { sql: Prisma.Sql; decode: Decode | null } {
  const [alias, column] = ref.split('.') as [string, string];
  const joined = aliases[alias]!;
  const kind = DECODED[typeof joined === 'string' ? joined : joined.outer][column];
  if (!kind) return { sql: Prisma.raw(ref), decode: null };
  return { sql: Prisma.raw(kind === 'bigint' ? `CAST(${ref} AS VARCHAR(20))` : ref), decode: DECODERS[kind] };
}

/** The number of a statement that counts: its one row has the column `n`. */
export async function readCount(db: Queryable, query: Prisma.Sql): Promise<number> {
  const [row] = await db.read<{ n: number }>(query);
  return row?.n ?? 0;
}

/** How many rows there are in that: `from` begins with FROM. */
export const countRows = (db: Queryable, from: Prisma.Sql): Promise<number> =>
  readCount(db, Prisma.sql`SELECT CAST(COUNT(*) AS INT) AS n ${from}`);
