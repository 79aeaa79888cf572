import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/lib/test-tools.ts';

// `npm test` installs a Chromium where there is none.
const executablePath = findChromium();
const launchOptions = { ...(executablePath ? { executablePath } : {}), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };

/** Tests of behaviour that is the same at every width: pages.spec.ts and long-words.spec.ts look at these pages on a phone. */
const DESKTOP_ONLY = [
  'admin',
  'connection',
  'fees',
  'moderation',
  'no-javascript',
  'once',
  'privacy',
  'refusals',
  'reset',
  'session',
  'stripe-payouts',
];

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
  // A database of its own with the demo data, the API and the web server, on free ports.
  webServer: {
    command: 'node tests/e2e/server.ts',
    wait: { stdout: /serving (?<E2E_URL>\S+), mail in (?<E2E_MAIL>.+)/ },
    timeout: 300_000, // it builds the pages first
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
  // Tests about the service worker allow it; to the others it would hide requests.
  use: {
    serviceWorkers: 'block',
    baseURL: process.env.E2E_URL ?? '',
    trace: 'retain-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions,
  },
  projects: [
    { name: 'desktop', grepInvert: /@phone/, use: { ...devices['Desktop Chrome'], channel: undefined, launchOptions } },
    {
      name: 'phone',
      testIgnore: DESKTOP_ONLY.map((name) => `**/${name}.spec.ts`),
      use: { ...devices['Pixel 7'], channel: undefined, launchOptions },
    },
  ],
});
