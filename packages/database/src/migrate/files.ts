import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Engine } from '../engine/database-url.ts';

export interface Migration {
  /** Fourteen digits, the beginning of the file's name. */
  id: string;
  /** The file's name without its ending. */
  name: string;
  up: string;
  down: string;
  /** Of `up`, line ends aside. */
  checksum: string;
  /** What is lost on the way down, tables and columns: `-- destructive: A, B.C` in the down file. */
  destroys: string[];
  /** What releases of before it cannot do on its schema: `-- older releases cannot: …` in the down file; null for the rule, nothing. */
  breaks: string | null;
}

const ID_LENGTH = 14;
const FILE = /^\d{14}_\w+\.sql$/;

const folderOf = (root: string, engine: Engine) => path.join(root, 'prisma', 'migrations', engine);

/** The names of an engine's migrations, in order. */
export const migrationNames = (root: string, engine: Engine): string[] =>
  readdirSync(folderOf(root, engine))
    .filter((file) => FILE.test(file))
    .map((file) => file.replace(/\.sql$/, ''))
    .sort();

/** The migrations of an engine, in order. `<id>_<name>.sql` goes up, `<id>_<name>.down.sql` goes down. @throws Error when one is incomplete */
export function readMigrations(root: string, engine: Engine): Migration[] {
  const dir = folderOf(root, engine);
  return migrationNames(root, engine).map((name) => {
    const up = readFileSync(path.join(dir, `${name}.sql`), 'utf8');
    const down = readFileSync(path.join(dir, `${name}.down.sql`), 'utf8');
    const destroys =
      /^-- destructive: (.+)$/m
        .exec(down)?.[1]
        ?.split(',')
        .map((place) => place.trim()) ?? [];
    const breaks = /^-- older releases cannot: (.+)$/m.exec(down)?.[1] ?? null;
    const checksum = createHash('sha256').update(up.replace(/\r\n/g, '\n')).digest('hex').slice(0, 32);
    return { id: name.slice(0, ID_LENGTH), name, up, down, checksum, destroys, breaks };
  });
}
