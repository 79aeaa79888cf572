import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { HOME, RELEASE, releaseIn, RELEASES, type Release } from '@assay/runtime';
import { Refusal } from './command.ts';
import type { App } from './pm2-config.ts';
import { readLog } from './rollback-log.ts';

// The releases of a deployment: folders below data/releases, and for each app a link to its current release.

export const APPS = {
  api: { process: 'marketplace-api', entry: 'apps/api/src/main.ts' },
  web: { process: 'marketplace-web', entry: 'apps/web/server.ts' },
} as const satisfies Record<App, object>;
export const APP_NAMES = Object.keys(APPS) as App[];

const KEPT = 5;

export const folderOf = (id: string) => (id === CHECKOUT ? HOME : path.join(RELEASES, id));
const linkOf = (app: App) => path.join(RELEASES, `current-${app}`);

/** The finished releases, the newest first. */
export function listReleases(): Release[] {
  if (!existsSync(RELEASES)) return [];
  return readdirSync(RELEASES)
    .filter((name) => lstatSync(folderOf(name)).isDirectory())
    .flatMap((name) => releaseIn(folderOf(name)) ?? [])
    .sort((a, b) => b.madeAt.localeCompare(a.madeAt));
}

/** A release by its name, or by the beginning of its commit. @throws Refusal if there is none */
export function findRelease(wanted: string): Release {
  const found = listReleases().filter(({ commit }) => wanted.length >= 4 && commit.startsWith(wanted.toLowerCase()));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) throw new Refusal(`${found.length} releases begin with "${wanted}": say more of it.`);
  throw new Refusal(`There is no release "${wanted}" here. npm run releases lists all.`);
}

/** What `--to`, the log and /health call the checkout, which counts as a release to go back to. */
export const CHECKOUT = 'checkout';

/** The checkout as a release: what it has now, committed or not. */
export const checkoutRelease = (migrations: string[]): Release => ({
  id: CHECKOUT,
  commit: '',
  subject: 'this checkout as it is',
  madeAt: '',
  home: '.',
  migrations,
});

/** The name of the release that an app runs; null if it runs the checkout. */
export function currentOf(app: App): string | null {
  try {
    return path.basename(readlinkSync(linkOf(app)));
  } catch {
    return null;
  }
}

/** Points an app to another release, or to the checkout, atomically. */
export function pointTo(app: App, id: string | null): void {
  const link = linkOf(app);
  if (id === null || id === CHECKOUT) {
    rmSync(link, { force: true });
    return;
  }
  const next = `${link}.next`;
  rmSync(next, { force: true });
  symlinkSync(id, next, 'dir');
  renameSync(next, link);
}

/** The previous release of an app, if it still exists. Rolling back twice goes back two releases. */
export function previousOf(app: App): string | null {
  const way: string[] = [];
  for (const { phase, operation, from, to, status } of readLog()) {
    if (phase !== app || status !== 'completed' || to === null) continue;
    if (from === CHECKOUT && way.at(-1) !== CHECKOUT) way.push(CHECKOUT);
    const known = way.lastIndexOf(to);
    if (operation === 'rollback' && known >= 0) way.length = known;
    if (way.at(-1) !== to) way.push(to);
  }
  const current = currentOf(app) ?? CHECKOUT;
  const before = way.slice(0, way.includes(current) ? way.lastIndexOf(current) : way.length);
  return before.findLast((id) => id !== current && (id === CHECKOUT || releaseIn(folderOf(id)) !== null)) ?? null;
}

/** Deletes the oldest releases, but never one that an app runs or would roll back to. Returns their names. */
export function pruneReleases(): string[] {
  const needed = new Set(APP_NAMES.flatMap((app) => [currentOf(app), previousOf(app)]));
  const gone = listReleases()
    .slice(KEPT)
    .map(({ id }) => id)
    .filter((id) => !needed.has(id));
  for (const id of gone) rmSync(folderOf(id), { recursive: true, force: true });
  return gone;
}

/** Runs `work` under the deployment's lock. @throws Refusal if another release or rollback is running */
export async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (RELEASE) throw new Refusal(`This is the folder of a release. Run it in the deployment: ${HOME}`);
  mkdirSync(RELEASES, { recursive: true });
  const lock = path.join(RELEASES, '.lock');
  if (existsSync(lock) && !isRunning(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true }); // of a process that died
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch {
    throw new Refusal(`Another release or rollback is under way (process ${readFileSync(lock, 'utf8')}). Try again when it is done.`);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether there is a process of that id. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
