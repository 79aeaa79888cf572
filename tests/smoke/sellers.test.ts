import { describe, expect, it } from 'vitest';
import { get, getJson, hasRatings, someSellers, type Summary } from './address.ts';

const ratings = await hasRatings();
const sellers = await someSellers();

interface Store {
  aggregateRating?: { ratingValue: string; ratingCount: number };
}

/** The structured data of a seller's page. */
function storeIn(html: string): Store {
  const found = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, json]) => JSON.parse(json!) as Store);
  return found.find((each) => (each as { '@type'?: string })['@type'] === 'Store') ?? {};
}

/** What the badge of a page says to screen readers, with plain spaces. */
const badgeIn = (html: string) =>
  /data-testid="seller-badge">\s*<span class="sr-only">([^<]*)</.exec(html)?.[1]?.replace(/\s/g, ' ') ?? null;

/** The badge as the API's figures make it: a score is cut to tenths, and shown from three ratings on. */
function badgeOf({ badgeAverage, totalRatings, positivePercent }: Summary): RegExp {
  if (badgeAverage === null) return /^New Seller/;
  const counted = totalRatings.toLocaleString('en');
  return new RegExp(`^Rated ${badgeAverage.toFixed(1)} out of 5 from ${counted} ratings?, ${positivePercent} percent positive\\.`);
}

/** All sums follow from the histogram. */
function expectConsistent({ histogram: h, ...summary }: Summary): void {
  const total = h[1] + h[2] + h[3] + h[4] + h[5];
  const stars = h[1] + 2 * h[2] + 3 * h[3] + 4 * h[4] + 5 * h[5];
  expect(summary).toMatchObject({ totalRatings: total, positiveRatings: h[4] + h[5], isNewSeller: total < 3 });
  if (total < 3) expect(summary).toMatchObject({ sellerRating: null, badgeAverage: null });
  else expect(summary.badgeAverage).toBe(Math.floor((10 * stars) / total) / 10);
}

/** Reads until two reads of the summary agree, so that a rating that comes in meanwhile is no failure. */
async function whileUnchanged(id: number, check: (summary: Summary) => Promise<void>): Promise<void> {
  const read = () => getJson<Summary>(`/api/v1/ratings/seller/${id}/summary`);
  for (let attempt = 1; ; attempt++) {
    const before = await read();
    try {
      await check(before);
      return;
    } catch (error) {
      const after = await read();
      if (attempt === 3 || JSON.stringify(after) === JSON.stringify(before)) throw error;
    }
  }
}

describe.runIf(ratings && sellers.length > 0)('each of the first sellers', () => {
  const named = sellers.map(({ id, name }) => ({ id, name }));

  it.each(named)('$id, $name: the summary follows from its histogram', ({ id }) =>
    whileUnchanged(id, async (summary) => {
      expectConsistent(summary);
      const { summary: explained } = await getJson<{ summary: Summary }>(`/api/v1/ratings/seller/${id}/explanation`);
      expect(explained).toEqual(summary);
    }),
  );

  it.each(named)('$id, $name: page, badge and structured data say what the API says', ({ id }) =>
    whileUnchanged(id, async (summary) => {
      const { status, text } = await get(`/sellers/${id}`);
      expect(status).toBe(200);
      expect(badgeIn(text)).toMatch(badgeOf(summary));
      const { aggregateRating } = storeIn(text);
      if (summary.badgeAverage === null) expect(aggregateRating).toBeUndefined();
      else expect(aggregateRating).toMatchObject({ ratingValue: summary.badgeAverage.toFixed(1), ratingCount: summary.totalRatings });
    }),
  );

  it.each(named)('$id, $name: the ratings and the numbers behind the score are shown', async ({ id }) => {
    for (const path of [`/sellers/${id}`, `/sellers/${id}?sort=lowest`, `/sellers/${id}/score`]) expect((await get(path)).status).toBe(200);
  });

  it.each(named)('$id, $name: the addresses of the founding documents answer alike', ({ id }) =>
    whileUnchanged(id, async (summary) => {
      expect(await getJson(`/api/marketplace/seller/${id}/profile`)).toMatchObject({ sellerId: id, stats: { ratings: summary } });
      expect(await getJson(`/api/marketplace/seller/${id}/listings`)).toMatchObject({ items: expect.any(Array) as unknown[] });
    }),
  );
});

describe('sellers', () => {
  it('with ratings switched off no page has a badge; with ratings the list has the summaries', async () => {
    for (const { id, summary } of sellers) {
      if (ratings) expectConsistent(summary);
      else expect(badgeIn((await get(`/sellers/${id}`)).text)).toBeNull();
    }
  });

  it('one that does not exist is not found, by page and API', async () => {
    expect((await get('/sellers/2147483647')).status).toBe(404);
    expect((await get('/api/v1/sellers/2147483647')).status).toBe(404);
    expect((await get('/sellers/none')).status).toBe(404);
  });
});
