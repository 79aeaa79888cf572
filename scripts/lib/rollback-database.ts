import { stdin, stderr } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { readDatabaseTarget } from '@assay/api/config';
import { HOME, type Release } from '@assay/runtime';
import { Refusal, requireDatabase } from './command.ts';
import { describeLosses, folderWithAllMigrations, migrationsIn, withMigrator, type DownPlan } from './database-state.ts';
import { listReleases } from './releases.ts';
import { logged } from './rollback-log.ts';
import { runningApi } from './switch-release.ts';
import { counted } from './counted.ts';

export interface DatabaseRollback {
  /** The first migration to revert; by default the last applied one. */
  to: string | undefined;
  force: boolean;
  yes: boolean;
  reason: string | null;
  say: (text: string) => void;
}

/**
 * Reverts the database to the state before a migration, after a backup. Returns the names of the reverted migrations, and the backup.
 * @throws Refusal if the running API needs one of the migrations, or rows would be lost without --force
 */
export async function rollBackDatabase({ to, force, yes, reason, say }: DatabaseRollback) {
  requireDatabase(readDatabaseTarget(process.env));
  const root = await folderWithAllMigrations();
  if (!root)
    throw new Refusal(
      'The database has a migration whose files are neither here nor in a release. npm run migrate:status names it; check out the commit that has it.',
    );
  const { plan, processes } = await withMigrator(root, async (migrator) => ({
    plan: await migrator.plan(to),
    processes: await migrator.runningProcesses(),
  }));
  const from = plan.names[0];
  if (!from) return { reverted: [], backup: null };
  const running = runningApi();
  const needs = running === null ? runsWithoutPm2(processes) : whatNeeds(running, plan);
  const inTheWay = [...needs, ...lossesOf(plan, force)];
  if (inTheWay.length > 0) throw new Refusal(inTheWay.join('\n'));
  if (plan.losses.length > 0 && !yes) await confirm(plan);

  const backups: string[] = [];
  await logged({ phase: 'database', operation: 'rollback', from, to: lastBefore(plan, root), reason }, () =>
    withMigrator(
      root,
      async (migrator) => {
        await migrator.down({ to: plan.names.at(-1)!, force });
        return backups[0] ? { backup: backups[0] } : {};
      },
      {
        onWait: () => say('Another runner is migrating this database; waiting for it.'),
        onStep: (direction, name) => say(`${direction.padEnd(4)} ${name}`),
        onBackup: (where) => {
          backups.push(where);
          say(`backup written to ${where}`);
        },
        onNoBackup: (why) => say(`No backup could be written (${why}); no rows are lost by this.`),
      },
    ),
  );
  return { reverted: plan.names, backup: backups[0] ?? null };
}

/** Why the running API would break: code needs the tables of its own migrations. Older code works with newer migrations. */
function whatNeeds(running: Release | 'checkout', { names }: DownPlan): string[] {
  const needed = (running === 'checkout' ? migrationsIn(HOME) : running.migrations).filter((name) => names.includes(name));
  if (needed.length === 0) return [];
  const older = listReleases().find((release) => !names.some((name) => release.migrations.includes(name)));
  const who = running === 'checkout' ? 'The API runs this checkout' : `The API runs release ${running.id}`;
  return [`${who}, which needs ${needed.join(', ')}. ${wayBack(older)}`];
}

/** Processes of the API that PM2 does not run here: what they need is not known. */
const runsWithoutPm2 = (processes: readonly string[]): string[] =>
  processes.length === 0 ? [] : [`An API that PM2 does not run uses this database: ${processes.join('; ')}. Stop it first.`];

const wayBack = (older: Release | undefined) =>
  older
    ? `First: npm run rollback:api -- --to ${older.id}`
    : 'No release here works without it. Stop the API first: npm run pm2:stop -- marketplace-api';

function lossesOf({ losses }: DownPlan, force: boolean): string[] {
  if (losses.length === 0 || force) return [];
  return [`This would lose ${describeLosses(losses)}. With --force it writes a backup first and continues; npm run restore restores it.`];
}

async function confirm({ names, losses }: DownPlan): Promise<void> {
  if (!stdin.isTTY) throw new Refusal(`This loses ${describeLosses(losses)}. Add --yes to confirm.`);
  const terminal = createInterface({ input: stdin, output: stderr });
  const answer = await terminal.question(
    `${counted(names.length, 'migration goes', 'migrations go')}, and with ${names.length === 1 ? 'it' : 'them'} ${describeLosses(losses)}. Type "lose them" to go on: `,
  );
  terminal.close();
  if (answer.trim() !== 'lose them') throw new Refusal('Nothing was changed.');
}

/** The newest migration that stays. */
function lastBefore({ names }: DownPlan, root: string): string | null {
  return migrationsIn(root).findLast((name) => name < names.at(-1)!) ?? null;
}
