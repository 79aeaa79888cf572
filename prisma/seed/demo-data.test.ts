import {
  accentShades,
  CreateListingInput,
  FEATURED_MAX,
  figuresOf,
  RegisterInput,
  STARS,
  StoreInput,
  StoreSettingsInput,
  SubmitRatingInput,
} from '@assay/contract';
import { DEMO_EMAIL_DOMAIN, publicName } from '@assay/core';
import { describe, expect, it } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_SELLERS } from './demo-data.ts';
import { DEMO_STORES } from './demo-stores.ts';
import { COMMENTS, FIRST_NAMES, LAST_NAMES } from './demo-texts.ts';

// Seeds are inserted without the use cases, so these tests check that they follow the rules.
describe('the demo', () => {
  it.each(DEMO_SELLERS)('lists what $name could list', ({ name, bio, location, currency, shippingInfo, escrowEnabled, listings }) => {
    expect(StoreInput.parse({ fullName: name, bio, location })).toEqual({ fullName: name, bio, location });
    expect(listings.length).toBeGreaterThan(0);
    for (const listing of listings)
      expect(CreateListingInput.parse({ ...listing, currency, shippingInfo, escrowEnabled })).toEqual({
        metadata: [],
        quantity: 1,
        ...listing,
        currency,
        shippingInfo,
        escrowEnabled,
        images: [],
        publish: false,
      });
  });

  it.each(DEMO_STORES)('sets up the store of $name as its seller could', ({ name, featured, followers, ...settings }) => {
    expect(StoreSettingsInput.parse({ ...settings, version: 0 })).toEqual({ ...settings, version: 0 });
    expect(accentShades(settings.accent!)).not.toBeNull();
    const { listings, histogram } = DEMO_SELLERS.find((seller) => seller.name === name)!;
    expect(listings.map(({ title }) => title)).toEqual(expect.arrayContaining(featured));
    expect(featured.length).toBeLessThanOrEqual(FEATURED_MAX);
    expect(followers).toBeLessThan(STARS.reduce((sum, stars) => sum + histogram[stars], 0));
  });

  it('rates with comments that buyers could write, also two of them together', () => {
    for (const rating of STARS) {
      const { first, second } = COMMENTS[rating];
      for (const comment of [...first, ...second, ...first.flatMap((a) => second.map((b) => `${a} ${b}`))])
        expect(SubmitRatingInput.parse({ sellerId: 1, rating, comment })).toEqual({ sellerId: 1, rating, comment });
    }
  });

  it('shows a seller of every kind: with a score, new, and without a rating', () => {
    const figures = DEMO_SELLERS.map(({ histogram }) => figuresOf(histogram));
    expect(figures.filter(({ isNewSeller }) => !isNewSeller).length).toBeGreaterThanOrEqual(3);
    expect(figures.filter(({ isNewSeller, total }) => isNewSeller && total > 0).length).toBeGreaterThanOrEqual(1);
    expect(figures.filter(({ total }) => total === 0).length).toBeGreaterThanOrEqual(1);
    expect(new Set(DEMO_SELLERS.map(({ name }) => name)).size).toBe(DEMO_SELLERS.length);
  });

  it('has accounts that can sign in, in a reserved domain', () => {
    for (const { email, fullName } of DEMO_ACCOUNTS) {
      expect(RegisterInput.parse({ email, fullName, password: DEMO_PASSWORD })).toEqual({ email, fullName, password: DEMO_PASSWORD });
      expect(email.endsWith(DEMO_EMAIL_DOMAIN)).toBe(true);
    }
    expect(DEMO_EMAIL_DOMAIN).toMatch(/^@[\w.-]+\.example$/);
    expect(DEMO_SELLERS[0]?.name).toBe(DEMO_ACCOUNTS.find(({ role }) => role === 'seller')?.fullName);
  });

  it('has buyers whose names are shortened in public', () => {
    for (const first of FIRST_NAMES) for (const last of LAST_NAMES) expect(publicName(`${first} ${last}`)).toBe(`${first} ${last[0]}.`);
  });
});
