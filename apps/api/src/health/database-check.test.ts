import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { databaseCheck, type DatabaseCheckParts } from './database-check.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a process that looks at its health every ten seconds writes to the database each time, however slow a write is', async () => {
  let writes = 0;
  const noteProcess = async () => {
    writes += 1;
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const parts = {
    database: { engine: 'sqlite', appliedMigrations: () => Promise.resolve([]) },
    repos: {
      maintenance: { noteProcess },
      outbox: { lastId: () => Promise.resolve(0) },
      listingSearch: { engine: () => Promise.resolve('fts5') },
    },
    process: { holder: 'shop:4711', release: 'checkout', home: '/srv/shop' },
    migrations: () => [],
    details: () => ({}),
  };
  const check = databaseCheck(parts as unknown as DatabaseCheckParts);
  const looks = setInterval(() => void check(), 10_000);
  await vi.advanceTimersByTimeAsync(60_500);
  clearInterval(looks);
  expect(writes).toBe(6);
  for (let i = 0; i < 5; i++) await check(); // requests for /health in between
  expect(writes).toBe(6);
});
