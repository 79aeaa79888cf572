import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { checkOut, takeFrom } from '../../scripts/lib/make-release.ts';

/**
 * The last commit of the release before: the present migrations must not break it. It moves when a release is made, together with
 * the statement in docs/rollback.md.
 */
export const RELEASE_BEFORE = '80a40390820322275ed982b17bc95d7c8a1245f9';

/** False in a tarball or a shallow clone. */
export const hasReleaseBefore = (): boolean =>
  spawnSync('git', ['cat-file', '-e', `${RELEASE_BEFORE}^{commit}`], { cwd: ROOT, stdio: 'ignore' }).status === 0;

/** The code of the release before in a folder of its own, with its dependencies and database clients, without pages. */
export function createReleaseBefore(): { root: string; remove: () => void } {
  const root = mkdtempSync(path.join(tmpdir(), 'assay-before-'));
  checkOut(RELEASE_BEFORE, root);
  takeFrom(ROOT, root);
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? root };
  const { status, stderr } = spawnSync(process.execPath, ['scripts/bootstrap.mjs', 'exec', 'true'], { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The release before cannot be installed:\n${stderr}`);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
