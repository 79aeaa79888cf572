import { formatPriceE8, shownName, type Delivery, type QuoteInput, type QuoteView, type ShippingInfo } from '@assay/contract';
import { requireAddress, toAddressView } from '../addresses/addresses.ts';
import type { AddressRow } from '../addresses/ports.ts';
import { closedStores } from '../basket/basket.ts';
import { imagesOf } from '../images/views.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { ListingRow } from '../listings/ports.ts';
import { mayRead } from '../listings/rules.ts';
import { parcelPriceE8 } from '../orders/shipping.ts';
import { outOfStock } from '../orders/stock.ts';
import { AMOUNT_MAX_E8 } from '../orders/totals.ts';

/** What is ordered of one seller. */
export interface QuotedParcel {
  sellerId: number;
  items: { listing: ListingRow; quantity: number }[];
  deliveries: Delivery[];
  delivery: Delivery | null;
  priceE8: bigint;
  shippingE8: bigint;
  note: string | null;
  problems: string[];
}

export interface Quote {
  currency: string;
  parcels: QuotedParcel[];
  address: AddressRow | null;
}

/** Whether a listing is sent to a country; where no address is chosen yet, whether it is sent at all. */
const isSentTo = (info: ShippingInfo | null, country: string | null): boolean =>
  info === null ||
  info.destinations === 'worldwide' ||
  (country === null ? info.destinations.length > 0 : info.destinations.includes(country));

function stockProblem(listing: ListingRow, quantity: number): string | null {
  if (listing.status !== 'active') return `“${listing.title}” is not for sale any more.`;
  if (listing.quantity - listing.reserved >= quantity) return null;
  return `“${listing.title}”: ${outOfStock(listing).message}`;
}

function quoteParcel(
  sellerId: number,
  items: QuotedParcel['items'],
  choice: QuoteInput['choices'][number] | undefined,
  country: string | null,
): QuotedParcel {
  const infos = items.map(({ listing }) => listing.shippingInfo);
  const deliveries: Delivery[] = [];
  if (infos.every((info) => isSentTo(info, country))) deliveries.push('ship');
  if (infos.every((info) => info?.pickup)) deliveries.push('pickup');
  const delivery = choice?.delivery && deliveries.includes(choice.delivery) ? choice.delivery : (deliveries[0] ?? null);
  const problems = items.flatMap(({ listing, quantity }) => stockProblem(listing, quantity) ?? []);
  if (delivery === null)
    for (const { listing } of items)
      if (!isSentTo(listing.shippingInfo, country)) problems.push(`“${listing.title}” is not sent to this address.`);
  if (delivery === null && problems.length === 0)
    problems.push('One of these listings is sent, and another one is only picked up: order them one after the other.');
  const priceE8 = items.reduce((sum, { listing, quantity }) => sum + listing.priceE8 * BigInt(quantity), 0n);
  const shippingE8 = delivery === 'ship' ? parcelPriceE8(infos) : 0n;
  return { sellerId, items, deliveries, delivery, priceE8, shippingE8, note: choice?.note || null, problems };
}

/** What an order of these listings costs now, by seller. @throws AppError LISTING_NOT_FOUND, OWN_LISTING, ADDRESS_NOT_FOUND, VALIDATION_FAILED */
export async function quoteOf(ctx: Reads, buyerId: number, input: QuoteInput): Promise<Quote> {
  const rows = new Map((await ctx.repos.listings.findMany(input.items.map(({ listingId }) => listingId))).map((row) => [row.id, row]));
  const items = input.items.map(({ listingId, quantity }) => {
    const listing = rows.get(listingId);
    if (!listing || !mayRead(listing, ctx.actor)) throw new AppError('LISTING_NOT_FOUND');
    if (listing.sellerId === buyerId) throw new AppError('OWN_LISTING');
    return { listing, quantity };
  });
  const { currency } = items[0]!.listing;
  if (items.some(({ listing }) => listing.currency !== currency))
    throw new AppError('VALIDATION_FAILED', { message: 'One checkout is in one currency: order the other listings by themselves.' });
  const address = input.addressId === undefined ? null : await requireAddress(ctx, input.addressId, buyerId);
  const closed = await closedStores(
    ctx,
    items.map(({ listing }) => listing),
  );
  const choices = new Map(input.choices.map((choice) => [choice.sellerId, choice]));
  const parcels = [...Map.groupBy(items, ({ listing }) => listing.sellerId)].map(([sellerId, own]) => {
    const parcel = quoteParcel(sellerId, own, choices.get(sellerId), address?.country ?? null);
    if (closed.has(sellerId)) parcel.problems.push('This store is closed right now.');
    return parcel;
  });
  if (parcels.some(({ priceE8, shippingE8 }) => priceE8 + shippingE8 > AMOUNT_MAX_E8))
    throw new AppError('VALIDATION_FAILED', { message: 'The total of this order is larger than an amount can be.' });
  return { currency, parcels, address };
}

