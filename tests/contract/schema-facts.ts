import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from '@assay/api';
import type { DatabaseTarget } from '@assay/database';
import { readMigrations } from '@assay/database/migrate';
import { querySqlServer } from '@assay/testing';
import { getDMMF } from '@prisma/get-dmmf';
import type Database from 'better-sqlite3';

/** What a table is, as text that can be compared whichever way it was found out. Everything is in lower case. */
export interface Table {
  /** "nvarchar(20) not null default 'active'" by column. */
  columns: Record<string, string>;
  /** "pk (userid, role)", "unique ux_… (email)", "ix_… (sellerid, createdat desc)", "userid -> users (id)". */
  keys: string[];
}
export type Tables = Record<string, Table>;

export const file = (...names: string[]) => path.join(ROOT, 'prisma', ...names);
const column = (type: string, required: boolean, value?: string | null) =>
  `${type} ${required ? 'not null' : 'null'}${value ? ` default ${value}` : ''}`;
const sorted = (tables: Tables): Tables =>
  Object.fromEntries(
    Object.entries(tables)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, { columns, keys }]) => [name, { columns, keys: keys.toSorted() }]),
  );

interface Field {
  name: string;
  dbName?: string;
  kind: string;
  type: string;
  isRequired: boolean;
  isId: boolean;
  nativeType?: [string, string[]] | null;
  default?: unknown;
  relationFromFields?: string[];
  relationToFields?: string[];
}
interface Datamodel {
  models: { name: string; dbName: string; fields: Field[] }[];
  indexes: { model: string; type: string; dbName?: string; fields: { name: string; sortOrder?: string }[] }[];
}

/** prisma/schema.prisma as tables of SQL Server. */
export function schemaTables(): Tables {
  const document = getDMMF({ datamodel: readFileSync(file('schema.prisma'), 'utf8') }) as unknown as { datamodel: Datamodel };
  const { models, indexes } = document.datamodel;
  const types: Record<string, string> = { Int: 'int', BigInt: 'bigint', Boolean: 'bit' };
  const nativeTypes: Record<string, string> = { DateTime2: 'datetime2(3)' }; // a JavaScript date holds milliseconds
  const typeOf = ({ name, type, nativeType }: Field) => {
    if (!nativeType && !types[type]) throw new Error(`${name} has no native type.`);
    if (!nativeType) return types[type]!;
    const [native, size] = nativeType;
    return nativeTypes[native] ?? `${native.toLowerCase()}${size.length ? `(${size.join(', ').toLowerCase()})` : ''}`;
  };
  const defaultOf = ({ default: value, type }: Field) => {
    if (value === undefined) return null;
    if (type === 'BigInt') return String(Number(value)); // a number as text
    if (typeof value === 'number' || typeof value === 'boolean') return String(Number(value));
    return typeof value === 'string' ? `'${value}'` : (value as { name: string }).name; // now, autoincrement
  };
  const tables: Tables = {};
  for (const { name, dbName, fields } of models) {
    const nameOf = (field: string) => fields.find((one) => one.name === field)!.dbName!.toLowerCase();
    const scalars = fields.filter(({ kind }) => kind === 'scalar');
    const relations = fields.filter(({ relationFromFields }) => relationFromFields?.length);
    const target = (type: string) => models.find((model) => model.name === type)!.dbName.toLowerCase();
    tables[dbName.toLowerCase()] = {
      columns: Object.fromEntries(scalars.map((field) => [nameOf(field.name), column(typeOf(field), field.isRequired, defaultOf(field))])),
      keys: [
        ...indexes
          .filter(({ model }) => model === name)
          .map(({ type, dbName: index, fields: columns }) => {
            const list = columns.map((one) => `${nameOf(one.name)}${one.sortOrder === 'desc' ? ' desc' : ''}`).join(', ');
            return `${type === 'id' ? 'pk' : `${type === 'unique' ? 'unique ' : ''}${index!.toLowerCase()}`} (${list})`;
          }),
        ...relations.map(
          ({ type, relationFromFields, relationToFields }) =>
            `${relationFromFields!.map(nameOf).join(', ')} -> ${target(type)} (${relationToFields!.join(', ').toLowerCase()})`,
        ),
      ],
    };
  }
  return sorted(tables);
}

