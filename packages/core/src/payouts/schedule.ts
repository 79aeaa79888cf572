import type { PayoutInterval } from '@assay/contract';

/** The hour, in UTC, at which payouts are made: before European banks take in files. */
const HOUR = 5;
const MONDAY = 1;

/**
 * The first payout moment after a moment: every day, each Monday, or the first day of a month, at 05:00 UTC. It is the same for every
 * seller with the interval, so that one bank file holds them all.
 */
export function nextPayoutAt(interval: PayoutInterval, after: Date): Date {
  const [year, month, day] = [after.getUTCFullYear(), after.getUTCMonth(), after.getUTCDate()];
  const at = (offset: number) => new Date(Date.UTC(year, month, day + offset, HOUR));
  if (interval === 'monthly') {
    const first = new Date(Date.UTC(year, month, 1, HOUR));
    return first > after ? first : new Date(Date.UTC(year, month + 1, 1, HOUR));
  }
  const days = interval === 'daily' ? [0, 1] : Array.from({ length: 8 }, (_, offset) => offset);
  const fits = (date: Date) => date > after && (interval === 'daily' || date.getUTCDay() === MONDAY);
  return days.map(at).find(fits)!;
}
