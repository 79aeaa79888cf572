import { DISPUTE_MOVES, DISPUTE_OUTCOMES, DISPUTE_STATUSES, type DisputeStatus } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import type { OrderTimes } from '../orders/ports.ts';
import { DECISIONS, DISPUTE_DEADLINES, DISPUTE_RULES, disputeDueAt, disputeMovesFor, resultInTime, takesEvidence } from './rules.ts';

const PARTIES = ['buyer', 'seller'] as const;
const outcomesOf = (status: DisputeStatus) =>
  status === 'decided' || status === 'appealed' || status === 'closed' ? DISPUTE_OUTCOMES : [null];

/** Everything that is legal, written down a second time. What is not here is not. */
const LEGAL = new Set([
  'opened: seller may refund',
  'opened: seller may offer',
  'opened: seller may contest',
  'opened: buyer may withdraw',
  'answered: buyer may accept',
  'answered: buyer may escalate',
  'answered: buyer may withdraw',
  'answered: seller may refund',
  'escalated: seller may refund',
  'escalated: buyer may withdraw',
  'decided none: buyer may appeal',
  'decided part: buyer may appeal',
  'decided part: seller may appeal',
  'decided full: seller may appeal',
]);

/** Each step that there is: what it takes, and who takes it. */
const EDGES: { from: DisputeStatus; to: DisputeStatus }[] = [
  ...Object.values(DISPUTE_RULES).flatMap(({ from, to }) => from.map((state) => ({ from: state, to }))),
  ...Object.entries(DECISIONS).map(([from, to]) => ({ from: from as DisputeStatus, to })),
  ...DISPUTE_STATUSES.flatMap((from) => (DISPUTE_DEADLINES[from] ? [{ from, to: 'closed' as const }] : [])),
];

describe('a dispute', () => {
  it.each(
    DISPUTE_STATUSES.flatMap((status) =>
      outcomesOf(status).flatMap((outcome) => PARTIES.map((party) => [status, outcome, party] as const)),
    ),
  )('that is %s (%s) lets its %s do what is legal and nothing else', (status, outcome, party) => {
    const state = status === 'decided' ? `${status} ${outcome}` : status;
    expect(disputeMovesFor(party, { status, outcome })).toEqual(
      DISPUTE_MOVES.filter((move) => LEGAL.has(`${state}: ${party} may ${move}`)),
    );
  });

  it('is decided by an admin when it was escalated, and once more after an appeal', () => {
    expect(DECISIONS).toEqual({ escalated: 'decided', appealed: 'closed' });
  });

  it('reaches every state from the first', () => {
    const reached = new Set<DisputeStatus>(['opened']);
    for (const status of reached) for (const { from, to } of EDGES) if (from === status) reached.add(to);
    expect([...reached].sort()).toEqual([...DISPUTE_STATUSES].sort());
  });

  it('ends by itself in each state, and comes to an end on every path', () => {
    for (const status of DISPUTE_STATUSES) expect(DISPUTE_DEADLINES[status] === null).toBe(status === 'closed');
    let longest = 0;
    const walk = (status: DisputeStatus, steps: number): void => {
      longest = Math.max(longest, steps);
      expect(steps).toBeLessThan(10); // no circle
      const next = EDGES.filter(({ from }) => from === status);
      if (next.length === 0) expect(status).toBe('closed');
      for (const { to } of next) walk(to, steps + 1);
    };
    walk('opened', 0);
    expect(longest).toBe(5);
  });

  it('gives each state the time of its own', () => {
    const times = { answerMs: 1, replyMs: 2, decisionMs: 3, appealMs: 4 } as OrderTimes;
    const states = ['opened', 'answered', 'escalated', 'decided', 'appealed'] as const;
    expect(states.map((status) => disputeDueAt(status, times, new Date(10)).getTime())).toEqual([11, 12, 13, 14, 13]);
  });

  it.each([
    ['opened', null, null, null, { outcome: 'full', amountE8: null }],
    ['answered', null, null, 5n, { outcome: 'part', amountE8: 5n }],
    ['answered', null, null, null, { outcome: 'none', amountE8: null }],
    ['escalated', null, null, 5n, { outcome: 'full', amountE8: null }],
    ['decided', 'none', null, 5n, { outcome: 'none', amountE8: null }],
    ['decided', 'part', 3n, 5n, { outcome: 'part', amountE8: 3n }],
    ['appealed', 'full', null, 5n, { outcome: 'full', amountE8: null }],
  ] as const)(
    'in which nothing more is done when it is %s (%s, %s; offered %s) ends so',
    (status, outcome, amountE8, offerE8, expected) => {
      expect(resultInTime({ status, outcome, amountE8, offerE8 })).toEqual(expected);
    },
  );

  it('takes evidence until it is closed', () => {
    expect(DISPUTE_STATUSES.filter(takesEvidence)).toEqual(DISPUTE_STATUSES.filter((status) => status !== 'closed'));
  });
});
