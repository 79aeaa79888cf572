// PM2 starts this script, also after a crash. It runs the release that data/releases/current-… points to at that moment, or this
// checkout before the first release. PM2 stores the path of a script for ever, so the path must not depend on the release. The script
// imports nothing of the product, so that releases start while the checkout's dependencies are being installed.
import { existsSync, realpathSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { takeEnvironment } from '../lib/process-environment.ts';

const CHECKOUT = path.resolve(import.meta.dirname, '../..');

/** Runs the current release of an app in this process. */
export async function runCurrent(app: 'api' | 'web', entry: string): Promise<void> {
  enableCompileCache(path.join(CHECKOUT, 'node_modules', '.cache', 'node-compile')); // as in scripts/bootstrap.mjs
  const link = path.join(CHECKOUT, 'data', 'releases', `current-${app}`);
  const code = existsSync(link) ? realpathSync(link) : CHECKOUT;
  try {
    if (process.env.pm_id !== undefined) takeEnvironment(app); // a trial process gets its environment from the command
    await import(pathToFileURL(path.join(code, entry)).href);
  } catch (error) {
    // Otherwise PM2 would keep waiting for a process that does nothing.
    process.stderr.write(`${inspect(error)}\n`, () => process.exit(1));
  }
}
