import autocannon from 'autocannon';
import { median } from './timing.ts';

export const CONNECTIONS = 32;
const AIMS: Record<string, number> = {
  summary: 0.5,
  'summary, 100,000 ratings': 0.5,
  list: 0.4,
  submit: 0.17,
  edit: 0.17,
  'checkout to paid': 0.3,
  'seller page': 0.6,
  'cache: seller page': 1.5,
  'cache: signed in': 1,
  'cache: storefront': 1.5,
  'cache: explanation': 1,
  'cache: seller': 1,
};

export interface Load {
  url: string;
  /** Makes each request different from the one before. */
  next?: () => { method: 'POST' | 'PATCH'; path: string; body: string; headers?: Record<string, string> };
  /** Requests that belong together, one after the other; they count as one. */
  flow?: autocannon.Request[];
  headers?: Record<string, string>;
}
interface Figures {
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  failed: number;
}

export type Compare = ReturnType<typeof comparing>;
export type Compared = Awaited<ReturnType<Compare>>;

async function measure({ url, next, flow, headers }: Load, seconds: number): Promise<Figures> {
  const requests: autocannon.Request[] | undefined = flow ?? (next && [{ setupRequest: (request) => ({ ...request, ...next() }) }]);
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    ...(headers ? { headers } : {}),
    ...(requests ? { requests } : {}),
  });
  const latency = result.latency as typeof result.latency & { p97_5: number };
  return {
    perSecond: result.requests.total / (flow?.length ?? 1) / result.duration,
    p50Ms: latency.p50,
    p95Ms: latency.p97_5,
    failed: result.non2xx + result.errors + result.timeouts,
  };
}

/** The sides measured beside the floor: one process, and several under PM2; null for a side that is not selected. */
export interface Sides<T> {
  product: T | null;
  cluster: T | null;
}

/** Measures the floor and each side in turns, `count` times for `seconds` each; the median of the rounds counts. */
export function comparing(count: number, seconds: number, say: (text: string) => void) {
  return async (name: string, floor: Load, sides: Sides<Load>) => {
    const rounds: ({ floor: Figures } & Sides<Figures>)[] = [];
    for (let round = 0; round < count; round++) {
      const a = await measure(floor, seconds);
      const product = sides.product && (await measure(sides.product, seconds));
      const cluster = sides.cluster && (await measure(sides.cluster, seconds));
      rounds.push({ floor: a, product, cluster });
      const rates = Object.entries({ product, cluster }).flatMap(([side, b]) =>
        b ? [`${side} ${b.perSecond.toFixed(0)}/s, ratio ${(b.perSecond / a.perSecond).toFixed(2)}`] : [],
      );
      say(`  ${name} ${round + 1}/${count}: floor ${a.perSecond.toFixed(0)}/s, ${rates.join(', ')}`);
    }
    const middle = (figures: Figures[]): Figures => ({
      perSecond: median(figures.map(({ perSecond }) => perSecond)),
      p50Ms: median(figures.map(({ p50Ms }) => p50Ms)),
      p95Ms: median(figures.map(({ p95Ms }) => p95Ms)),
      failed: figures.reduce((sum, { failed }) => sum + failed, 0),
    });
    const side = (which: 'product' | 'cluster') => {
      const measured = rounds.filter((round) => round[which] !== null);
      if (measured.length === 0) return null;
      const ratio = median(measured.map((round) => round[which]!.perSecond / round.floor.perSecond));
      return { ...middle(measured.map((round) => round[which]!)), ratio };
    };
    return {
      name,
      floor: middle(rounds.map((round) => round.floor)),
      product: side('product'),
      cluster: side('cluster'),
      aim: AIMS[name]!,
    };
  };
}
