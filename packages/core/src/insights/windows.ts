import {
  addTo,
  changeBetween,
  dayNumber,
  dayStart,
  EMPTY_HISTOGRAM,
  estimateOf,
  figuresOf,
  WINDOW_DAYS,
  type Histogram,
  type TrendPoint,
  type WindowName,
  type WindowView,
} from '@assay/contract';
import type { DayCounts } from './ports.ts';

/** The ratings of the days from `from` to `to`, both included. */
function sumOf(days: readonly DayCounts[], from: number, to: number): Histogram {
  return days.filter(({ day }) => day >= from && day <= to).reduce((sum, { histogram }) => addTo(sum, histogram), EMPTY_HISTOGRAM);
}

/** The rolling windows of a score as they are on the day of `now`, and the whole of it. */
export function windowsOf(days: readonly DayCounts[], lifetime: Histogram, now: Date): WindowView[] {
  const today = dayNumber(now);
  const rolling = WINDOW_DAYS.map((length): WindowView => {
    const first = today - length + 1;
    const before = sumOf(days, first - length, first - 1);
    const histogram = sumOf(days, first, today);
    return {
      ...viewOf(`${length}`, histogram),
      from: dayStart(first).toISOString(),
      change: changeBetween(histogram, before),
      averageBefore: figuresOf(before).average,
    };
  });
  return [...rolling, { ...viewOf('lifetime', lifetime), from: null, change: null, averageBefore: null }];
}

function viewOf(window: WindowName, histogram: Histogram) {
  const { total, average, positivePercent } = figuresOf(histogram);
  return { window, histogram, totalRatings: total, average, positivePercent, estimate: estimateOf(histogram) };
}

/** Most steps of a trend over a whole life before they become longer. */
const STEPS_MAX = 36;

/** A score's way through a window: five or six days a step in the short ones, calendar months and longer in the others. */
export function trendOf(days: readonly DayCounts[], window: WindowName, now: Date): TrendPoint[] {
  return stepsOf(days, window, dayNumber(now)).map(({ from, to }) => {
    const histogram = sumOf(days, from, to - 1);
    return {
      from: dayStart(from).toISOString(),
      to: dayStart(to).toISOString(),
      totalRatings: figuresOf(histogram).total,
      estimate: estimateOf(histogram),
    };
  });
}

interface Step {
  from: number;
  /** Exclusive. */
  to: number;
}

function stepsOf(days: readonly DayCounts[], window: WindowName, today: number): Step[] {
  if (window === '30' || window === '90') {
    const length = window === '30' ? 5 : 6;
    const first = today - Number(window) + 1;
    return Array.from({ length: Number(window) / length }, (_, i) => ({ from: first + i * length, to: first + (i + 1) * length }));
  }
  if (window === '365') return calendarSteps(today - 364, today, 1);
  const first = Math.min(days[0]?.day ?? today, today);
  return (
    ([1, 3, 12] as const).map((months) => calendarSteps(first, today, months)).find((steps) => steps.length <= STEPS_MAX) ??
    calendarSteps(first, today, 12)
  );
}

/** Calendar months (3: quarters, 12: years) from the day `first` to `today`; the first and the last one are cut to fit. */
function calendarSteps(first: number, today: number, months: 1 | 3 | 12): Step[] {
  const steps: Step[] = [];
  for (let from = first; from <= today;) {
    const at = dayStart(from);
    const next = dayNumber(new Date(Date.UTC(at.getUTCFullYear(), Math.floor(at.getUTCMonth() / months) * months + months, 1)));
    steps.push({ from, to: Math.min(next, today + 1) });
    from = next;
  }
  return steps;
}
