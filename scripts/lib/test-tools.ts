import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';

// Programs that tests need and npm does not install: Chromium, a Redis server, promtool of Prometheus, Schemathesis (Python), and
// stripe-mock (Go).

/** The headless shell first, as in Playwright: tests in the whole browser take a third longer. */
const CHROMIUMS = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Absolute path of a program, or null. */
export function onPath(...names: string[]): string | null {
  for (const name of names) {
    for (const dir of (process.env.PATH ?? '').split(path.delimiter)) {
      const file = path.join(dir, process.platform === 'win32' ? `${name}.exe` : name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not in this directory
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

/** The Redis server that the tests start: `REDIS_SERVER_PATH`, else the system's. */
export function findRedis(): string | null {
  return process.env.REDIS_SERVER_PATH || onPath('redis-server', 'valkey-server');
}

/** Prometheus' tool that checks alert rules: `PROMTOOL_PATH`, else the system's. */
export function findPromtool(): string | null {
  return process.env.PROMTOOL_PATH || onPath('promtool');
}

const SCHEMATHESIS = '4.32.5';
const VENV = path.join(import.meta.dirname, '..', '..', '.tools', `schemathesis-${SCHEMATHESIS}`);

/** Tests the API against its OpenAPI document: `SCHEMATHESIS_PATH`, else the one in .tools/. */
export function findSchemathesis(): string | null {
  const own = path.join(VENV, process.platform === 'win32' ? 'Scripts/schemathesis.exe' : 'bin/schemathesis');
  return process.env.SCHEMATHESIS_PATH || (existsSync(own) ? own : null);
}

/** Installs Schemathesis from PyPI into .tools/. Needs Python 3.10 or newer with its venv. */
function installSchemathesis(): void {
  const python = onPath('python3', 'python');
  if (!python) return;
  console.error(`Installing Schemathesis ${SCHEMATHESIS} into .tools/ (from PyPI)`);
  rmSync(VENV, { recursive: true, force: true }); // an interrupted installation
  const run = (command: string, args: string[]) => spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;
  const bin = path.join(VENV, process.platform === 'win32' ? 'Scripts' : 'bin');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--timeout=60', `schemathesis==${SCHEMATHESIS}`];
  if (!run(python, ['-m', 'venv', VENV]) || !run(path.join(bin, 'python'), pip)) rmSync(VENV, { recursive: true, force: true });
}

const STRIPE_MOCK = '0.203.0';
const STRIPE_MOCK_BIN = path.join(import.meta.dirname, '..', '..', '.tools', `stripe-mock-${STRIPE_MOCK}`);

/** Stripe's own check of the shape of requests: `STRIPE_MOCK_PATH`, else the one in .tools/. */
export function findStripeMock(): string | null {
  const own = path.join(STRIPE_MOCK_BIN, process.platform === 'win32' ? 'stripe-mock.exe' : 'stripe-mock');
  return process.env.STRIPE_MOCK_PATH || (existsSync(own) ? own : null);
}

/** Installs stripe-mock through the Go module proxy into .tools/, where Go is there. Its test says where it is not. */
function installStripeMock(): void {
  const go = onPath('go');
  if (!go) return;
  console.error(`Installing stripe-mock ${STRIPE_MOCK} into .tools/ (with Go)`);
  const env = { ...process.env, GOBIN: STRIPE_MOCK_BIN, GOFLAGS: '-mod=mod' };
  spawnSync(go, ['install', `github.com/stripe/stripe-mock@v${STRIPE_MOCK}`], { env, stdio: ['ignore', 2, 2], timeout: 300_000 });
}

/** Whether Python can create a virtual environment, which is a separate package on Debian. */
const hasVenv = () => {
  const python = onPath('python3', 'python');
  return python !== null && spawnSync(python, ['-c', 'import venv, ensurepip']).status === 0;
};

/** Whether {@link apt} can install packages without asking. */
export const isRootOnDebian = (): boolean => existsSync('/etc/debian_version') && process.getuid?.() === 0;

/**
 * Installs missing programs where that needs no consent: Debian packages as root, Playwright's browser otherwise.
 * @throws Error naming the missing programs and how to install them
 */
export function installTestTools(): void {
  const missing = () => [
    ...(findChromium() ? [] : ['chromium-headless-shell']),
    ...(findRedis() ? [] : ['redis-server']),
    ...(findPromtool() ? [] : ['prometheus']),
    ...(findSchemathesis() || hasVenv() ? [] : ['python3-venv']),
  ];
  if (isRootOnDebian()) for (const name of missing()) apt(name); // one by one: a distribution may lack one of them
  if (!findChromium()) spawnSync('playwright', ['install', 'chromium'], { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (!findSchemathesis()) installSchemathesis();
  if (!findStripeMock()) installStripeMock();
  if (missing().length > 0)
    throw new Error(
      `Tests need ${missing().join(' and ')}. Install with your system's packages, such as: sudo apt-get install ${missing().join(' ')}`,
    );
}

/** Installs a Debian package, after updating the package lists if it is not found. Needs root. */
export function apt(name: string): void {
  console.error(`Installing ${name} (Debian package)`);
  // RUNLEVEL=1: the packages' services are not started.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const run = (args: string[]) => spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 2, 2] }).status === 0;
  const install = () => run(['install', '-y', '--no-install-recommends', name]);
  if (!install() && run(['update'])) install();
}
