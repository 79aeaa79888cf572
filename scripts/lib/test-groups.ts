/** The runner of a group, and its files: Vitest's are named by the beginning of their path, Playwright's by their name. */
interface TestGroup {
  runner: 'vitest' | 'playwright';
  files: string[];
  /** A project of Playwright's configuration; all without. */
  project?: string;
}

const integration = (...names: string[]) => names.map((name) => `tests/integration/${name}.test.ts`);

/** Parts of the suites by subject, under which the founding documents know them (package.json has their names). */
export const TEST_GROUPS: Record<string, TestGroup> = {
  api: {
    runner: 'vitest',
    files: [
      ...integration('http', 'access', 'bad-input', 'client-examples', 'idempotency', 'marketplace'),
      'tests/ops/schemathesis.test.ts',
    ],
  },
  live: { runner: 'vitest', files: integration('live', 'live-budget') },
  cache: { runner: 'vitest', files: integration('cache', 'cache-redis', 'redis-cluster') },
  errors: {
    runner: 'vitest',
    files: [
      ...integration('bad-input', 'health-faults', 'telemetry', 'telemetry-away'),
      'tests/contract/errors.test.ts',
      'tests/ops/outage.test.ts',
    ],
  },
  seller: {
    runner: 'vitest',
    files: integration('onboarding', 'marketplace', 'listings', 'stores', 'vacation', 'images', 'ratings', 'insights', 'payout-details'),
  },
  /** The product's tiers are the audience of a flag, and `tierId` of a profile. */
  tiers: { runner: 'vitest', files: [...integration('flags', 'onboarding'), 'apps/api/src/services/flags/toggles.test.ts'] },
  components: { runner: 'vitest', files: ['apps/web/src/'] },
  phone: { runner: 'playwright', files: [], project: 'phone' },
  workflows: {
    runner: 'playwright',
    files: ['from-nothing', 'onboarding', 'dashboard', 'store', 'listings', 'images', 'vacation', 'order'].map((name) => `${name}.spec.ts`),
    project: 'desktop',
  },
};
