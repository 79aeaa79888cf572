import { readDatabaseTarget } from '@assay/api';
import {
  MigrationFailedError,
  MigrationLockedError,
  MigrationRefusedError,
  openMigrator,
  readMigrations,
  RestoreError,
  type Migrator,
  type MigratorEvents,
} from '@assay/database/migrate';
import { HOME } from '@assay/runtime';
import { folderOf, listReleases } from './releases.ts';

export { describeLosses, type DownPlan } from '@assay/database/migrate';

/** What moving the database may answer: the message alone says all. */
export const FORESEEN = [MigrationRefusedError, MigrationFailedError, MigrationLockedError, RestoreError];

const target = () => readDatabaseTarget({ ...process.env });

/** The deployment's database, with the migration files of a folder. */
export async function withMigrator<T>(root: string, work: (migrator: Migrator) => Promise<T>, events: MigratorEvents = {}): Promise<T> {
  const migrator = await openMigrator(target(), root, events);
  try {
    return await work(migrator);
  } finally {
    await migrator.close();
  }
}

/** The migrations in a folder that the database lacks, by name. */
export function missingMigrations(root: string): Promise<string[]> {
  return withMigrator(root, async (migrator) =>
    (await migrator.status()).filter(({ state }) => state === 'pending').map(({ name }) => name),
  );
}

/** The newest migration that the database has; null where it has none. */
export function newestMigration(): Promise<string | null> {
  return withMigrator(HOME, async (migrator) => {
    const applied = (await migrator.status()).filter(({ state }) => state !== 'pending').map(({ name }) => name);
    return applied.sort().at(-1) ?? null;
  });
}

/** A folder that has the files of every migration that the database has: the checkout, or a release; null where none has. */
export async function folderWithAllMigrations(): Promise<string | null> {
  for (const root of [HOME, ...listReleases().map(({ id }) => folderOf(id))]) {
    const sound = await withMigrator(root, async (migrator) =>
      (await migrator.status()).every(({ state }) => state === 'applied' || state === 'pending'),
    );
    if (sound) return root;
  }
  return null;
}

/** The names of the migrations in a folder. */
export const migrationsIn = (root: string): string[] => readMigrations(root, target().engine).map(({ name }) => name);
