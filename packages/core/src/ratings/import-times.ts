import { excerpt } from '@assay/contract';
import { BadLine, QUOTED_MAX } from './bad-line.ts';

/** How a date of three numbers is written: 04/03/2024 is 4 March, or 3 April. */
export const DATE_ORDERS = ['dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export interface TimeRules {
  now: Date;
  /** The zone of times that name none: "+02:00" or "Europe/Lisbon". Without it they are UTC, and may be 14 hours ahead. */
  zone?: string | undefined;
  /** The order of dates with slashes or dashes, where the numbers do not decide. Null: such a date is refused. Default: mdy. */
  dates?: DateOrder | null | undefined;
}

interface ReadTime {
  at: number;
  zoned: boolean;
}

const EARLIEST = Date.UTC(1990, 0, 1);
/** The zone furthest ahead of UTC. */
const AHEAD_MS = 14 * 3_600_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Abbreviations of RFC 2822, and those of Europe, in hours. */
const ZONES: Record<string, number> = Object.fromEntries(
  Object.entries({
    0: 'Z UTC GMT',
    1: 'WEST BST CET',
    2: 'CEST EET',
    3: 'EEST',
    '-4': 'EDT',
    '-5': 'EST CDT',
    '-6': 'CST MDT',
    '-7': 'MST PDT',
    '-8': 'PST',
  }).flatMap(([hours, names]) => names.split(' ').map((name) => [name, Number(hours)])),
);
const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?(?: ?(?<half>[AaPp])\.?[Mm]\.?)?`;
const ZONE = String.raw`(?: ?(?<zone>${Object.keys(ZONES).join('|')}|[+-]\d{2}(?::?\d{2})?)(?: UTC| GMT| Z)?)?`;
const TIME = `(?:(?:,? at |,? )${CLOCK}${ZONE})?`;
const WEEKDAY = '(?:[A-Za-z]{3,9},? )?';
const MONTH = String.raw`(?<name>[A-Za-z]{3,9})\.?`;
const YEAR = String.raw`(?<year>\d{4}|\d{2})`;
const FORMS = {
  iso: new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:(?:T(?=\d{2})| )${CLOCK}${ZONE})?$`),
  yearFirst: new RegExp(String.raw`^(?<year>\d{4})(?<mark>[/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})${TIME}$`),
  numbers: new RegExp(String.raw`^(?<first>\d{1,2})(?<mark>[/.-])(?<second_>\d{1,2})\k<mark>${YEAR}${TIME}$`),
  monthFirst: new RegExp(String.raw`^${WEEKDAY}${MONTH}[ -](?<day>\d{1,2})(?:, ?|[ -])${YEAR}${TIME}$`),
  dayFirst: new RegExp(String.raw`^${WEEKDAY}(?<day>\d{1,2})[. -]{1,2}${MONTH}[ -]${YEAR}${TIME}$`),
};

/**
 * Unix time in seconds (with a fraction) or milliseconds, ISO 8601, or a date as the review programs write it.
 * @throws BadLine
 */
export function parseTime(value: string | undefined, rules: TimeRules): Date {
  const given = (value ?? '').replace(/\s+/g, ' ').trim();
  if (given === '') throw new BadLine('the time is missing');
  const read = readUnix(given) ?? readDate(given, rules);
  const quoted = `"${excerpt(given, QUOTED_MAX)}"`;
  if (!read || Number.isNaN(read.at)) throw new BadLine(`the time ${quoted} is neither unix nor ISO time`);
  const now = rules.now.getTime();
  const ahead = read.zoned || rules.zone !== undefined ? 0 : AHEAD_MS;
  if (read.at < EARLIEST) throw new BadLine(`the time ${quoted} is before 1990`);
  if (read.at > now + ahead) throw new BadLine(`the time ${quoted} is in the future`);
  return new Date(Math.min(read.at, now));
}