/** Whether something of it is shipped. */
export const isShipped = ({ parcels }: Quote): boolean => parcels.some(({ delivery }) => delivery === 'ship');

/** The prices of my order as they are now; nothing is reserved by it. @throws AppError UNAUTHENTICATED, and as {@link quoteOf} */
export async function getQuote(ctx: Context, input: QuoteInput): Promise<QuoteView> {
  const { id } = requireUser(ctx.actor);
  const quote = await quoteOf(ctx, id, input);
  const { currency, parcels, address } = quote;
  const images = await imagesOf(
    ctx,
    'listing',
    input.items.map(({ listingId }) => listingId),
  );
  const amount = (e8: bigint) => formatPriceE8(e8, currency);
  const sum = (of: (parcel: QuotedParcel) => bigint) => parcels.reduce((total, parcel) => total + of(parcel), 0n);
  const [price, shipping] = [sum(({ priceE8 }) => priceE8), sum(({ shippingE8 }) => shippingE8)];
  const addressNeeded = address === null && isShipped(quote);
  return {
    currency,
    parcels: parcels.map(({ sellerId, items, deliveries, delivery, priceE8, shippingE8, problems }) => ({
      sellerId,
      sellerName: shownName(items[0]!.listing.sellerName),
      items: items.map(({ listing, quantity }) => ({
        listingId: listing.id,
        title: listing.title,
        image: images.get(listing.id) ?? null,
        unitPrice: amount(listing.priceE8),
        quantity,
      })),
      deliveries,
      delivery,
      price: amount(priceE8),
      shipping: amount(shippingE8),
      total: amount(priceE8 + shippingE8),
      escrowEnabled: items.some(({ listing }) => listing.escrowEnabled),
      problems,
    })),
    price: amount(price),
    shipping: amount(shipping),
    total: amount(price + shipping),
    address: address && toAddressView(address),
    addressNeeded,
    ready: !addressNeeded && parcels.every(({ problems }) => problems.length === 0),
    testPayment: ctx.settings.testPayments,
    version: versionOf(quote),
  };
}

/** The amounts of a quote as one text: equal texts, equal amounts. */
export const versionOf = ({ currency, parcels, address }: Quote): string =>
  JSON.stringify([currency, address?.country ?? '', Object.fromEntries(parcels.flatMap((parcel) => amountsOf(parcel, currency)))]);

const amountsOf = ({ sellerId, items, delivery, shippingE8 }: QuotedParcel, currency: string): [string, string][] => [
  [`s${sellerId}`, delivery === 'ship' ? formatPriceE8(shippingE8, currency) : (delivery ?? 'not possible')],
  ...items.map(({ listing, quantity }): [string, string] => [
    `l${listing.id}`,
    `${quantity} × ${formatPriceE8(listing.priceE8, currency)}`,
  ]),
];

/** What has changed since the quote that the buyer saw, in sentences. */
export function changesSince(seen: string, quote: Quote): string[] {
  const before = amountsIn(seen);
  return quote.parcels.flatMap((parcel) =>
    amountsOf(parcel, quote.currency).flatMap(([key, now]) => {
      const then = before[key];
      if (typeof then !== 'string' || then === now) return [];
      const listing = parcel.items.find(({ listing: { id } }) => key === `l${id}`)?.listing;
      if (listing) return [`“${listing.title}” was ${then} and is now ${now}.`];
      return [`Shipping from ${shownName(parcel.items[0]!.listing.sellerName)} was ${then} and is now ${now}.`];
    }),
  );
}

function amountsIn(version: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(version);
    const amounts: unknown = Array.isArray(parsed) ? parsed[2] : null;
    return typeof amounts === 'object' && amounts !== null ? (amounts as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
