import { isAboveZero, type BasketItemView, type BasketProblem, type Delivery } from '@assay/contract';
import { money } from '#lib/format.ts';

export const DELIVERY_LABELS: Record<Delivery, string> = { ship: 'Ship to my address', pickup: 'Pick it up' };

const PROBLEM_LABELS: Record<BasketProblem, string> = {
  'not-for-sale': 'No longer for sale.',
  reserved: 'Reserved. If it is not paid, it is available again.',
  'fewer-left': 'Fewer are left.',
  'store-closed': 'This store is closed right now.',
};

/** What is wrong with a listing in the basket; null where nothing is. */
export function problemLine({ problem, available }: Pick<BasketItemView, 'problem' | 'available'>): string | null {
  if (problem === 'fewer-left') return available === 1 ? 'Only one is left.' : `Only ${available} are left.`;
  return problem && PROBLEM_LABELS[problem];
}

/** The rule of shipping prices, as the checkout says it. */
export const PARCEL_RULE = 'Items from one seller go in one parcel: you pay the highest shipping price of them, once.';

/** "Free", or the price of shipping. */
export const shippingLine = (price: string, currency: string): string => (isAboveZero(price) ? money(price, currency) : 'Free');
