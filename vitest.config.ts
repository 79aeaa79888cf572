import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, mostly waiting: begun first, it runs beside all the others instead of after them. */
const FIRST = 'tests/ops/release.test.ts';

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isFirst = ({ moduleId }: TestSpecification) => moduleId.endsWith(FIRST);
    const sorted = await super.sort(files);
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))];
  }
}

// One project for each kind of test; `vitest run --project unit` runs one alone.
// Hooks may build the pages, beside other suites.
const slow = { testTimeout: 120_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: 'unit', include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'prisma/**/*.test.ts'] } },
      { test: { name: 'contract', include: ['tests/contract/**/*.test.ts'], ...slow } },
      { test: { name: 'tsql', include: ['tests/tsql/**/*.test.ts'], ...slow } },
      { test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], ...slow } },
      { test: { name: 'ops', include: ['tests/ops/**/*.test.ts'], ...slow } },
      { test: { name: 'smoke', include: ['tests/smoke/**/*.test.ts'], ...slow } }, // against SMOKE_URL; npm test has no such part
    ],
  },
});