/** The migrations of SQL Server as they are written: what they make, if nothing else does anything. */
export function writtenTables(): Tables {
  const tables: Tables = {};
  const constraints = new Map<string, string>();
  const text = (sql: string) => sql.replace(/--.*$/gm, '').replace(/\s+/g, ' ').toLowerCase();
  const list = (names: string) => names.replace(/\s+/g, ' ').replace(/, */g, ', ').trim();
  const define = (table: Table, item: string) => {
    const [, constraint, kind, columns, references, id] =
      /^(?:constraint (\w+) )?((?:primary key|foreign key|check)\b)? ?\(?([^()]*)\)?(?: references (\w+) \((\w+)\))?/.exec(item) ?? [];
    if (kind === 'primary key') table.keys.push(`pk (${list(columns!)})`);
    else if (kind === 'foreign key') {
      const key = `${list(columns!)} -> ${references} (${id})`;
      constraints.set(constraint!, key);
      table.keys.push(key);
    } else if (!kind) {
      const [, name, type, rest = ''] = /^(\w+) (\w+(?:\([\d, ]+\)|\(max\))?)(.*)$/.exec(item) ?? [];
      const value = / default (.+)$/.exec(rest)?.[1]?.replace(/^n'/, "'").replace('sysutcdatetime()', 'now');
      table.columns[name!] =
        type === 'as' ? 'computed' : column(type!, / not null/.test(rest), / identity/.test(rest) ? 'autoincrement' : value);
    }
  };
  for (const { up } of readMigrations(ROOT, 'sqlserver')) {
    const withoutTriggers = text(up)
      .split(/ go /)
      .filter((batch) => !/^ ?((create|drop) trigger |if fulltextserviceproperty)/.test(batch)) // none makes a table
      .join(' go ');
    for (const statement of withoutTriggers.split(/;| go /).map((one) => one.trim())) {
      const create = /create table (\w+) \((.*)\)$/.exec(statement);
      const add = /alter table (\w+) add (.*)$/.exec(statement);
      const anew = /alter table (\w+) add constraint \w+ default n?('[^']*'|\d+) for (\w+)$/.exec(statement);
      const dropped = /alter table (\w+) drop constraint (?:if exists )?(\w+)$/.exec(statement);
      const noIndex = /drop index (\w+) on (\w+)$/.exec(statement);
      const noColumn = /alter table (\w+) drop column (\w+)$/.exec(statement);
      const index = /create (unique )?index (\w+) on (\w+) \(([^)]*)\)/.exec(statement);
      if (create) {
        const table: Table = { columns: {}, keys: [] };
        for (const item of create[2]!.split(/,(?![^(]*\))/)) define(table, item.trim());
        tables[create[1]!] = table;
      } else if (dropped) {
        const table = tables[dropped[1]!]!;
        table.keys = table.keys.filter((key) => key !== constraints.get(dropped[2]!));
      } else if (noIndex) {
        const table = tables[noIndex[2]!]!;
        table.keys = table.keys.filter((key) => !key.startsWith(`${noIndex[1]!} (`) && !key.startsWith(`unique ${noIndex[1]!} (`));
      } else if (noColumn) delete tables[noColumn[1]!]!.columns[noColumn[2]!];
      else if (anew) {
        const columns = tables[anew[1]!]!.columns;
        columns[anew[3]!] = columns[anew[3]!]!.replace(/ default .*$/, '') + ` default ${anew[2]}`;
      } else if (add) define(tables[add[1]!]!, add[2]!);
      else if (index) tables[index[3]!]!.keys.push(`${index[1] ?? ''}${index[2]} (${list(index[4]!)})`);
      else if (/\b(create|alter|drop|exec)\b/.test(statement)) throw new Error(`This test cannot read: ${statement}`);
    }
  }
  return sorted(tables);
}

