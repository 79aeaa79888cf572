import { CategoryPath, CreateListingInput } from '@assay/contract';
import { expect, it } from 'vitest';
import { madeUpListings } from './made-up-listings.ts';

const plan = { listings: 500, sellers: 40, seed: 3 };

it('made-up listings are ones that could be listed', () => {
  for (const { line: _line, seller: _seller, at: _at, ...listing } of madeUpListings(plan)) {
    const parsed = CreateListingInput.safeParse(listing);
    expect(parsed.error?.issues, listing.title).toBeUndefined();
    expect(CategoryPath.safeParse(listing.category).success).toBe(true);
  }
});

it('the same plan makes the same ones, another seed others', () => {
  const all = [...madeUpListings(plan)];
  expect(all).toHaveLength(500);
  expect([...madeUpListings(plan)]).toEqual(all);
  expect([...madeUpListings({ ...plan, seed: 4 })].map(({ title }) => title)).not.toEqual(all.map(({ title }) => title));
  expect(new Set(all.map(({ seller }) => seller)).size).toBeGreaterThan(20);
});
