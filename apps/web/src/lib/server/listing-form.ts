import { ATTRIBUTES_MAX, CreateListingInput, Currency, decimalOf, type OwnListing, type ShippingInfo } from '@assay/contract';
import type { z } from 'zod';
import { isUnpriced } from '#lib/features/listings/price.ts';
import { countryName, readCountries, unknownCountry } from './countries.ts';
import { checkbox, formOf, ids, number, text, valueOf } from './form.ts';

const trimmed = text.transform((value) => value.trim());
const amount = text.transform(decimalOf);
/** Days; null where the field is empty, NaN where it holds no whole number, for the API to refuse. */
const days = trimmed.transform((value) => (/^\d{1,4}$/.test(value) ? Number(value) : value === '' ? null : NaN));

/** The fields of ShippingFields. */
export const SHIPPING_FIELDS = {
  ships: checkbox,
  pickup: checkbox,
  shipsFrom: text,
  shipsTo: text,
  countries: text,
  handlingMin: days,
  handlingMax: days,
  shippingPrice: amount,
};
type ShippingFields = { [Name in keyof typeof SHIPPING_FIELDS]: z.output<(typeof SHIPPING_FIELDS)[Name]> };

/** How a listing is shipped; null where it is neither shipped nor picked up. Unknown countries and days that are no number are issues. */
export function shippingOf(fields: ShippingFields, ctx: z.RefinementCtx): ShippingInfo | null {
  const { ships, pickup, shipsFrom, shipsTo, shippingPrice } = fields;
  if (!ships && !pickup) return null;
  const listed = shipsTo === 'listed' ? readCountries(fields.countries) : [shipsFrom];
  const unknown = ships ? (listed.length === 0 ? '' : unknownCountry(listed)) : undefined;
  const min = fields.handlingMin ?? 0;
  const max = fields.handlingMax ?? min;
  const issue = (path: string[], message: string) => ctx.addIssue({ code: 'custom', path: ['shippingInfo', ...path], message });
  if (unknown !== undefined && shipsTo === 'listed')
    issue(['destinations'], unknown ? `There is no country called “${unknown}”.` : 'Name at least one country.');
  else if (unknown !== undefined) issue(['shipsFrom'], 'Choose a country.');
  if (Number.isNaN(min) || Number.isNaN(max)) issue(['handlingDays', Number.isNaN(min) ? 'min' : 'max'], 'Enter days as whole numbers.');
  return {
    shipsFrom,
    handlingDays: { min, max },
    price: !ships || shippingPrice === '' || /^0+(\.0+)?$/.test(shippingPrice) ? 'free' : shippingPrice,
    destinations: !ships ? [] : shipsTo === 'worldwide' ? 'worldwide' : listed,
    pickup,
  };
}

const ROWS = Array.from({ length: ATTRIBUTES_MAX }, (_, i) => ({ name: `attribute-${i}-name`, value: `attribute-${i}-value` }));
const ATTRIBUTE_FIELDS: Record<string, typeof trimmed> = Object.fromEntries(
  ROWS.flatMap(({ name, value }) => [
    [name, trimmed],
    [value, trimmed],
  ]),
);

/** Names and values; rows without either are left out. */
const attributesOf = (fields: Record<string, unknown>) =>
  ROWS.map(({ name, value }) => ({ name: String(fields[name]), value: String(fields[value]) })).filter(
    ({ name, value }) => name !== '' || value !== '',
  );

/**
 * A ListingForm: the listing as the API takes it, without a price where the field is empty; the version that was edited; the uploads that
 * belong to it; whether to publish it.
 */
export const ListingForm = formOf({
  ...ATTRIBUTE_FIELDS,
  ...SHIPPING_FIELDS,
  title: text,
  description: text,
  price: amount,
  currency: valueOf(Currency),
  category: text,
  escrowEnabled: checkbox,
  quantity: trimmed.transform((value) => (value === '' ? undefined : /^\d{1,6}$/.test(value) ? Number(value) : NaN)),
  version: number,
  images: ids,
  intent: text,
}).transform((fields, ctx) => {
  const { title, description, price, currency, category, escrowEnabled, quantity, version, images, intent } = fields;
  const details = { title, description, price: price || null, currency, category, escrowEnabled, quantity };
  const listing = { ...details, shippingInfo: shippingOf(fields, ctx), metadata: attributesOf(fields) };
  if (ctx.issues.length > 0) addOtherIssues(listing, ctx);
  return {
    listing,
    version,
    images,
    publish: intent === 'publish',
  };
});

/** What the API would refuse besides: a form that comes back shows everything that is wrong with it. */
function addOtherIssues({ price, ...listing }: { price: string | null }, ctx: z.RefinementCtx): void {
  const { error } = CreateListingInput.safeParse({ ...listing, price: price ?? undefined });
  for (const { path, message } of error?.issues ?? [])
    if (path[0] !== 'shippingInfo') ctx.addIssue({ code: 'custom', path: [...path], message });
}

/** A listing as the fields of a ListingForm hold it. */
export function listingValues(listing: OwnListing): Record<string, string> {
  const { shippingInfo: info, metadata } = listing;
  return {
    version: String(listing.version),
    title: listing.title,
    description: listing.description ?? '',
    price: isUnpriced(listing) ? '' : listing.price,
    currency: listing.currency,
    category: listing.category,
    ...(listing.quantity > 0 ? { quantity: String(listing.quantity) } : {}),
    ...(listing.escrowEnabled ? { escrowEnabled: 'on' } : {}),
    ...Object.fromEntries(
      metadata.flatMap(({ name, value }, i) => [
        [`attribute-${i}-name`, name],
        [`attribute-${i}-value`, value],
      ]),
    ),
    ...(info ? shippingValues(info) : {}),
  };
}

function shippingValues({ shipsFrom, handlingDays, price, destinations, pickup }: ShippingInfo): Record<string, string> {
  const sent = destinations.length > 0; // "worldwide" too
  const home = destinations !== 'worldwide' && destinations.length === 1 && destinations[0] === shipsFrom;
  return {
    ...(sent ? { ships: 'on' } : {}),
    ...(pickup ? { pickup: 'on' } : {}),
    shipsFrom,
    handlingMin: String(handlingDays.min),
    handlingMax: String(handlingDays.max),
    shippingPrice: price === 'free' ? '' : price,
    shipsTo: destinations === 'worldwide' ? 'worldwide' : home || !sent ? 'home' : 'listed',
    countries: destinations === 'worldwide' || home ? '' : destinations.map(countryName).join(', '),
  };
}
