// What PM2 starts, and starts anew after a crash: always the release that data/releases/current-… points to at that moment, or
// this checkout where nothing was released yet. PM2 keeps the path of a script for ever, so it is given this one. It imports
// nothing of the product: a checkout whose dependencies are just being installed must not keep a release from starting.
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

const CHECKOUT = path.resolve(import.meta.dirname, '../..');

/** Runs an app's current release in this process. */
export async function runCurrent(app: 'api' | 'web', entry: string): Promise<void> {
  const link = path.join(CHECKOUT, 'data', 'releases', `current-${app}`);
  const code = existsSync(link) ? realpathSync(link) : CHECKOUT;
  try {
    await import(pathToFileURL(path.join(code, entry)).href);
  } catch (error) {
    // PM2 would keep the process, which does nothing, and wait for it.
    process.stderr.write(`${inspect(error)}\n`, () => process.exit(1));
  }
}
