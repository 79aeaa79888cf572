import { defineConfig } from 'vitest/config';

// One project for each kind of test; `vitest run --project unit` runs one alone.
const slow = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'prisma/**/*.test.ts'] } },
      { test: { name: 'contract', include: ['tests/contract/**/*.test.ts'], ...slow } },
      { test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], ...slow } },
      { test: { name: 'ops', include: ['tests/ops/**/*.test.ts'], ...slow } },
    ],
  },
});
