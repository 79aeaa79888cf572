import { readDatabaseTarget } from '@assay/api';
import {
  migrationNames,
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

/** Expected errors of migrations: the message says everything. */
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

/** Names of the migrations in a folder that the database lacks. */
export function missingMigrations(root: string): Promise<string[]> {
  return withMigrator(root, async (migrator) =>
    (await migrator.status()).filter(({ state }) => state === 'pending').map(({ name }) => name),
  );
}

/**
 * What a release cannot do on the present schema: migrations of after it that break older code, with what it cannot do.
 * @param has the release's migrations
 */
export async function brokenFor(has: readonly string[]): Promise<{ name: string; breaks: string }[]> {
  const root = (await folderWithAllMigrations()) ?? HOME;
  const applied = await withMigrator(root, (migrator) => migrator.status());
  const isApplied = new Set(applied.filter(({ state }) => state !== 'pending').map(({ name }) => name));
  return readMigrations(root, target().engine).flatMap(({ name, breaks }) =>
    breaks !== null && isApplied.has(name) && !has.includes(name) ? [{ name, breaks }] : [],
  );
}

/** The newest applied migration; null if there is none. */
export function newestMigration(): Promise<string | null> {
  return withMigrator(HOME, async (migrator) => {
    const applied = (await migrator.status()).filter(({ state }) => state !== 'pending').map(({ name }) => name);
    return applied.sort().at(-1) ?? null;
  });
}

/** A folder with the files of every applied migration: the checkout, or a release; null if there is none. */
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
export const migrationsIn = (root: string): string[] => migrationNames(root, target().engine);
