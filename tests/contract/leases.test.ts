import { createRepositories } from '@assay/database';
import { onEachEngine, useDatabase } from '@assay/testing';
import { expect, it } from 'vitest';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const AT = new Date('2026-03-01T12:00:00.000Z').getTime();

onEachEngine('leases of jobs', (engine) => {
  const db = useDatabase(engine);
  const lease = (name: string, everyMs: number, atMs: number) =>
    createRepositories(db.database).maintenance.lease(name, 'host:1', everyMs, new Date(atMs));

  it('are given to one process in each interval', async () => {
    expect([await lease('a', MINUTE_MS, AT), await lease('a', MINUTE_MS, AT + 1000)]).toEqual([true, false]);
    expect(await lease('a', MINUTE_MS, AT + MINUTE_MS)).toBe(true);
  });

  it('count for nothing where the clock was a day ahead when they were taken', async () => {
    expect(await lease('b', MINUTE_MS, AT + DAY_MS)).toBe(true);
    expect([await lease('b', MINUTE_MS, AT), await lease('b', MINUTE_MS, AT + 1000)]).toEqual([true, false]);
  });

  it('give way to a shorter interval', async () => {
    expect(await lease('c', 60 * MINUTE_MS, AT)).toBe(true);
    expect(await lease('c', MINUTE_MS, AT + 1000)).toBe(true);
  });

  it('are left alone by a process whose clock is 45 seconds behind', async () => {
    expect(await lease('d', MINUTE_MS, AT)).toBe(true);
    expect(await lease('d', MINUTE_MS, AT - 45_000)).toBe(false);
  });

  it('do not stand for processes: these are noted until they end, or are silent', async () => {
    const { maintenance } = createRepositories(db.database);
    const process = { holder: 'host:7:abc', release: 'checkout', home: '/srv/assay' };
    await maintenance.noteProcess(process, new Date(AT));
    await maintenance.noteProcess(process, new Date(AT + 1000));
    expect(await maintenance.processes(new Date(AT))).toEqual([process]);
    expect(await maintenance.processes(new Date(AT + 2000))).toEqual([]);
    await maintenance.forgetProcess(process.holder);
    expect(await maintenance.processes(new Date(AT))).toEqual([]);
  });
});
