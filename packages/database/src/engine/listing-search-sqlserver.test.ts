import { searchTerms } from '@assay/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { containsOf, findStatement } from './listing-search-sqlserver.ts';

it('search tokens are quoted for CONTAINS, the last one as a beginning', () => {
  expect(containsOf(searchTerms('Ash-glazed BOW'))).toBe('"ash glazed" AND "bow*"');
  expect(containsOf(searchTerms('bowl x'))).toBe('"bowl" AND "x"');
});

it('any typed text stays inside the quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (q) => {
      const contains = containsOf(searchTerms(q));
      if (contains !== '') expect(contains).toMatch(/^"[^"*]+\*?"( AND "[^"*]+")*( AND "[^"*]+\*?")?$/);
    }),
  );
});

it('with a full-text index listings come from it, without one from their folded texts; values are parameters in both', () => {
  const query = {
    terms: searchTerms("bowl o'"),
    category: 'ceramics',
    currency: 'EUR',
    priceMinE8: 5n,
    sort: 'relevance',
    limit: 25,
  } as const;
  const indexed = findStatement(query, true);
  expect(indexed.sql).toContain('CONTAINSTABLE(SellerListings, SearchText, ?) k JOIN SellerListings l ON l.Id = k.[KEY]');
  expect(indexed.values).toContain('"bowl" AND "o"');
  const folded = findStatement(query, false);
  expect(folded.sql).toContain('l.SearchText LIKE ? AND l.SearchText LIKE ?');
  expect(folded.values).toEqual(expect.arrayContaining(['% bowl %', '% o %', '% bowl %|%', 'ceramics/%', 5n]));
  for (const { sql } of [indexed, folded]) {
    expect(sql).not.toMatch(/bowl|ceramics\/%/);
    expect(sql).toMatch(/ORDER BY .* DESC,\s*l\.Id DESC\s+OFFSET 0 ROWS FETCH NEXT \? ROWS ONLY$/s);
  }
});
