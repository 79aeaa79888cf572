import { Prisma, type Queryable } from '../../engine/database.ts';
import { columns } from '../../engine/rows.ts';
import type { TableName, Tables } from '../../engine/tables.ts';

type Column<T extends TableName> = keyof Tables[T] & string;
type Row = Record<string, unknown>;

/** The field of a part that names the row that it belongs to. */
const OWNER = 'belongsTo'; // OF is a word of T-SQL

/** Rows that belong to each row of a section: the events of an order, the files of a verification. */
interface Part {
  field: string;
  /** Those of these rows of the section, by the key of the row that each belongs to. */
  read: (db: Queryable, keys: (string | number)[]) => Promise<Map<unknown, Row[]>>;
}

/** One file of an export: rows of one table that are about a person, in the order of a key that is unique among them. */
export interface Section {
  file: string;
  /** Up to `rows` of them after a key. The last one's key is that by which the next page begins. */
  read: (
    db: Queryable,
    userId: number,
    after: string | number | null,
    end: Prisma.Sql,
  ) => Promise<{ rows: Row[]; last: string | number | null }>;
}

interface SectionOptions<T extends TableName> {
  /** The columns that the person gets, by their names in the file. */
  fields: Record<string, `t.${Column<T>}` | Prisma.Sql>;
  /** Between the table `t` and WHERE. */
  join?: string;
  whose: (userId: number) => Prisma.Sql;
  /** The field whose values are the key. */
  key: string;
  parts?: readonly Part[];
}

const fieldOf = (field: string | Prisma.Sql) => (typeof field === 'string' ? field : { sql: field, decode: null });
const rowsOf = <T extends TableName>(table: T, fields: SectionOptions<T>['fields']) =>
  columns({ t: table }, Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldOf(field)])) as never);

/** A file of rows of a table. */
export function section<T extends TableName>(
  file: string,
  table: T,
  { fields, join = '', whose, key, parts = [] }: SectionOptions<T>,
): Section {
  const rows = rowsOf(table, fields);
  const keyed = fields[key]!;
  const keyColumn = typeof keyed === 'string' ? Prisma.raw(keyed) : keyed;
  return {
    file,
    async read(db, userId, after, end) {
      const beyond = after === null ? Prisma.empty : Prisma.sql`AND ${keyColumn} > ${after}`;
      const from = Prisma.sql`FROM ${Prisma.raw(`${table} t ${join}`)} WHERE ${whose(userId)} ${beyond} ORDER BY ${keyColumn} ${end}`;
      const found = (await rows.read(db, from)) as Row[];
      const last = (found.at(-1)?.[key] ?? null) as string | number | null;
      for (const belonging of found.length > 0 ? parts : []) {
        const rowsOfKeys = await belonging.read(
          db,
          found.map((row) => row[key] as string | number),
        );
        for (const row of found) row[belonging.field] = rowsOfKeys.get(row[key]) ?? [];
      }
      return { rows: found, last };
    },
  };
}

/** Rows of another table, with the row of the section that they belong to. @param of the column that names it */
export function part<T extends TableName>(
  field: string,
  table: T,
  { fields, of, order }: { fields: SectionOptions<T>['fields']; of: Column<T>; order: Column<T> },
): Part {
  const rows = rowsOf(table, { ...fields, [OWNER]: `t.${of}` });
  return {
    field,
    async read(db, keys) {
      const from = Prisma.sql`FROM ${Prisma.raw(table)} t WHERE ${Prisma.raw(`t.${of}`)} IN (${Prisma.join(keys)}) ORDER BY ${Prisma.raw(`t.${of}, t.${order}`)}`;
      const found = (await rows.read(db, from)) as Row[];
      return Map.groupBy(found, (row) => row[OWNER]);
    },
  };
}

/** Rows whose column holds the id of the person. */
export const by = (column: string) => (userId: number) => Prisma.sql`${Prisma.raw(`t.${column}`)} = ${userId}`;

/** The columns of a postal address. */
export const ADDRESS = {
  recipientName: 't.RecipientName',
  line1: 't.Line1',
  line2: 't.Line2',
  postalCode: 't.PostalCode',
  city: 't.City',
  region: 't.Region',
  country: 't.Country',
  phone: 't.Phone',
} as const;
