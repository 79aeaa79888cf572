import type { Change, What } from './compiler.ts';

type Create = Extract<Change, { do: 'create' }>;
type Drop = Extract<Change, { do: 'drop' }>;

/** T-SQL takes upper and lower case for the same in names; constraints and triggers have no table in front of theirs. */
const keyOf = ({ what, table, name }: { what: What; table: string | null; name: string }): string =>
  [what, what === 'column' || what === 'index' ? table : null, name].filter(Boolean).join(' ').toLowerCase();

const sameName = (a: string | null | undefined, b: string | null | undefined) => a?.toLowerCase() === b?.toLowerCase();

/** Does a declaration name that column? Texts and other names that contain it do not count. */
function names(sql: string, column: string): boolean {
  const identifiers = sql.replace(/'(?:[^']|'')*'/g, ' ').match(/\w+/g) ?? [];
  return identifiers.some((identifier) => sameName(identifier, column));
}

/** What is declared after a run of migrations: each part by itself, so that a later statement can take it away. */
export class Schema {
  readonly #parts: ReadonlyMap<string, Create>;

  constructor(parts: ReadonlyMap<string, Create> = new Map()) {
    this.#parts = parts;
  }

  /** The schema after these changes, and which of them a server would refuse. This one stays as it is. */
  after(changes: Change[]): { schema: Schema; problems: string[] } {
    const parts = new Map(this.#parts);
    const problems = changes.flatMap((change) => apply(parts, change));
    return { schema: new Schema(parts), problems };
  }

  /** All of it as T-SQL that makes it in an empty database. */
  declarations(): string[] {
    const all = [...this.#parts.values()];
    const tables = all
      .filter(({ what }) => what === 'table')
      .map(({ name }) => {
        const columns = all.filter(({ what, table }) => what === 'column' && sameName(table, name));
        return `CREATE TABLE dbo.[${name}] (\n${columns.map(({ sql }) => `  ${sql}`).join(',\n')}\n)`;
      });
    return [...tables, ...all.filter(({ what }) => what !== 'table' && what !== 'column').map(({ sql }) => sql!)];
  }
}

/** @returns why a server would refuse it: nothing, or one sentence */
function apply(parts: Map<string, Create>, change: Change): string[] {
  if (change.do === 'unknown') return [`This check does not understand ${change.name}.`];
  const key = keyOf(change);
  const there = parts.get(key);
  if (change.do === 'create') {
    if (there) return [`creates ${key}, which is there already`];
    if (change.table !== null && change.what !== 'table' && !parts.has(keyOf({ what: 'table', table: null, name: change.table })))
      return [`creates ${key} on ${change.table}, which is not there`];
    parts.set(key, change);
    return [];
  }
  if (!there) return change.do === 'drop' && change.ifExists ? [] : [`${change.do}s ${key}, which is not there`];
  if (change.do === 'change') {
    parts.set(key, { ...there, sql: change.sql });
    return [];
  }
  const users = [...parts.values()].filter((part) => hinders(part, change)).map(keyOf);
  if (users.length > 0) return [`drops ${key}, which ${users.join(' and ')} still ${users.length > 1 ? 'use' : 'uses'}`];
  for (const [each, part] of parts) if (each === key || (change.what === 'table' && sameName(part.table, change.name))) parts.delete(each);
  return [];
}

/** SQL Server drops no column that something is made of, and no table that another one points to. */
function hinders(part: Create, { what, table, name }: Drop): boolean {
  if (what === 'table') return sameName(part.references, name) && !sameName(part.table, name);
  if (what !== 'column' || !sameName(part.table, table) || sameName(part.name, name)) return false;
  const made = part.what === 'constraint' || part.what === 'index' || part.what === 'full-text index' || part.computed === true;
  return made && names(part.sql!, name);
}
