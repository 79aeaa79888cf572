import { COMMENT_MAX, cut, excerpt, text, type Stars } from '@assay/contract';
import { BadLine, QUOTED_MAX } from './bad-line.ts';
import { parsePersonId, parsePersonName } from './import-people.ts';
import { parseTime, type TimeRules } from './import-times.ts';

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
  words: (): Stars | null => null,
} as const;
export type Scale = keyof typeof SCALES;

export const IMPORT_COLUMNS = ['rater', 'seller', 'score', 'time', 'comment', 'name', 'title', 'state', 'parent'] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];
export const REQUIRED_COLUMNS: readonly ImportColumn[] = ['rater', 'seller', 'score', 'time'];
export type ImportedFields = Partial<Record<ImportColumn, string>>;

export interface ImportedRating {
  /** The line of the file on which it begins. */
  line: number;
  rater: string;
  /** What the rater is called, where that is not their id. */
  raterName?: string | undefined;
  seller: string;
  rating: Stars;
  comment: string | null;
  at: Date;
  /** What was changed of it. */
  note?: string | undefined;
}

export interface ReadRules extends TimeRules {
  scale: Scale;
  /** The seller of all ratings, in files of one store. */
  seller?: string | undefined;
  /** Turns comments that are HTML into text. */
  htmlToText?: ((html: string) => string) | undefined;
  /** The name of raters whose id is no name. */
  raterName?: string | undefined;
}

const WHOLE = /^([+-]?\d{1,6})(?:[.,]0{1,6})?$/;
const OF_FIVE = /^([1-5])(?:[.,]0{1,6})?(?: ?\/ ?5| out of 5)?(?: stars?)?$/i;
const STARS_DRAWN = /^(?=.{5}$)(★+)☆*$|^(★{1,5})$/u;
const WORDS: Record<string, Stars> = { positive: 5, neutral: 3, negative: 1 };
const PUBLISHED = /^(?:|published?|ok|approved?|accepted|active|visible|live|public|enabled|true|yes|1)$/i;
const Comment = text({ name: 'The comment', max: Number.MAX_SAFE_INTEGER, multiline: true });

/** Whether the line answers another one. */
export const isReply = ({ parent = '' }: ImportedFields): boolean => !/^0?$/.test(parent.trim());

/** Whether the line is a rating that was public where it comes from. */
export const wasPublished = (fields: ImportedFields): boolean => PUBLISHED.test(fields.state?.trim() ?? '') && !isReply(fields);

/**
 * One line of a file as a rating. @throws BadLine saying what is wrong with it
 * @param fields the line's fields by column
 */
export function parseImportedRating(line: number, fields: ImportedFields, rules: ReadRules): ImportedRating {
  const rater = parsePersonId(fields.rater?.trim() || fields.name, 'rater');
  const seller = rules.seller ?? parsePersonId(fields.seller, 'seller');
  if (rater === seller) throw new BadLine(`${rater} rates themselves`);
  const name = parsePersonName(fields.name?.trim() || rules.raterName || fields.rater);
  const { comment, note } = parseComment(fields, rules.htmlToText ?? String);
  return {
    line,
    rater,
    raterName: name === null || name === rater ? undefined : name,
    seller,
    rating: parseScore(fields.score, rules.scale),
    comment,
    at: parseTime(fields.time, rules),
    note,
  };
}

function parseScore(value: string | undefined, scale: Scale): Stars {
  const given = value?.trim() ?? '';
  const stars = starsOf(given, scale);
  if (stars !== null) return stars;
  if (given === '') throw new BadLine('the score is missing');
  throw new BadLine(
    `the score "${excerpt(given, QUOTED_MAX)}" is not ${scale === 'words' ? 'Positive, Neutral or Negative' : `a whole number on the scale ${scale}`}`,
  );
}

function starsOf(given: string, scale: Scale): Stars | null {
  if (scale === '-10..10') return wholeOn(given, scale);
  const word = /^(positive|neutral|negative)(?: (?:feedback|rating|feedback rating))?$/i.exec(given)?.[1];
  if (word) return WORDS[word.toLowerCase()]!;
  if (scale === 'words') return null;
  const drawn = STARS_DRAWN.exec(given);
  if (drawn) return (drawn[1] ?? drawn[2]!).length as Stars;
  return wholeOn(OF_FIVE.exec(given)?.[1] ?? given, scale);
}

function wholeOn(given: string, scale: Scale): Stars | null {
  const whole = WHOLE.exec(given)?.[1];
  return whole === undefined ? null : SCALES[scale](Number(whole));
}

/** Title and comment as one text, cut where it is longer than a comment may be. */
function parseComment(
  { title = '', comment = '' }: ImportedFields,
  toText: (html: string) => string,
): Pick<ImportedRating, 'comment' | 'note'> {
  const [head, body] = [title, comment].map((given) => toText(given).trim()) as [string, string];
  const whole = body.startsWith(head) ? body : [head, body].filter(Boolean).join('\n');
  if (whole === '') return { comment: null };
  if (whole.includes('\uFFFD')) throw new BadLine('the comment contains characters that are not text');
  const parsed = Comment.safeParse(whole);
  if (!parsed.success) throw new BadLine(lowerFirst(parsed.error.issues[0]?.message ?? 'the comment is not valid').replace(/\.$/, ''));
  if (parsed.data.length <= COMMENT_MAX) return { comment: parsed.data };
  const shown = parsed.data.length.toLocaleString('en');
  return {
    comment: cut(parsed.data, COMMENT_MAX),
    note: `the comment was cut to ${COMMENT_MAX.toLocaleString('en')} of ${shown} characters`,
  };
}

const lowerFirst = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
