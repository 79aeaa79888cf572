import autocannon from 'autocannon';

export const CONNECTIONS = 32;
const AIMS: Record<string, number> = {
  summary: 0.5,
  'summary, 100,000 ratings': 0.5,
  list: 0.4,
  submit: 0.17,
  edit: 0.17,
  'seller page': 0.6,
  'cache: seller page': 1.5,
  'cache: seller page, signed in': 1,
  'cache: storefront': 1.5,
  'cache: explanation': 1,
  'cache: seller': 1,
};

export interface Load {
  url: string;
  /** For each request, what makes it different from the one before. */
  next?: () => { method: 'POST' | 'PATCH'; path: string; body: string; headers?: Record<string, string> };
  headers?: Record<string, string>;
}
interface Figures {
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  failed: number;
}

export type Compared = Awaited<ReturnType<ReturnType<typeof comparing>>>;

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function measure({ url, next, headers }: Load, seconds: number): Promise<Figures> {
  const requests: autocannon.Request[] | undefined = next && [{ setupRequest: (request) => ({ ...request, ...next() }) }];
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    ...(headers ? { headers } : {}),
    ...(requests ? { requests } : {}),
  });
  const latency = result.latency as typeof result.latency & { p97_5: number };
  return {
    perSecond: result.requests.total / result.duration,
    p50Ms: latency.p50,
    p95Ms: latency.p97_5,
    failed: result.non2xx + result.errors + result.timeouts,
  };
}

/** Measures floor and product in turns, `count` times for `seconds` each; the median of the rounds counts. */
export function comparing(count: number, seconds: number, say: (text: string) => void) {
  return async (name: string, floor: Load, product: Load) => {
    const rounds: { floor: Figures; product: Figures; ratio: number }[] = [];
    for (let round = 0; round < count; round++) {
      const [a, b] = [await measure(floor, seconds), await measure(product, seconds)];
      rounds.push({ floor: a, product: b, ratio: b.perSecond / a.perSecond });
      say(
        `  ${name} ${round + 1}/${count}: floor ${a.perSecond.toFixed(0)}/s, product ${b.perSecond.toFixed(0)}/s, ratio ${(b.perSecond / a.perSecond).toFixed(2)}`,
      );
    }
    const middle = (side: 'floor' | 'product'): Figures => ({
      perSecond: median(rounds.map((round) => round[side].perSecond)),
      p50Ms: median(rounds.map((round) => round[side].p50Ms)),
      p95Ms: median(rounds.map((round) => round[side].p95Ms)),
      failed: rounds.reduce((sum, round) => sum + round[side].failed, 0),
    });
    return { name, floor: middle('floor'), product: middle('product'), ratio: median(rounds.map(({ ratio }) => ratio)), aim: AIMS[name]! };
  };
}
