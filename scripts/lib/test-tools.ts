import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';

// Programs that tests need and npm does not bring: a Chromium, a Redis server, and promtool of Prometheus.

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where a program is: an absolute path, or null. */
function onPath(...names: string[]): string | null {
  for (const name of names) {
    for (const dir of (process.env.PATH ?? '').split(path.delimiter)) {
      const file = path.join(dir, process.platform === 'win32' ? `${name}.exe` : name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not here
      }
    }
  }
  return null;
}

/** The browser of the browser tests: `CHROMIUM_PATH`, else Playwright's own, else the system's. */
export function findChromium(): string | null {
  const own = chromium.executablePath();
  return process.env.CHROMIUM_PATH || (existsSync(own) ? own : onPath(...CHROMIUMS));
}

/** The Redis server that the tests start for themselves: `REDIS_SERVER_PATH`, else the system's. */
export function findRedis(): string | null {
  return process.env.REDIS_SERVER_PATH || onPath('redis-server', 'valkey-server');
}

/** Prometheus' checker of rules: `PROMTOOL_PATH`, else the system's. */
export function findPromtool(): string | null {
  return process.env.PROMTOOL_PATH || onPath('promtool');
}

const isDebian = () => existsSync('/etc/debian_version');
const isRoot = () => process.getuid?.() === 0;

/**
 * Installs what is missing where that needs nobody's consent: Debian's packages for root, Playwright's browser for everybody else.
 * @throws Error naming what could not be installed and what to do
 */
export function installTestTools(): void {
  const missing = () => [
    ...(findChromium() ? [] : ['chromium']),
    ...(findRedis() ? [] : ['redis-server']),
    ...(findPromtool() ? [] : ['prometheus']),
  ];
  if (missing().length === 0) return;
  if (isRoot() && isDebian()) apt(missing());
  if (!findChromium()) spawnSync('playwright', ['install', 'chromium'], { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (missing().length > 0)
    throw new Error(
      `Tests need ${missing().join(' and ')}. Install with your system's packages, such as: sudo apt-get install ${missing().join(' ')}`,
    );
}

function apt(packages: string[]): void {
  console.error(`Installing ${packages.join(' and ')} (Debian packages)`);
  // RUNLEVEL=1: the packages' services are not started.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const run = (args: string[]) => spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 2, 2] }).status === 0;
  const install = () => run(['install', '-y', '--no-install-recommends', ...packages]);
  if (!install() && run(['update'])) install();
}