/** What a date of three numbers says about the order in its file; null where it may be both, or has another form. */
export function dateOrderOf(value: string | undefined): DateOrder | 'either' | null {
  const numbers = FORMS.numbers.exec((value ?? '').replace(/\s+/g, ' ').trim())?.groups;
  if (!numbers || numbers.mark === '.') return null;
  if (Number(numbers.first) > 12) return 'dmy';
  return Number(numbers.second_) > 12 ? 'mdy' : 'either';
}

function readUnix(given: string): ReadTime | null {
  if (/^\d{12,14}$/.test(given)) return { at: Number(given), zoned: true };
  if (!/^\d{9,11}(\.\d{1,9})?$/.test(given)) return null;
  const [seconds, fraction = ''] = given.split('.');
  // In decimal: × 1000 in binary loses milliseconds.
  return { at: Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')), zoned: true };
}

function readDate(given: string, rules: TimeRules): ReadTime | null {
  for (const form of Object.values(FORMS)) {
    const parts = form.exec(given)?.groups;
    if (parts) return momentOf(parts, rules);
  }
  return null;
}

function momentOf(parts: Record<string, string | undefined>, rules: TimeRules): ReadTime | null {
  const day = dayOf(parts, rules);
  if (!day) return null;
  const time = [hourOf(parts), Number(parts.minute ?? 0), Number(parts.second ?? 0)] as const;
  const milliseconds = Number((parts.fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const local = Date.UTC(day.year, day.month - 1, day.day, ...time, milliseconds);
  const calendar = [day.year, day.month, day.day, ...time].join();
  const zoned = parts.zone !== undefined;
  // Date.UTC takes 31 February for a day in March, and 25:00 for the next day.
  if (Number.isNaN(local) || calendarOf(local) !== calendar) return null;
  const offset = zoned ? offsetOf(parts.zone!) : offsetIn(rules.zone, local);
  return offset === undefined ? null : { at: local - offset * 60_000, zoned };
}

function calendarOf(at: number): string {
  const moment = new Date(at);
  const day = [moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate()];
  return [...day, moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds()].join();
}

function dayOf(parts: Record<string, string | undefined>, { dates = 'mdy' }: TimeRules) {
  const year = Number(parts.year!.length === 2 ? `20${parts.year}` : parts.year);
  if (parts.name !== undefined) {
    const month = MONTHS.indexOf(parts.name.slice(0, 3).toLowerCase()) + 1;
    return month === 0 ? null : { year, month, day: Number(parts.day) };
  }
  if (parts.first === undefined) return { year, month: Number(parts.month), day: Number(parts.day) };
  const [first, second] = [Number(parts.first), Number(parts.second_)];
  const order = parts.mark === '.' || first > 12 ? 'dmy' : second > 12 ? 'mdy' : dates;
  if (order === null) throw new BadLine(`the date ${first}/${second}/${year} may begin with the day or the month: --dates dmy or mdy`);
  return order === 'dmy' ? { year, month: second, day: first } : { year, month: first, day: second };
}

function hourOf({ hour, half }: Record<string, string | undefined>): number {
  const given = Number(hour ?? 0);
  if (half === undefined) return given;
  if (given < 1 || given > 12) return NaN;
  return (given % 12) + (/p/i.test(half) ? 12 : 0);
}

/** Minutes ahead of UTC of a zone that a time names; undefined where there is no such zone. */
function offsetOf(zone: string): number | undefined {
  const known = ZONES[zone];
  if (known !== undefined) return known * 60;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)!;
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Minutes that a zone is ahead of UTC when its clocks show a time. */
function offsetIn(zone: string | undefined, local: number): number {
  if (zone === undefined) return 0;
  if (/^[+-]/.test(zone)) return offsetOf(zone) ?? 0;
  const near = local - offsetAt(zone, local) * 60_000;
  return offsetAt(zone, near);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes that a zone of the IANA database is ahead of UTC at a moment. */
function offsetAt(timeZone: string, at: number): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 0 : (offsetOf(name.slice(3, 9)) ?? 0);
}