/** A SQL Server database as it is. */
export async function sqlServerTables(target: DatabaseTarget): Promise<Tables> {
  const tables: Tables = {};
  const rows = async (query: string) =>
    (await querySqlServer(target, query)).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), String(value).toLowerCase()])),
    );
  const columns = await rows(`
    SELECT k.TABLE_NAME AS t, k.COLUMN_NAME AS c, k.DATA_TYPE AS d, k.IS_NULLABLE AS n, k.CHARACTER_MAXIMUM_LENGTH AS l,
      k.NUMERIC_PRECISION AS p, k.NUMERIC_SCALE AS s, k.DATETIME_PRECISION AS q, k.COLUMN_DEFAULT AS v
    FROM INFORMATION_SCHEMA.COLUMNS k JOIN INFORMATION_SCHEMA.TABLES b ON b.TABLE_NAME = k.TABLE_NAME
    WHERE b.TABLE_TYPE = 'BASE TABLE' AND b.TABLE_SCHEMA = 'dbo' AND k.TABLE_SCHEMA = 'dbo'`);
  const special = await rows(`
    SELECT OBJECT_NAME(c.object_id) AS t, c.name AS c, c.is_identity AS i, c.is_computed AS f
    FROM sys.columns c JOIN sys.tables t ON t.object_id = c.object_id`);
  for (const { t, c, d, n, l, p, s, q, v } of columns) {
    const size = { nvarchar: l === '-1' ? '(max)' : `(${l})`, decimal: `(${p}, ${s})`, datetime2: `(${q})` }[d!] ?? '';
    const value = v === 'null' ? null : v!.includes('sysutcdatetime') ? 'now' : /'[^']*'|\d+/.exec(v!)![0];
    const { i, f } = special.find((one) => one.t === t && one.c === c) ?? {};
    const text = column(`${d}${size}`, n === 'no', i === 'true' ? 'autoincrement' : value);
    (tables[t!] ??= { columns: {}, keys: [] }).columns[c!] = `${f === 'true' ? 'computed ' : ''}${text}`;
  }
  const parts = await rows(`
    SELECT OBJECT_NAME(i.object_id) AS t, i.name AS i, i.is_unique AS u, i.is_primary_key AS k, x.key_ordinal AS n,
      x.is_descending_key AS d, c.name AS c
    FROM sys.indexes i
    JOIN sys.tables t ON t.object_id = i.object_id
    JOIN sys.index_columns x ON x.object_id = i.object_id AND x.index_id = i.index_id
    JOIN sys.columns c ON c.object_id = x.object_id AND c.column_id = x.column_id`);
  for (const index of Map.groupBy(parts, ({ t, i }) => `${t} ${i}`).values()) {
    const { t, i, u, k } = index[0]!;
    const names = index.sort((a, b) => Number(a.n) - Number(b.n)).map(({ c, d }) => `${c}${d === 'true' ? ' desc' : ''}`);
    tables[t!]!.keys.push(`${k === 'true' ? 'pk' : `${u === 'true' ? 'unique ' : ''}${i}`} (${names.join(', ')})`);
  }
  const references = await rows(`
    SELECT OBJECT_NAME(f.parent_object_id) AS t, COL_NAME(f.parent_object_id, f.parent_column_id) AS c,
      OBJECT_NAME(f.referenced_object_id) AS r, COL_NAME(f.referenced_object_id, f.referenced_column_id) AS d
    FROM sys.foreign_key_columns f`);
  for (const { t, c, r, d } of references) tables[t!]!.keys.push(`${c} -> ${r} (${d})`);
  return sorted(tables);
}

/** A SQLite database as it is. */
export function sqliteTables(db: Database.Database): Tables {
  const all = (query: string) => db.prepare(query).all() as Record<string, string | number | null>[];
  const tables: Tables = {};
  for (const { name: table } of all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")) {
    const info = all(`PRAGMA table_xinfo("${table}")`);
    const primary = info.filter(({ pk }) => Number(pk) > 0).sort((a, b) => Number(a.pk) - Number(b.pk));
    const indexes = all(`PRAGMA index_list("${table}")`).filter(({ origin }) => origin === 'c');
    tables[String(table)] = {
      columns: Object.fromEntries(
        info.map(({ name, type, notnull, dflt_value, hidden }) => [
          String(name),
          `${Number(hidden) > 1 ? 'computed ' : ''}${column(String(type), notnull === 1, dflt_value as string | null)}`,
        ]),
      ),
      keys: [
        `pk (${primary.map(({ name }) => name).join(', ')})`,
        ...indexes.map(({ name, unique }) => {
          const parts = all(`PRAGMA index_xinfo("${name}")`).filter(({ key }) => key === 1);
          const list = parts.map((part) => `${part.name}${part.desc === 1 ? ' desc' : ''}`).join(', ');
          return `${unique === 1 ? 'unique ' : ''}${name} (${list})`;
        }),
        ...all(`PRAGMA foreign_key_list("${table}")`).map(
          (key) => `${key.from} -> ${key.table} (${key.to}) ${key.on_delete} ${key.on_update}`,
        ),
      ],
    };
  }
  return sorted(tables);
}

interface WebAssemblyLike {
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, () => void> } }>;
}

/** The SQL with which Prisma itself would make the embedded database: its schema engine, from the npm registry, as wasm. */
export async function sqlOfSchema(schema: string, emptyFile: string): Promise<string> {
  const ours = createRequire(path.join(ROOT, 'packages', 'database', 'package.json'));
  const { bindMigrationAwareSqlAdapterFactory } = ours('@prisma/driver-adapter-utils');
  const { PrismaBetterSqlite3 } = ours('@prisma/adapter-better-sqlite3');
  const require = createRequire(path.join(ROOT, 'package.json'));
  const background = await import(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const wasm = require.resolve('@prisma/schema-engine-wasm').replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyLike }; // Node's types leave it to the browser's
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { './schema_engine_bg.js': background });
  background.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start!();
  const files = [{ path: 'sqlite.prisma', content: schema }];
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: `file:${emptyFile}` }));
  const engine = await background.SchemaEngine.new({ datamodels: [['sqlite.prisma', schema]] }, () => {}, factory);
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  engine.free?.();
  return stdout as string;
}
