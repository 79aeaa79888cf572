import { COMMENT_MAX, text, type Stars } from '@assay/contract';

/** How scores elsewhere become stars here. On the signed scale the sign survives: positive means 4 or 5 stars. */
export const SCALES = {
  '1..5': (score: number): Stars | null => (score >= 1 && score <= 5 ? (score as Stars) : null),
  '-10..10': (score: number): Stars | null => {
    if (score < -10 || score > 10) return null;
    if (score <= -4) return 1;
    if (score < 0) return 2;
    if (score === 0) return 3;
    return score <= 3 ? 4 : 5;
  },
} as const;
export type Scale = keyof typeof SCALES;

export const IMPORT_COLUMNS = ['rater', 'seller', 'score', 'time', 'comment'] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];
export const REQUIRED_COLUMNS: readonly ImportColumn[] = ['rater', 'seller', 'score', 'time'];

export interface ImportedRating {
  /** Of the file. */
  line: number;
  rater: string;
  seller: string;
  rating: Stars;
  comment: string | null;
  at: Date;
}

/** Why a line cannot be taken, in words. */
export class BadLine extends Error {
  override readonly name = 'BadLine';
}

const WHOLE = /^[+-]?\d{1,6}$/;
const EARLIEST = Date.UTC(1990, 0, 1);
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/;
const Comment = text({ name: 'The comment', max: COMMENT_MAX, multiline: true });

/**
 * One line of a file as a rating. @throws BadLine saying what is wrong with it
 * @param fields the line's fields by column
 */
export function parseImportedRating(line: number, fields: Partial<Record<ImportColumn, string>>, scale: Scale, now: Date): ImportedRating {
  const rater = parseId(fields.rater, 'rater');
  const seller = parseId(fields.seller, 'seller');
  if (rater === seller) throw new BadLine(`${rater} rates themselves`);
  return {
    line,
    rater,
    seller,
    rating: parseScore(fields.score, scale),
    comment: parseComment(fields.comment),
    at: parseTime(fields.time, now),
  };
}

function parseId(value: string | undefined, name: string): string {
  const id = value?.trim() ?? '';
  if (id === '') throw new BadLine(`the ${name} is missing`);
  if (id.length > 100) throw new BadLine(`the ${name} is longer than 100 characters`);
  if (CONTROL.test(id) || id.includes('\uFFFD')) throw new BadLine(`the ${name} contains characters that are not text`);
  return id;
}

function parseScore(value: string | undefined, scale: Scale): Stars {
  const given = value?.trim() ?? '';
  const stars = WHOLE.test(given) ? SCALES[scale](Number(given)) : null;
  if (stars === null)
    throw new BadLine(given === '' ? 'the score is missing' : `the score ${quoted(given)} is not a whole number on the scale ${scale}`);
  return stars;
}

/** Unix time in seconds (with a fraction) or milliseconds, or ISO 8601; without a zone it is UTC. */
function parseTime(value: string | undefined, now: Date): Date {
  const given = value?.trim() ?? '';
  if (given === '') throw new BadLine('the time is missing');
  const at = readTime(given);
  if (Number.isNaN(at)) throw new BadLine(`the time ${quoted(given)} is neither unix nor ISO time`);
  if (at < EARLIEST) throw new BadLine(`the time ${quoted(given)} is before 1990`);
  if (at > now.getTime()) throw new BadLine(`the time ${quoted(given)} is in the future`);
  return new Date(at);
}

function readTime(given: string): number {
  if (/^\d{9,11}(\.\d{1,9})?$/.test(given)) {
    const [seconds, fraction = ''] = given.split('.');
    return Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')); // in decimal: × 1000 in binary loses milliseconds
  }
  if (/^\d{12,14}$/.test(given)) return Number(given);
  const match = ISO.exec(given);
  if (!match) return NaN;
  const zoned = match[1] || !given.includes(':') ? given : `${given}Z`;
  const at = Date.parse(zoned.replace(' ', 'T'));
  const day = Date.parse(`${given.slice(0, 10)}T00:00:00Z`);
  // Date.parse takes 31 February for a day in March.
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(given.slice(0, 10)) ? at : NaN;
}

function parseComment(value: string | undefined): string | null {
  if (value === undefined || value.trim() === '') return null;
  const parsed = Comment.safeParse(value);
  if (!parsed.success) throw new BadLine(lowerFirst(parsed.error.issues[0]?.message ?? 'the comment is not valid').replace(/\.$/, ''));
  return parsed.data;
}

const lowerFirst = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
const quoted = (given: string) => `"${given.slice(0, 30)}${given.length > 30 ? '…' : ''}"`;
