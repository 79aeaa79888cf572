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
}

const FILE = /^(\d{14})_\w+\.sql$/;

/** The migrations of an engine, in order. `<id>_<name>.sql` goes up, `<id>_<name>.down.sql` goes down. @throws Error when one is incomplete */
export function readMigrations(root: string, engine: Engine): Migration[] {
  const dir = path.join(root, 'prisma', 'migrations', engine);
  return readdirSync(dir)
    .filter((file) => FILE.test(file))
    .sort()
    .map((file) => {
      const name = file.replace(/\.sql$/, '');
      const up = readFileSync(path.join(dir, file), 'utf8');
      const down = readFileSync(path.join(dir, `${name}.down.sql`), 'utf8');
      const destroys =
        /^-- destructive: (.+)$/m
          .exec(down)?.[1]
          ?.split(',')
          .map((place) => place.trim()) ?? [];
      const checksum = createHash('sha256').update(up.replace(/\r\n/g, '\n')).digest('hex').slice(0, 32);
      return { id: FILE.exec(file)![1]!, name, up, down, checksum, destroys };
    });
}
