import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The whole product with an empty database. */
export async function startEmptyProduct(): Promise<{ url: string; stop: () => Promise<unknown> }> {
  const root = path.join(import.meta.dirname, '../../..');
  const child = spawn(process.execPath, ['tests/e2e/server.ts', '--empty'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    return gone;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^serving (\S+),/.exec(line)?.[1];
    if (url) return { url, stop };
  }
  throw new Error('The product ended before it served anything.');
}
