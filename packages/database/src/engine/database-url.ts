import { existsSync } from 'node:fs';
import path from 'node:path';

export type Engine = 'sqlite' | 'sqlserver';
export type DatabaseTarget = { engine: 'sqlite'; file: string } | { engine: 'sqlserver'; connectionString: string };

/**
 * Which database a DATABASE_URL means: `file:…` is the embedded one (relative paths start at `root`), `sqlserver://…` is SQL Server.
 * @throws Error when it is neither.
 */
export function parseDatabaseUrl(url: string, root: string): DatabaseTarget {
  if (url.startsWith('file:')) {
    const file = url.slice('file:'.length);
    if (!file || file.includes(':memory:')) throw new Error('DATABASE_URL needs the path of a file: file:./data/assay.db');
    return { engine: 'sqlite', file: path.resolve(root, file) };
  }
  if (url.startsWith('sqlserver://')) return { engine: 'sqlserver', connectionString: toAdoNet(url) };
  throw new Error('DATABASE_URL begins with "file:" (embedded) or "sqlserver://".');
}

// Prisma's names of the settings that the driver calls otherwise.
const ADO_NET_NAMES = new Map([
  ['user', 'User Id'],
  ['username', 'User Id'],
  ['userid', 'User Id'],
  ['connecttimeout', 'Connect Timeout'],
  ['connectiontimeout', 'Connect Timeout'],
  ['logintimeout', 'Connect Timeout'],
  ['applicationname', 'Application Name'],
]);

/** `sqlserver://host:port;database=…;user=…`, Prisma's form, to the one that the `mssql` driver parses itself. */
function toAdoNet(url: string): string {
  const [address = '', ...settings] = url.slice('sqlserver://'.length).split(/;(?![^{]*\})/);
  const translated = settings
    .filter((setting) => setting.trim() !== '')
    .map((setting) => {
      const [name = '', ...value] = setting.split('=');
      const key = ADO_NET_NAMES.get(name.trim().toLowerCase()) ?? name.trim();
      return `${key}=${value.join('=').replace(/^\{(.*)\}$/, (_, inner: string) => `"${inner.replaceAll('"', '""')}"`)}`;
    });
  return [`Server=${address.replace(/:(\d+)$/, ',$1')}`, ...translated].join(';');
}

/** A setting of a connection to SQL Server; undefined where it is not set. */
export function settingOf({ connectionString }: { connectionString: string }, wanted: string): string | undefined {
  const settings = connectionString.split(';').map((part) => part.split('=', 2) as [string, string?]);
  return settings.find(([name]) => name.trim().replaceAll(' ', '').toLowerCase() === wanted.toLowerCase())?.[1]?.trim();
}

/** A database's name without user or password, for logs and commands. */
export function describeTarget(target: DatabaseTarget): string {
  if (target.engine === 'sqlite') return `SQLite, ${path.relative(process.cwd(), target.file)}`;
  const database = settingOf(target, 'database') ?? settingOf(target, 'initialCatalog');
  return `SQL Server, ${settingOf(target, 'server')}, database ${database ?? 'of the login'}`;
}

/**
 * Says that the file of an embedded database is not there: opening it would make an empty one, whose name is most likely a typing error.
 * Null where it is there, and for SQL Server, which makes none.
 */
export const describeMissing = (target: DatabaseTarget): string | null =>
  target.engine === 'sqlite' && !existsSync(target.file)
    ? `There is no database at ${target.file}. Check DATABASE_URL; npm run migrate:up makes a new one.`
    : null;
