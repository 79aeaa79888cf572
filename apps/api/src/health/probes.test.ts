import { describe, expect, it, vi } from 'vitest';
import type { Logger } from '../logger.ts';
import { createProbes, type Probe } from './probes.ts';

const logger = () => {
  const lines: string[] = [];
  const line = (_fields: object, message: string) => void lines.push(message);
  return { lines, log: { info: line, error: line } as unknown as Logger };
};
const probe = (check: Probe['check'], required = true): Probe[] => [{ name: 'thing', required, check }];
const hangs = () => new Promise<never>(() => {});

describe('a probe', () => {
  it('that hangs, throws or says no is not healthy: down where it is required, degraded where it is not', async () => {
    const { log } = logger();
    const no = () => Promise.resolve({ ok: false, details: { level: 'process' } });
    const throws = () => Promise.reject(new Error('password=hunter2'));
    const look = (check: Probe['check'], required?: boolean) => createProbes(probe(check, required), log, 20).look('thing');
    expect(await look(hangs)).toMatchObject({ status: 'unhealthy', details: { reason: 'no answer in time' } });
    expect(await look(throws)).toMatchObject({ status: 'unhealthy', details: { reason: 'failed' } });
    expect(await look(no, false)).toMatchObject({ status: 'degraded', details: { level: 'process' } });
    expect(await look(() => Promise.resolve({ ok: true }))).toMatchObject({ status: 'healthy', details: {} });
  });

  it('is run once for all who ask meanwhile, also for those who ask after others gave up', async () => {
    let finish!: () => void;
    const check = vi.fn(() => new Promise<{ ok: boolean }>((resolve) => (finish = () => resolve({ ok: true }))));
    const probes = createProbes(probe(check), logger().log, 20);
    const together = await Promise.all(Array.from({ length: 50 }, () => probes.look('thing')));
    expect(together.every(({ status }) => status === 'unhealthy')).toBe(true);
    const later = probes.look('thing');
    finish();
    expect((await later).status).toBe('healthy');
    expect(check).toHaveBeenCalledTimes(1);
    void probes.look('thing');
    await vi.waitFor(() => expect(check).toHaveBeenCalledTimes(2));
    finish();
  });

  it('is spoken of once when it begins to fail, and once when that is over', async () => {
    const { lines, log } = logger();
    let ok = false;
    const probes = createProbes(
      probe(() => Promise.resolve({ ok })),
      log,
    );
    for (const state of [false, false, true, true, false]) {
      ok = state;
      await probes.look('thing');
    }
    expect(lines).toEqual(['not healthy', 'healthy again', 'not healthy']);
  });
});
