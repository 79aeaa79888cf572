import { describe, expect, it } from 'vitest';
import { filtersOf, isFiltered, queryOf, receivedHref } from './received.ts';

const of = (query: string) => filtersOf(new URLSearchParams(query));

describe('the choice of received ratings', () => {
  it.each(['', 'window=30', 'window=lifetime&stars=4&withComment=true&unanswered=true&q=glaze+%26+foot&cursor=abc'])(
    'goes into an address and out of it: %s',
    (query) => {
      expect(queryOf(of(query)).toString()).toBe(query);
    },
  );

  it.each(['window=7', 'stars=6', 'stars=', 'withComment=yes', 'q=%20'])('does without what makes no sense: %s', (query) => {
    expect(of(query)).toEqual(of(''));
    expect(isFiltered(of(query))).toBe(false);
  });

  it('is a filter only where it leaves ratings out', () => {
    expect(['stars=1', 'withComment=true', 'unanswered=true', 'q=a'].map((query) => isFiltered(of(query)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(isFiltered(of('window=30&cursor=abc'))).toBe(false);
  });

  it('has an address, also for the reply to one of them', () => {
    expect(receivedHref(of(''))).toBe('/seller/ratings#newest');
    expect(receivedHref(of('stars=4&cursor=abc'), { cursor: null })).toBe('/seller/ratings?stars=4#newest');
    expect(receivedHref(of('window=30'), { reply: 7 }, 'rating-7')).toBe('/seller/ratings?window=30&reply=7#rating-7');
  });
});
