import type { ListingMove, ListingStatus, ShippingInfo } from '@assay/contract';
import { counted, money } from '#lib/format.ts';

export const STATUS_LABELS: Record<ListingStatus, string> = {
  draft: 'Draft',
  active: 'For sale',
  paused: 'Paused',
  sold: 'Sold',
  archived: 'Archived',
};

/** What a button does. */
export const MOVE_LABELS: Record<ListingMove, string> = {
  publish: 'Publish',
  pause: 'Pause',
  resume: 'Resume',
  markSold: 'Mark as sold',
  relist: 'Relist',
  archive: 'Archive',
  restore: 'Restore',
};

/** What has been done. */
export const MOVED_LABELS: Record<ListingMove, string> = {
  publish: 'is for sale',
  pause: 'is paused',
  resume: 'is for sale again',
  markSold: 'is marked as sold',
  relist: 'is for sale again',
  archive: 'is archived',
  restore: 'is a draft again',
};

const days = ({ min, max }: ShippingInfo['handlingDays']): string =>
  max === 0 ? 'the same day' : min === max ? `in ${counted(max, 'day')}` : `in ${min}–${counted(max, 'day')}`;

const LISTED = new Intl.ListFormat('en', { type: 'conjunction' });

/** What buyers want to know of shipping: names and sentences. @param nameOf of a country, by its code */
export function shippingLines(info: ShippingInfo, currency: string, nameOf: (code: string) => string): { name: string; value: string }[] {
  const { shipsFrom, handlingDays, price, destinations, pickup } = info;
  const sent = destinations.length > 0; // "worldwide" too
  return [
    { name: sent ? 'Ships from' : 'Item location', value: nameOf(shipsFrom) },
    ...(sent
      ? [
          { name: 'Shipping price', value: price === 'free' ? 'Free' : money(price, currency) },
          { name: 'Ships to', value: destinations === 'worldwide' ? 'Worldwide' : LISTED.format(destinations.map(nameOf)) },
        ]
      : []),
    { name: 'Processing time', value: `${sent ? 'Ships' : 'Ready'} ${days(handlingDays)}` },
    { name: 'Local pickup', value: pickup ? 'Available' : 'No' },
  ];
}

/** "3 left", "Reserved"; null for a single unit that can be ordered. */
export const stockLine = ({ quantity, available }: { quantity: number; available: number }): string | null =>
  available === 0 ? 'Reserved' : quantity > 1 || available > 1 ? `${available} left` : null;
