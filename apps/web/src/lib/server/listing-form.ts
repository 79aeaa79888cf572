import { ATTRIBUTES_MAX, type Currency, type FieldError, type ListingAttribute, type OwnListing, type ShippingInfo } from '@assay/contract';
import { isUnpriced } from '#lib/features/listings/price.ts';
import { countryName, readCountries, unknownCountry } from './countries.ts';
import { textOf } from './form.ts';
import { idOf } from './guards.ts';

/** Days as they were typed: what is no whole number is left for the API to refuse. */
const daysOf = (text: string): number => (text.trim() === '' ? 0 : /^\d{1,4}$/.test(text.trim()) ? Number(text) : NaN);

/** How it is sent, of the fields of ShippingFields; null where it is neither sent nor picked up. What cannot be sent as it is is named by field. */
export function readShipping(form: FormData): { shippingInfo: ShippingInfo | null } | FieldError {
  const [ships, pickup] = [form.has('ships'), form.has('pickup')];
  if (!ships && !pickup) return { shippingInfo: null };
  const to = textOf(form, 'shipsTo');
  const listed = to === 'listed' ? readCountries(textOf(form, 'countries')) : [textOf(form, 'shipsFrom')];
  const unknown = unknownCountry(listed);
  if (ships && unknown !== undefined)
    return { field: 'shippingInfo.destinations', message: unknown ? `We know no country called “${unknown}”.` : 'Choose a country.' };
  const [min, max] = [daysOf(textOf(form, 'handlingMin')), daysOf(textOf(form, 'handlingMax') || textOf(form, 'handlingMin'))];
  if (Number.isNaN(min) || Number.isNaN(max)) return { field: 'shippingInfo.handlingDays.max', message: 'Days are whole numbers.' };
  const price = textOf(form, 'shippingPrice').trim();
  return {
    shippingInfo: {
      shipsFrom: textOf(form, 'shipsFrom'),
      handlingDays: { min, max },
      price: !ships || price === '' || /^0+(\.0+)?$/.test(price) ? 'free' : price,
      destinations: !ships ? [] : to === 'worldwide' ? 'worldwide' : listed,
      pickup,
    },
  };
}

/** Names and values; rows without either are not there. */
function readAttributes(form: FormData): ListingAttribute[] {
  return Array.from({ length: ATTRIBUTES_MAX }, (_, i) => ({
    name: textOf(form, `attribute-${i}-name`).trim(),
    value: textOf(form, `attribute-${i}-value`).trim(),
  })).filter(({ name, value }) => name !== '' || value !== '');
}

/** A ListingForm as the API wants it. A price that is left empty is none. */
export function readListing(form: FormData) {
  const shipping = readShipping(form);
  if ('field' in shipping) return shipping;
  return {
    title: textOf(form, 'title'),
    description: textOf(form, 'description'),
    price: textOf(form, 'price').trim() || null,
    currency: textOf(form, 'currency') as Currency,
    category: textOf(form, 'category'),
    escrowEnabled: form.has('escrowEnabled'),
    metadata: readAttributes(form),
    ...shipping,
  };
}

/** Uploads that were sent before the listing was. */
export const readImages = (form: FormData): number[] => form.getAll('images').flatMap((id) => idOf(id) ?? []);

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
