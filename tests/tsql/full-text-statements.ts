import { LISTING_SEARCH_SORTS } from '@assay/contract';
import { searchTerms } from '@assay/core';
import { createRepositories, type Prisma, type Queryable } from '@assay/database';

/**
 * What the search of listings sends to a server that has the full-text component: Microsoft's own image and the look-alikes have
 * none, so that no run of the suites records it. Every sort, with every condition.
 */
export async function fullTextStatements(): Promise<string[]> {
  const sent: string[] = [];
  const read = (query: Prisma.Sql) => {
    sent.push(query.strings.reduce((text, next, i) => `${text}@P${i}${next}`));
    return Promise.resolve([{ n: 1, id: 1, sortedBy: '1' }]); // the index of words is there
  };
  const { listingSearch } = createRepositories({ engine: 'sqlserver', prisma: {}, read } as unknown as Queryable);
  const everything = { category: 'ceramics', currency: 'EUR', priceMinE8: 1n, priceMaxE8: 2n, escrow: true, sellerId: 1 } as const;
  const filter = { terms: searchTerms('ash glazed bow'), ...everything };
  for (const sort of LISTING_SEARCH_SORTS) await listingSearch.find({ ...filter, sort, limit: 25, after: { by: 1, id: 1 } });
  await listingSearch.count(filter, 100);
  await listingSearch.countIn(filter, ['ceramics', 'textiles'], 100);
  return sent;
}
