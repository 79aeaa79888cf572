import type { DatabaseTarget } from '../engine/database-url.ts';
import { readMigrations, type Migration } from './files.ts';
import { placesAddedBy } from './places.ts';
import { isWithoutTransaction, type MigrationTarget } from './target.ts';

export interface MigrationState {
  id: string;
  name: string;
  /** changed: the file is not the one that was applied. missing: it was applied, but there is no file. */
  state: 'applied' | 'pending' | 'changed' | 'missing';
  appliedAt: string | null;
}

export interface MigratorEvents {
  onWait?: () => void;
  onStep?: (direction: 'up' | 'down', name: string) => void;
  /** A migration was run by `sqlcmd`: it is recorded, and not run again. */
  onFound?: (name: string) => void;
  onBackup?: (where: string) => void;
  /** The engine can write none; nothing would be lost, so it goes on. */
  onNoBackup?: (reason: string) => void;
}

/** What a way down would do. */
export interface DownPlan {
  /** The migrations that it reverts, the last one first. */
  names: string[];
  /** The rows that are lost with them, or lose their value in a column: `place` is a table, or `Table.Column`. */
  losses: { place: string; rows: number }[];
}

/** Something about the request or the state of the database forbids it; nothing was changed. */
export class MigrationRefusedError extends Error {
  override readonly name = 'MigrationRefusedError';
}

/** A script failed. It was rolled back as a whole, unless it cannot run in a transaction; what ran before it stays. */
export class MigrationFailedError extends Error {
  override readonly name = 'MigrationFailedError';
  constructor(direction: 'up' | 'down', migration: Migration, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const left = isWithoutTransaction(migration[direction])
      ? 'It runs without a transaction, so what it had done may stay. It can be run again.'
      : `Nothing of it was kept; the database is as it was before ${migration.name}.`;
    super(`${migration.name} failed on the way ${direction}: ${reason}\n${left}`, { cause });
  }
}

/** Moves a database between the states that the migration files describe. */
export class Migrator {
  readonly #target: MigrationTarget;
  readonly #migrations: Migration[];
  readonly #events: MigratorEvents;

  constructor(target: MigrationTarget, migrations: Migration[], events: MigratorEvents = {}) {
    this.#target = target;
    this.#migrations = migrations;
    this.#events = events;
  }

  async status(): Promise<MigrationState[]> {
    const applied = new Map((await this.#target.applied()).map((entry) => [entry.name, entry]));
    const known = this.#migrations.map(({ id, name, checksum }): MigrationState => {
      const entry = applied.get(name);
      const state = !entry ? 'pending' : entry.checksum === checksum ? 'applied' : 'changed';
      return { id, name, state, appliedAt: entry?.appliedAt.toISOString() ?? null };
    });
    const names = new Set(known.map((entry) => entry.name));
    const missing = [...applied.values()].filter((entry) => !names.has(entry.name));
    return [
      ...known,
      ...missing.map((entry): MigrationState => ({
        id: entry.name.slice(0, 14),
        name: entry.name,
        state: 'missing',
        appliedAt: entry.appliedAt.toISOString(),
      })),
    ];
  }

