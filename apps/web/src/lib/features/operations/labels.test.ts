import type { AlertView, MaintenanceRunView, OperationsDashboard } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import {
  ago,
  clock,
  differences,
  duration,
  exactScore,
  headline,
  hour,
  millis,
  needsOf,
  paceOf,
  rate,
  usually,
  weekday,
} from './labels.ts';

const AT = '2026-11-22T09:14:22.000Z';
const histogram = (...counts: [number, number, number, number, number]) => ({
  1: counts[0],
  2: counts[1],
  3: counts[2],
  4: counts[3],
  5: counts[4],
});

it('shows times in UTC', () => {
  expect([hour(AT), clock(AT), weekday(AT)]).toEqual(['09:14', '09:14:22 UTC', 'Sun 22 Nov']);
});

it.each([
  ['2026-11-22T09:14:00.000Z', 'just now'],
  ['2026-11-22T09:00:00.000Z', '14 min ago'],
  ['2026-11-22T07:10:00.000Z', '2 h ago'],
  ['2026-11-20T09:15:00.000Z', '47 h ago'],
  ['2026-11-19T09:00:00.000Z', '3 days ago'],
])('%s is %s', (then, words) => {
  expect(ago(then, AT).replaceAll('\u00A0', ' ')).toBe(words);
});

it.each([
  [0.2, '1 s'],
  [138, '2 min 18 s'],
  [3900, '1 h 5 min'],
])('%f seconds are %s', (seconds, words) => {
  expect(duration(seconds).replaceAll('\u00A0', ' ')).toBe(words);
});

it('shows rates and times, and never rounds some to none', () => {
  const shown = [null, 0, 0.0001, 0.004, 0.05, 1].map((value) => rate(value).replaceAll('\u00A0', ' '));
  expect(shown).toEqual(['–', '0.0 %', '< 0.1 %', '0.4 %', '5.0 %', '100.0 %']);
  expect([null, 0.4, 1340.2].map((value) => millis(value).replaceAll('\u00A0', ' '))).toEqual(['–', '0 ms', '1,340 ms']);
});

it('says where two histograms differ', () => {
  expect(differences(histogram(0, 0, 0, 2, 5), histogram(0, 0, 0, 1, 6))).toEqual(['5 stars −1', '4 stars +1']);
  expect(differences(histogram(1, 0, 0, 0, 0), histogram(0, 0, 0, 0, 0))).toEqual(['1 star +1']);
  expect([exactScore(histogram(0, 0, 0, 1, 2)), exactScore(histogram(0, 0, 0, 0, 0))]).toEqual(['4.667 · 3 ratings', 'no ratings']);
});

const run = (changes: Partial<MaintenanceRunView>) =>
  ({ kind: 'verify', status: 'running', startedAt: '2026-11-22T09:12:22.000Z', total: 1284, done: 600, ...changes }) as MaintenanceRunView;

it('knows the pace of a run only while it runs', () => {
  expect(paceOf(run({}), AT)).toEqual({ perSecond: 5, left: '2\u00A0min 17\u00A0s' });
  expect([run({ status: 'paused' }), run({ done: 0 }), run({ startedAt: null })].map((one) => paceOf(one, AT))).toEqual([null, null, null]);
});

it.each([
  [0, 0],
  [0.4286, 0.4],
  [9.96, 10],
  [22.4, 22],
])('%f ratings an hour are usually said to be %f', (value, said) => {
  expect(usually(value)).toBe(said);
});

describe('what needs an operator', () => {
  const operations = (found: number, alerts: Partial<AlertView>[] = [], runs: Partial<MaintenanceRunView>[] = []) =>
    ({ discrepancies: { found: Array.from({ length: found }) }, alerts, runs }) as unknown as OperationsDashboard;

  it('is nothing on a good day', () => {
    const closed = [
      { kind: 'error-rate', status: 'closed' },
      { kind: 'rating-spike', status: 'acknowledged' },
    ] as const;
    expect(headline(needsOf(operations(0, [...closed], [{ kind: 'verify', status: 'done' }]), { reported: 0, appeals: 0 }))).toBe(
      'All clear.',
    );
  });

  it('is said once where an alert and a table say the same', () => {
    const alerts = [{ kind: 'discrepancies', status: 'open' }] as const;
    expect(headline(needsOf(operations(1, [...alerts]), null))).toBe('One thing needs you: one stored score differs from its recount.');
    expect(needsOf(operations(0, [...alerts]), null)).toEqual(['an alert about stored scores is open']);
  });

  it('is listed', () => {
    const alerts = [
      { kind: 'error-rate', status: 'open' },
      { kind: 'error-rate', status: 'open' },
    ] as const;
    expect(headline(needsOf(operations(2, [...alerts], [{ kind: 'recalculate', status: 'failed' }]), { reported: 1, appeals: 3 }))).toBe(
      'Five things need you: 2 stored scores differ from their recounts; too many requests fail; the last recalculation failed; ' +
        'one reported rating waits for a decision; 3 appeals wait for a decision.',
    );
  });
});
