import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HOME, RELEASE_FILE, releaseIn, type Release } from '@assay/runtime';
import { Refusal } from './command.ts';
import { migrationsIn } from './database-state.ts';
import { linkTree } from './link-tree.ts';
import { folderOf, listReleases } from './releases.ts';

const ID_LENGTH = 12;

/** The files that determine which dependencies are installed. */
const LOCKED = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'];

/**
 * Makes a release of a commit, unless it exists: its files, its dependencies, its pages. It does not depend on the checkout
 * afterwards. A folder without `release.json` is unfinished and is made again.
 * @throws Refusal if there is no such commit, or it cannot be built
 */
export async function makeRelease(ref: string, say: (text: string) => void): Promise<Release> {
  const commit = git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], `There is no commit "${ref}" here.`);
  const id = commit.slice(0, ID_LENGTH);
  const folder = folderOf(id);
  const made = releaseIn(folder);
  if (made) {
    say(`Release ${id} exists already`);
    return made;
  }
  if (ref === 'HEAD' && git(['status', '--porcelain', '--untracked-files=no']) !== '')
    say('Uncommitted changes are not part of the release');
  say(`Making release ${id}`);
  try {
    rmSync(folder, { recursive: true, force: true });
    checkOut(commit, folder);
    const donor = findDonor(folder);
    if (donor) {
      say(`  the dependencies are those of ${donor === HOME ? 'this checkout' : path.basename(donor)}`);
      takeFrom(donor, folder);
    }
    await build(folder);
    const release: Release = {
      id,
      commit,
      subject: git(['log', '-1', '--format=%s', commit]),
      madeAt: new Date().toISOString(),
      home: path.relative(folder, HOME),
      migrations: migrationsIn(folder),
    };
    writeFileSync(path.join(folder, RELEASE_FILE), `${JSON.stringify(release, null, 2)}\n`);
    return release;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Writes the files of a commit, without git metadata. */
export function checkOut(commit: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const index = path.join(folder, '.index'); // the checkout's own index must not change
  const env = { ...process.env, GIT_INDEX_FILE: index };
  git(['read-tree', commit], undefined, env);
  git(['checkout-index', '--all', `--prefix=${folder}/`], undefined, env);
  rmSync(index);
}

/** A folder with the same lockfile whose dependencies are complete: the checkout, or a release. */
function findDonor(folder: string): string | null {
  const locked = (root: string) => LOCKED.map((name) => readFileSync(path.join(root, name), 'utf8')).join('\0');
  const wanted = locked(folder);
  const candidates = [HOME, ...listReleases().map(({ id }) => folderOf(id))];
  return candidates.find((root) => existsSync(path.join(root, 'node_modules', '.assay-install')) && locked(root) === wanted) ?? null;
}

/**
 * Copies what another folder has installed, generated and built. The release's own bootstrap then does what is missing: its
 * stamps record the inputs of each part.
 */
export function takeFrom(donor: string, folder: string): void {
  const ownNames = new Set(['.pnpm', '.cache', '.vite', '.vite-temp']);
  const workspaces = ['apps', 'packages'].flatMap((group) =>
    existsSync(path.join(folder, group)) ? readdirSync(path.join(folder, group)).map((name) => path.join(group, name)) : [],
  );
  for (const home of ['.', ...workspaces]) {
    const from = path.join(donor, home, 'node_modules');
    if (!existsSync(from)) continue;
    const filter = (source: string) => !(path.dirname(source) === from && ownNames.has(path.basename(source)));
    cpSync(from, path.join(folder, home, 'node_modules'), { recursive: true, verbatimSymlinks: true, filter });
  }
  linkTree(path.join(donor, 'node_modules', '.pnpm'), path.join(folder, 'node_modules', '.pnpm'));
  const generated = 'packages/database/src/generated';
  if (existsSync(path.join(donor, generated))) cpSync(path.join(donor, generated), path.join(folder, generated), { recursive: true });
  const pages = path.join('apps', 'web', 'build');
  if (!existsSync(path.join(donor, pages, 'current'))) return;
  const built = realpathSync(path.join(donor, pages, 'current'));
  cpSync(built, path.join(folder, pages, path.basename(built)), { recursive: true });
}

/** The release's own bootstrap installs and generates what it needs, and builds its pages. */
async function build(folder: string): Promise<void> {
  const child = spawn(process.execPath, [path.join('scripts', 'bootstrap.mjs'), 'build'], { cwd: folder, stdio: ['ignore', 2, 2] });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0) throw new Refusal('The release could not be built, see above. Nothing was changed.');
}

function git(args: string[], otherwise?: string, env?: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: HOME, encoding: 'utf8', ...(env && { env }) });
  if (status === 0) return stdout.trim();
  if (status !== null && otherwise && stderr === '') throw new Refusal(otherwise);
  throw new Refusal(`Releases are made from commits, and git failed here: ${stderr.trim() || 'it is not installed.'}`);
}