  /**
   * Applies what is pending, up to and with `to`. On SQL Server a pending migration whose tables and columns are all there was run by
   * `sqlcmd`: it is recorded, and not run again.
   * @returns the names of what it applied
   * @throws MigrationRefusedError where only some of them are there
   */
  up(to?: string): Promise<string[]> {
    return this.#exclusively(async () => {
      const states = await this.#soundStates();
      const last = to === undefined ? Infinity : this.#indexOf(to);
      const pending = this.#migrations.filter((migration, i) => i <= last && states.get(migration.name) === 'pending');
      const applied: string[] = [];
      for (const migration of pending) {
        const record = { add: { name: migration.name, checksum: migration.checksum } };
        if (await this.#wasRunByHand(migration)) {
          await this.#target.record(record);
          this.#events.onFound?.(migration.name);
        } else {
          await this.#run('up', migration, record);
          applied.push(migration.name);
        }
      }
      return applied;
    });
  }

  async #wasRunByHand({ name, up }: Migration): Promise<boolean> {
    const places = placesAddedBy(up);
    const present = places.length === 0 ? null : await this.#target.present(places);
    if (present === null || present.length === 0) return false;
    const missing = places.filter((place) => !present.includes(place));
    if (missing.length === 0) return true;
    throw new MigrationRefusedError(
      `${name} is not recorded, and the database has a part of what it adds: ${present.join(', ')}; not ${missing.join(', ')}.\n` +
        'Complete it or remove it; or, if the database is right as it is, say so with migrate:force.',
    );
  }

  /** What `down` would do to the database as it is. @throws MigrationRefusedError as `down` does, but never for rows */
  async plan(to?: string): Promise<DownPlan> {
    const wanted = await this.#wantedDown(to);
    return { names: wanted.map(({ name }) => name), losses: await this.#losses(wanted) };
  }

  /** Processes of the API that use the database now, each in words: their host, process id, release and folder. */
  runningProcesses(): Promise<string[]> {
    return this.#target.runningProcesses();
  }

  /** Checks a backup before anything is changed. @throws RestoreError */
  checkBackup(file: string): Promise<void> {
    return this.#target.checkBackup(file);
  }

  /** Writes a backup and says where. */
  backup(): Promise<string> {
    return this.#target.backup();
  }

  /** Puts a backup in the place of the database, under the lock of migrations. @throws RestoreError */
  restore(file: string): Promise<void> {
    return this.#exclusively(() => this.#target.restore(file));
  }

  /**
   * Reverts the last applied migration, or all down to and with `to`, after writing a backup (unless `backup` is false).
   * Where rows would be lost it refuses unless `force`, and in any case where it cannot write the backup.
   */
  down(options: { to?: string; force?: boolean; backup?: boolean } = {}): Promise<string[]> {
    return this.#exclusively(async () => {
      const wanted = await this.#wantedDown(options.to);
      if (wanted.length > 0) await this.#protectRows(wanted, options.force ?? false, options.backup ?? true);
      for (const migration of wanted) await this.#run('down', migration, { remove: migration.name });
      return wanted.map(({ name }) => name);
    });
  }

  /**
   * Says that a migration is applied, or is not, without running it: after `sqlcmd`, or a repair by hand. One whose file is
   * missing can be said not to be applied.
   */
  force(state: 'up' | 'down', id: string): Promise<string> {
    return this.#exclusively(async () => {
      const gone = (await this.status()).find((known) => known.state === 'missing' && (known.id === id || known.name === id));
      if (gone && state === 'down') {
        await this.#target.record({ remove: gone.name });
        return gone.name;
      }
      const { name, checksum } = this.#migrations[this.#indexOf(id)]!;
      await this.#target.record(state === 'up' ? { add: { name, checksum } } : { remove: name });
      return name;
    });
  }

  close(): Promise<void> {
    return this.#target.close();
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#target.exclusively(work, () => this.#events.onWait?.());
  }

  async #soundStates(): Promise<Map<string, MigrationState['state']>> {
    const states = await this.status();
    const unsound = states.filter(({ state }) => state === 'changed' || state === 'missing');
    if (unsound.length > 0) {
      throw new MigrationRefusedError(
        unsound
          .map(
            ({ name, state }) =>
              `${name} ${state === 'changed' ? 'was changed after it was applied' : 'was applied, but its file is missing'}.`,
          )
          .join('\n') + '\nRestore the file; or, if the database is right as it is, say so with migrate:force.',
      );
    }
    return new Map(states.map(({ name, state }) => [name, state]));
  }

  #indexOf(id: string): number {
    const index = this.#migrations.findIndex((migration) => migration.id === id || migration.name === id);
    if (index < 0)
      throw new MigrationRefusedError(
        `There is no migration "${id}". Known are:\n${this.#migrations.map(({ name }) => `  ${name}`).join('\n')}`,
      );
    return index;
  }

  async #wantedDown(to?: string): Promise<Migration[]> {
    const states = await this.#soundStates();
    const applied = this.#migrations.filter(({ name }) => states.get(name) === 'applied').reverse();
    const first = to === undefined ? this.#migrations.indexOf(applied[0]!) : this.#indexOf(to);
    return applied.filter((migration) => this.#migrations.indexOf(migration) >= first);
  }

  async #losses(migrations: Migration[]): Promise<DownPlan['losses']> {
    const losses: DownPlan['losses'] = [];
    for (const place of migrations.flatMap(({ destroys }) => destroys)) {
      const rows = await this.#target.countRows(place);
      if (rows > 0) losses.push({ place, rows });
    }
    return losses;
  }

  async #protectRows(migrations: Migration[], force: boolean, backup: boolean): Promise<void> {
    const losses = await this.#losses(migrations);
    if (losses.length > 0 && !force)
      throw new MigrationRefusedError(`This would lose ${describeLosses(losses)}. With --force it writes a backup first and goes on.`);
    if (!backup) return;
    try {
      this.#events.onBackup?.(await this.#target.backup());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (losses.length > 0)
        throw new MigrationRefusedError(`No backup could be written (${reason}). Make one yourself, then add --no-backup.`);
      this.#events.onNoBackup?.(reason);
    }
  }

  async #run(direction: 'up' | 'down', migration: Migration, bookkeeping: Parameters<MigrationTarget['run']>[1]): Promise<void> {
    try {
      await this.#target.run(migration[direction], bookkeeping);
    } catch (error) {
      throw new MigrationFailedError(direction, migration, error);
    }
    this.#events.onStep?.(direction, migration.name);
  }
}

/** "2 rows of Users, 1 value of Payments.Failure". */
export function describeLosses(losses: DownPlan['losses']): string {
  return losses
    .map(({ place, rows }) => {
      const unit = place.includes('.') ? 'value' : 'row';
      return `${rows.toLocaleString('en')} ${unit}${rows === 1 ? '' : 's'} of ${place}`;
    })
    .join(', ');
}

/** A migrator for a database; `root` is the folder that holds `prisma/`. */
export async function openMigrator(target: DatabaseTarget, root: string, events?: MigratorEvents): Promise<Migrator> {
  const opened =
    target.engine === 'sqlite'
      ? await (await import('./sqlite-target.ts')).sqliteTarget(target.file)
      : await (await import('./sqlserver-target.ts')).sqlServerTarget(target.connectionString);
  return new Migrator(opened, readMigrations(root, target.engine), events);
}
