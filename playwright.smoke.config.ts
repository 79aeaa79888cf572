import { defineConfig } from '@playwright/test';
import config from './playwright.config.ts';

// The pages of a deployment that runs, at SMOKE_URL: no server is started.
const { webServer: _ownServer, ...shared } = config;

export default defineConfig({
  ...shared,
  testDir: 'tests/smoke',
  testMatch: '*.spec.ts', // the others are Vitest's
  outputDir: 'test-results/smoke',
  reporter: 'line',
  use: { ...shared.use, baseURL: process.env.SMOKE_URL ?? '' },
});
