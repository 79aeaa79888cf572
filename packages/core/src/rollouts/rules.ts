import type { FlagName, GuardReading, ResponseFigures } from '@assay/contract';
import type { RolloutRow } from './ports.ts';

/** Below this many requests good cannot be distinguished from bad. */
export const JUDGED_FROM = 20;
/** A regression late in a long phase must not drown in what was good before. */
export const RECENT_MS = 5 * 60_000;
/** How long a phase waits for the scores to be verified, when everything else says that it may go on. */
const VERIFICATION_MS = 5 * 60_000;
const MINUTE_MS = 60_000;

/** Whose requests tell how a feature does: what the documents' metrics count as its endpoints; of other flags, everything. */
const ENDPOINTS: Partial<Record<FlagName, RegExp>> = {
  'seller-ratings': /\/ratings\b|\/insights\b|trpc (ratings|insights|sellers)\./,
  'seller-unified-api': /\/api\/marketplace\//,
};
export const isOfFeature = (flag: FlagName, endpoint: string): boolean => ENDPOINTS[flag]?.test(endpoint) ?? true;

/** What was measured of a rollout's feature. */
export interface Measured {
  /** Since the phase began. */
  phase: ResponseFigures;
  /** The last five minutes of it. */
  recent: ResponseFigures;
  /** The first comparison of all scores that ended in this phase, or the last one: null when there was none. */
  verification: { wrong: number; sellers: number } | null;
}

export type Verdict =
  | { kind: 'bad'; message: string }
  | { kind: 'wait' }
  /** The phase is over, but for the scores. */
  | { kind: 'verify' }
  | { kind: 'too-little'; message: string }
  | { kind: 'go-on' };

/** When the phase has lasted long enough. */
export const dueAt = ({ phaseStartedAt, waitMinutes }: Pick<RolloutRow, 'phaseStartedAt' | 'waitMinutes'>): Date =>
  new Date(phaseStartedAt.getTime() + waitMinutes * MINUTE_MS);

/** Each guard: what it found, and what is still good. */
export function readGuards(rollout: RolloutRow, { phase, recent, verification }: Measured): GuardReading[] {
  const { errorRatePercentMax, p95MaxMs } = rollout;
  const judged = [recent, phase].filter(({ requests }) => requests >= JUDGED_FROM);
  const failing = judged.find(({ errorRate }) => errorRate! * 100 > errorRatePercentMax);
  const slow = judged.find(({ p95Ms }) => p95Ms! > p95MaxMs);
  const known = judged.at(-1) ?? null;
  const state = (bad: unknown) => (bad ? 'bad' : known ? 'good' : 'unknown');
  const rate = failing ?? known;
  const speed = slow ?? known;
  const few = `only ${phase.requests} requests`;
  return [
    {
      guard: 'error-rate',
      state: state(failing),
      shown: rate ? `${(100 * rate.errorRate!).toFixed(1)} % of ${rate.requests.toLocaleString('en')} requests` : few,
      limit: `at most ${errorRatePercentMax} %`,
    },
    {
      guard: 'p95',
      state: state(slow),
      shown: speed ? `${Math.round(speed.p95Ms!)} ms` : few,
      limit: `at most ${p95MaxMs} ms`,
    },
    {
      guard: 'discrepancies',
      state: verification === null ? 'unknown' : verification.wrong > 0 ? 'bad' : 'good',
      shown:
        verification === null
          ? 'not verified in this phase'
          : `${verification.wrong} of ${verification.sellers.toLocaleString('en')} accounts`,
      limit: 'none',
    },
  ];
}

const NAMES = { 'error-rate': 'Error rate', p95: 'Response time (p95)', discrepancies: 'Scores that differ' } as const;

/**
 * Whether a rollout goes on. Bad is bad at any time; good counts only when the phase has lasted its time, has seen enough requests
 * and the scores were compared since it began: silence never promotes.
 */
export function judge(rollout: RolloutRow, measured: Measured, now: Date): Verdict {
  const bad = readGuards(rollout, measured).find(({ state }) => state === 'bad');
  if (bad) return { kind: 'bad', message: `${NAMES[bad.guard]}: ${bad.shown}, ${bad.limit}.` };
  const due = dueAt(rollout);
  if (now < due) return { kind: 'wait' };
  if (measured.phase.requests < rollout.requestsMin)
    return {
      kind: 'too-little',
      message: `This phase has seen ${measured.phase.requests} of the ${rollout.requestsMin} requests that it needs: too little to say that it is good.`,
    };
  if (measured.verification) return { kind: 'go-on' };
  return now.getTime() - due.getTime() < VERIFICATION_MS
    ? { kind: 'verify' }
    : { kind: 'too-little', message: 'The scores were not verified since this phase began.' };
}
