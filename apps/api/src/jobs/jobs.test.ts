import { expect, it, vi } from 'vitest';
import type { Container } from '../container.ts';
import type { Samples } from '../http/samples.ts';
import { startJobs } from './jobs.ts';

/** Jobs of a process that holds no lease: it runs only those of its own. */
async function samplesEndAs(save: () => Promise<void>): Promise<unknown[]> {
  const jobEnded = vi.fn();
  const container = {
    config: { verifyIntervalMs: 0 },
    holder: 'here',
    log: { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() },
    metrics: { jobEnded },
    repos: { maintenance: { lease: () => Promise.resolve(false) }, metrics: { saveSamples: save } },
    worker: { start: vi.fn(), stop: () => Promise.resolve() },
    context: () => ({ requestId: 'r' }),
  } as unknown as Container;
  const taken = [[{ endpoint: 'GET /x' }], []]; // nothing is left to write at the stop
  const samples = { take: () => taken.shift() ?? [], putBack: vi.fn() } as unknown as Samples;
  const jobs = startJobs(container, samples);
  await vi.waitFor(() => expect(jobEnded).toHaveBeenCalled());
  await jobs.stop();
  return jobEnded.mock.calls;
}

it('a job is counted as it ended', async () => {
  expect(await samplesEndAs(() => Promise.resolve())).toEqual([['samples', true]]);
  expect(await samplesEndAs(() => Promise.reject(new Error('away')))).toEqual([['samples', false]]);
});
