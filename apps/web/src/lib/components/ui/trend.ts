import type { TrendPoint } from '@assay/contract';
import { day, dayOfYear, month } from '#lib/format.ts';

const DAY_MS = 86_400_000;
const SHORT_MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const SHORT_MONTH_YEAR = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

type Stretch = Pick<TrendPoint, 'from' | 'to'>;
type Calendar = 'month' | 'quarter' | 'year';

const MONTHS_OF: Record<Calendar, number> = { month: 1, quarter: 3, year: 12 };
const CALENDAR = Object.keys(MONTHS_OF) as Calendar[];

const daysOf = ({ from, to }: Stretch) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
const monthNumber = (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth();
const lastDayOf = ({ to }: Stretch) => new Date(Date.parse(to) - 1);

/** Is it the calendar's own step? The first and the last one may be cut, because a window begins and ends on any day. */
function isCalendar(points: readonly Stretch[], unit: Calendar): boolean {
  const months = MONTHS_OF[unit];
  const within = (stretch: Stretch) =>
    Math.floor(monthNumber(new Date(stretch.from)) / months) === Math.floor(monthNumber(lastDayOf(stretch)) / months);
  const begins = ({ from }: Stretch) => new Date(from).getUTCDate() === 1 && monthNumber(new Date(from)) % months === 0;
  return points.length > 1 && points.every(within) && points.slice(1).every(begins);
}

/** What one step of a trend is: "month", "quarter", "year", "day", "week" or "5 days". */
export function stepName(points: readonly Stretch[]): string {
  const unit = CALENDAR.find((name) => isCalendar(points, name));
  if (unit) return unit;
  const first = points[0];
  const days = first ? daysOf(first) : 1;
  return { 1: 'day', 7: 'week' }[days] ?? `${days} days`;
}

/** A step's whole name, for tables: "November 2026", "22 Nov 2026" or "16 Nov 2026 – 22 Nov 2026". */
export function stretchName(stretch: Stretch): string {
  const last = lastDayOf(stretch);
  const isMonth = new Date(stretch.from).getUTCDate() === 1 && new Date(stretch.to).getUTCDate() === 1 && daysOf(stretch) <= 31;
  if (isMonth) return month(stretch.from);
  return daysOf(stretch) <= 1 ? day(stretch.from) : `${day(stretch.from)} – ${day(last.toISOString())}`;
}

/** The names below the axis: the first and the last step, and a few between them at equal distances. */
export function axisNames(points: readonly Stretch[]): { index: number; text: string }[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const step = stepName(points);
  const isLong = Date.parse(last.to) - Date.parse(first.from) > 400 * DAY_MS;
  const isByMonth = step === 'month' && !isLong;
  const name = ({ from }: Stretch) => {
    if (step === 'year') return from.slice(0, 4);
    if (isByMonth) return SHORT_MONTH.format(new Date(from));
    return isLong ? SHORT_MONTH_YEAR.format(new Date(from)) : dayOfYear(from);
  };
  const usual = isByMonth ? 4 : 3;
  const even = [usual, ...(isLong ? [] : [5, 4]), 2].find((count) => count < points.length && (points.length - 1) % count === 0);
  const gaps = even ?? Math.min(usual, points.length - 1);
  const indexes = gaps === 0 ? [0] : Array.from({ length: gaps + 1 }, (_, i) => Math.round((i * (points.length - 1)) / gaps));
  return indexes.map((index) => ({ index, text: name(points[index] ?? first) }));
}

/** The lowest line of the chart and the distance of its lines, in stars: as close as the interval allows. */
export function scaleFor(lowest: number): { bottom: number; step: number } {
  const half = Math.max(1, Math.floor(lowest * 2) / 2);
  return 5 - half <= 2 ? { bottom: Math.min(half, 4.5), step: 0.5 } : { bottom: Math.max(1, Math.floor(lowest)), step: 1 };
}

/**
 * Where the last value stands beside a line that ends there: below or above the last third of the line, whichever is nearer and has
 * room, so that it covers none of it. Heights are in per cent from the top.
 */
export function tagPlace(heights: readonly number[]): { height: number; below: boolean } {
  const end = heights.at(-1) ?? 0;
  const near = heights.slice(-Math.ceil(heights.length / 3) - 1);
  const [lowest, highest] = [Math.max(...near), Math.min(...near)];
  const below = lowest <= 80 && (highest < 20 || lowest - end <= end - highest);
  return below || highest < 20 ? { height: lowest, below: true } : { height: highest, below: false };
}

/** The runs of steps that have ratings: a line goes through them and not across a gap. */
export function runsOf<T extends { estimate: unknown }>(points: readonly T[]): { index: number; point: T }[][] {
  const runs: { index: number; point: T }[][] = [];
  for (const [index, point] of points.entries()) {
    if (!point.estimate) continue;
    const run = runs.at(-1);
    if (run?.at(-1)?.index === index - 1) run.push({ index, point });
    else runs.push([{ index, point }]);
  }
  return runs;
}
