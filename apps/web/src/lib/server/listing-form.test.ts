import type { OwnListing, ShippingInfo } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { ListingForm, listingValues } from './listing-form.ts';

const formOf = (values: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.append(name, value);
  return form;
};
const read = (values: Record<string, string>) => ListingForm.parse(formOf({ currency: 'EUR', ...values }));
const problems = (values: Record<string, string>) =>
  Object.fromEntries(
    (ListingForm.safeParse(formOf({ currency: 'EUR', ...values })).error?.issues ?? []).map(({ path, message }) => [
      path.join('.'),
      message,
    ]),
  );

const listing = (fields: Partial<OwnListing> = {}): OwnListing => ({
  id: 1,
  sellerId: 2,
  sellerName: 'Seller',
  title: 'Bowl',
  description: 'Two\nlines',
  price: '0.00000001',
  currency: 'BTC',
  category: 'ceramics/bowls',
  categoryName: 'Bowls',
  status: 'active',
  escrowEnabled: true,
  shippingInfo: null,
  metadata: [{ name: 'Material', value: 'Oak, “old”' }],
  quantity: 1,
  available: 1,
  image: null,
  version: 3,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  publishedAt: '2026-01-01T00:00:00.000Z',
  moves: [],
  deletable: false,
  ...fields,
});

const SHIPPING: ShippingInfo[] = [
  { shipsFrom: 'PT', handlingDays: { min: 1, max: 3 }, price: '6.50', destinations: ['PT', 'ES', 'CI'], pickup: true },
  { shipsFrom: 'PT', handlingDays: { min: 0, max: 0 }, price: 'free', destinations: 'worldwide', pickup: false },
  { shipsFrom: 'PT', handlingDays: { min: 2, max: 2 }, price: '6.50', destinations: ['PT'], pickup: false },
  { shipsFrom: 'PT', handlingDays: { min: 1, max: 1 }, price: 'free', destinations: [], pickup: true },
];

describe('a listing', () => {
  it.each([null, ...SHIPPING])('comes back from its form as it went in, with shipping %j', (shippingInfo) => {
    const { title, description, price, currency, category, escrowEnabled, metadata, quantity } = listing();
    expect(read(listingValues(listing({ shippingInfo }))).listing).toEqual({
      title,
      description,
      price,
      currency,
      category,
      escrowEnabled,
      metadata,
      quantity,
      shippingInfo,
    });
  });

  it('without a price has an empty field; one of zero that was typed is sent to be refused', () => {
    const draft = listing({ price: '0.00', currency: 'EUR', publishedAt: null, status: 'draft' });
    expect(listingValues(draft).price).toBe('');
    expect(read(listingValues(draft)).listing).toMatchObject({ price: null });
    expect(read({ ...listingValues(draft), price: '0' }).listing).toMatchObject({ price: '0' });
  });

  it('has the attributes that are filled in, wherever they stand; half of one is sent to be refused', () => {
    const rows = { 'attribute-2-name': 'Material', 'attribute-2-value': 'Oak', 'attribute-5-name': 'Height' };
    expect(read(rows).listing).toMatchObject({
      metadata: [
        { name: 'Material', value: 'Oak' },
        { name: 'Height', value: '' },
      ],
    });
  });

  it('has pictures by their numbers, a version, and says whether to publish it', () => {
    const form = formOf({ currency: 'EUR', version: '3', intent: 'publish' });
    for (const id of ['7', '8', 'x', '']) form.append('images', id);
    expect(ListingForm.parse(form)).toMatchObject({ images: [7, 8], version: 3, publish: true });
    expect(read({ intent: 'save' })).toMatchObject({ images: [], publish: false });
  });

  it('has a currency that there is', () => {
    expect(Object.keys(problems({ currency: 'XXX' }))).toEqual(['currency']);
  });
});

it('a country that is missing is asked for where the item is, together with everything else that is wrong', () => {
  expect(problems({ ships: 'on', shipsTo: 'worldwide', title: '', category: 'other', price: 'twelve' })).toEqual({
    'shippingInfo.shipsFrom': 'Choose a country.',
    title: expect.any(String) as string,
    price: 'Enter a price such as 12.50.',
  });
});

it('prices may be written with a comma', () => {
  expect(read({ price: '12,50', ships: 'on', shipsFrom: 'PT', shippingPrice: '6,5' }).listing).toMatchObject({
    price: '12.50',
    shippingInfo: { price: '6.5' },
  });
});

it('shipping names the country that does not exist, and days that are no number', () => {
  const typed = {
    title: 'Bowl',
    category: 'other',
    ships: 'on',
    shipsFrom: 'PT',
    shipsTo: 'listed',
    countries: 'Spain, Atlantis',
    handlingMin: '1',
    handlingMax: '2',
  };
  expect(problems(typed)).toEqual({ 'shippingInfo.destinations': 'There is no country called “Atlantis”.' });
  expect(problems({ ...typed, countries: 'Spain', handlingMax: 'soon' })).toHaveProperty('shippingInfo.handlingDays.max');
  expect(problems({ ...typed, countries: '' })).toHaveProperty('shippingInfo.destinations');
  expect(read({}).listing.shippingInfo).toBeNull();
});
