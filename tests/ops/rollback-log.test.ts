import { expect, it } from 'vitest';
import { entriesOf } from '../../scripts/lib/rollback-log.ts';

const line = (status: string, initiatedAt: string, phase = 'api') =>
  JSON.stringify({
    phase,
    operation: 'release',
    from: null,
    to: 'abc',
    status,
    reason: null,
    by: 'ada',
    initiatedAt,
    completedAt: initiatedAt,
  });

it('a release that was killed is in the log as one that did not end; one that ended is there once', () => {
  const text = [
    line('started', '2026-01-01T10:00:00.000Z'),
    line('completed', '2026-01-01T10:00:00.000Z'),
    line('started', '2026-01-01T10:01:00.000Z', 'web'),
    line('started', '2026-01-01T10:05:00.000Z'),
    line('failed', '2026-01-01T10:05:00.000Z'),
    '{"phase":"api","opera',
  ].join('\n');
  expect(entriesOf(text).map(({ phase, status }) => `${phase} ${status}`)).toEqual(['api completed', 'web started', 'api failed']);
});
