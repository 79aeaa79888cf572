import { figuresOf, type SuccessReport } from '@assay/contract';
import { requireOperator } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { figuresOfRequests } from './metrics.ts';

type Goal = SuccessReport['goals'][number];
const DAY_MS = 86_400_000;

/** The documents' goals after 30 and after 90 days. */
const AIMS = {
  30: { participation: 0.2, errorRate: 0.01 },
  90: { participation: 0.4, errorRate: 0.001 },
} as const;
const AVERAGE_AIM = 4;
const P95_AIM_MS = 500;
const RATED_SELLERS_AIM = 0.8;
const SATISFACTION_AIM = 4.5;

/** How far the documents' goals are met. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function getSuccessReport(ctx: Context, input: { days: 30 | 90 }): Promise<SuccessReport> {
  requireOperator(ctx.actor);
  const now = ctx.now();
  const from = new Date(now.getTime() - input.days * DAY_MS);
  const [facts, samples, last] = await Promise.all([
    ctx.repos.metrics.successFacts(from),
    ctx.repos.metrics.requests(from),
    ctx.repos.maintenance.lastVerification(),
  ]);
  const ratingEndpoints = figuresOfRequests(samples.filter(({ endpoint }) => /ratings/.test(endpoint)));
  const { total, average } = figuresOf(facts.ratings);
  const aims = AIMS[input.days];
  const goals: Goal[] = [
    share('participation', 'Buyers who rate', aims.participation, facts.buyersWhoRated, facts.buyers, 'buyers with a completed order'),
    {
      id: 'average',
      name: 'Average rating',
      aim: `at least ${AVERAGE_AIM.toFixed(1)}`,
      value: average,
      shown: average === null ? 'no ratings' : average.toFixed(2),
      basis: `${counted(total, 'rating')} given in these days`,
      met: average === null ? null : average >= AVERAGE_AIM,
    },
    errorGoal(ratingEndpoints, aims.errorRate),
    {
      id: 'p95',
      name: 'Response time of rating endpoints, p95',
      aim: `under ${P95_AIM_MS} ms`,
      value: ratingEndpoints.p95Ms,
      shown: ratingEndpoints.p95Ms === null ? 'not measured' : `${Math.round(ratingEndpoints.p95Ms)} ms`,
      basis: counted(ratingEndpoints.requests, 'request'),
      met: ratingEndpoints.p95Ms === null ? null : ratingEndpoints.p95Ms < P95_AIM_MS,
    },
    {
      id: 'inconsistencies',
      name: 'Scores that differ from their ratings',
      aim: 'none',
      value: last?.wrong ?? null,
      shown: last ? String(last.wrong) : 'not verified',
      basis: last ? `${counted(last.sellers, 'account')} compared` : 'no verification has run yet',
      met: last ? last.wrong === 0 : null,
    },
    share(
      'rated-sellers',
      'Active sellers with 3 ratings or more',
      RATED_SELLERS_AIM,
      facts.activeSellersRated,
      facts.activeSellers,
      'sellers with a completed order',
    ),
    satisfactionGoal(facts.feedback),
  ];
  return {
    at: now.toISOString(),
    days: input.days,
    from: from.toISOString(),
    goals,
    met: goals.filter(({ met }) => met === true).length,
    unknown: goals.filter(({ met }) => met === null).length,
  };
}

/** "1,232 accounts", "1 account" */
const counted = (value: number, one: string) => `${value.toLocaleString('en')} ${one}${value === 1 ? '' : 's'}`;

function share(id: Goal['id'], name: string, aim: number, part: number, whole: number, of: string): Goal {
  const value = whole === 0 ? null : part / whole;
  return {
    id,
    name,
    aim: `at least ${100 * aim} %`,
    value,
    shown: value === null ? 'none yet' : `${(100 * value).toFixed(1)} %`,
    basis: `${part.toLocaleString('en')} of ${whole.toLocaleString('en')} ${of}`,
    met: value === null ? null : value >= aim,
  };
}

function errorGoal({ errorRate, errors, requests }: ReturnType<typeof figuresOfRequests>, aim: number): Goal {
  return {
    id: 'error-rate',
    name: 'Error rate of rating endpoints',
    aim: `under ${100 * aim} %`,
    value: errorRate,
    shown: errorRate === null ? 'not measured' : `${(100 * errorRate).toFixed(2)} %`,
    basis: `${errors.toLocaleString('en')} of ${counted(requests, 'request')}`,
    met: errorRate === null ? null : errorRate < aim,
  };
}

function satisfactionGoal({ answers, sum }: { answers: number; sum: number }): Goal {
  const value = answers === 0 ? null : sum / answers;
  return {
    id: 'satisfaction',
    name: 'How easy rating is, as buyers say',
    aim: `at least ${SATISFACTION_AIM} of 5`,
    value,
    shown: value === null ? 'no answers yet' : `${value.toFixed(2)} of 5`,
    basis: `${counted(answers, 'answer')} to “How easy was it to rate?”`,
    met: value === null ? null : value >= SATISFACTION_AIM,
  };
}
