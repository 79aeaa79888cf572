import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DATE_ORDERS, IMPORT_COLUMNS, RATING_FORMATS, SCALES, type DateOrder, type RatingFormatName, type Scale } from '@assay/core';
import { WrongCall } from '../command.ts';
import { parseColumns, type ChosenColumns } from './columns.ts';

export const HELP = `npm run ratings:import -- FILE [options]

Imports ratings from elsewhere: CSV (commas, semicolons or tabs) or JSON. They count, and are always shown as "Imported".

  --format NAME       the program that wrote the file: ${Object.keys(RATING_FORMATS).join(', ')};
                      auto (the default) finds it by the names of the columns
  --seller EMAIL      whose ratings they are: an account here, for files of one store
  --sellers-map FILE  CSV of two columns, seller and e-mail: sellers of the file that have an account here
  --columns …         the columns, in the order of the file: rater,seller,score,time,comment ("-" skips one);
                      or by their names in its first line: rater="Review Username",score="Review Stars"
                      Columns are ${IMPORT_COLUMNS.join(', ')}.
  --scale=SCALE       1..5 (the default; takes Positive, Neutral and Negative, too); words (only these);
                      or -10..10: -10..-4 is 1 star, -3..-1 is 2, 0 is 3, 1..3 is 4, 4..10 is 5
  --dates ORDER       how 04/03/2024 is meant, where no line of the file decides it: dmy or mdy
  --zone ZONE         the zone of times that name none: +02:00 or Europe/Lisbon (default: UTC)
  --encoding NAME     windows-1252, shift_jis …, where the file is neither UTF-8 nor UTF-16
  --source NAME       the other marketplace; the same name means the same accounts (default: the format, or import)
  --dry-run           check every line, show five ratings as they would be stored, write nothing
  --json              the result as JSON on standard output
  --help

Times are unix (seconds or milliseconds), ISO 8601, or dates as review programs write them; without a zone they may be up to
14 hours ahead. Of ratings of one rater for one seller the newest counts. Ratings that were not published are left out, comments
that are too long are cut. Invalid lines are skipped and reported with number and reason. An interrupted import resumes when it
is called again.
Exit codes: 0 every line was imported, 1 some were not (or it failed), 2 wrong call.`;

export interface Options {
  file: string;
  /** null: by the first line. */
  columns: ChosenColumns | null;
  /** null: it is detected. */
  format: RatingFormatName | null;
  scale: Scale;
  /** null: the name of the format. */
  source: string | null;
  seller: string | null;
  sellersMap: string | null;
  dates: DateOrder | undefined;
  zone: string | undefined;
  encoding: string | undefined;
  dryRun: boolean;
  json: boolean;
  /** What was given of the options that a file did not have before, for its fingerprint. */
  chosen: Record<string, string>;
}

const CHOSEN = ['format', 'seller', 'sellers-map', 'dates', 'zone', 'encoding'] as const;

/** @param args what follows the command's name @returns null where help is asked for. @throws WrongCall */
export function readOptions(args: string[]): Options | null {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      seller: { type: 'string' },
      'sellers-map': { type: 'string' },
      columns: { type: 'string' },
      dates: { type: 'string' },
      zone: { type: 'string' },
      encoding: { type: 'string' },
      source: { type: 'string' },
      scale: { type: 'string', default: '1..5' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new WrongCall('Name one file.');
  for (const name of [file, values['sellers-map']])
    if (name !== undefined && !statSync(name, { throwIfNoEntry: false })?.isFile()) throw new WrongCall(`There is no file ${name}.`);
  if (!Object.hasOwn(SCALES, values.scale)) throw new WrongCall(`The scale is one of ${Object.keys(SCALES).join(' or ')}.`);
  if (values.source !== undefined && !/^[\w.-]{1,60}$/.test(values.source))
    throw new WrongCall('A source is 1 to 60 letters, digits, points, dashes or underscores.');
  const chosen = Object.fromEntries(CHOSEN.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
  return {
    file,
    columns: values.columns === undefined ? null : parseColumns(values.columns, values.seller !== undefined),
    format: readFormat(values.format),
    scale: values.scale as Scale,
    source: values.source ?? null,
    seller: values.seller?.trim().toLowerCase() ?? null,
    sellersMap: values['sellers-map'] ?? null,
    dates: readDates(values.dates),
    zone: readZone(values.zone),
    encoding: readEncoding(values.encoding),
    dryRun: values['dry-run'],
    json: values.json,
    chosen,
  };
}

function readFormat(format = 'auto'): RatingFormatName | null {
  if (format === 'auto') return null;
  if (Object.hasOwn(RATING_FORMATS, format)) return format as RatingFormatName;
  throw new WrongCall(`The format is auto, ${Object.keys(RATING_FORMATS).join(', ')}.`);
}

function readDates(order?: string): DateOrder | undefined {
  const found = DATE_ORDERS.find((known) => known === order);
  if (order !== undefined && !found) throw new WrongCall(`The order of dates is ${DATE_ORDERS.join(' or ')}.`);
  return found;
}

function readZone(zone?: string): string | undefined {
  if (zone === undefined || /^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(zone)) return zone;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new WrongCall(`There is no zone ${zone}: it is an offset such as +02:00, or a name such as Europe/Lisbon.`);
  }
}

function readEncoding(encoding?: string): string | undefined {
  if (encoding === undefined) return undefined;
  try {
    return new TextDecoder(encoding).encoding;
  } catch {
    throw new WrongCall(`There is no encoding ${encoding}: it is a name such as windows-1252, iso-8859-2 or shift_jis.`);
  }
}
