import { createHash, type Hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { utf16Mark } from '@assay/contract';
import { AppError, inTurns, likeliestDelimiter, separatorLine } from '@assay/core';
import { CsvError, parse, type Info } from 'csv-parse';

/** A line of a table; one with quoted line breaks begins at `line`, as an editor counts. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** Bytes that are read before others get their turn: a line of one character costs far more than its bytes. */
const SLICE_BYTES = 1024;
/** A listing with the longest texts has a fraction of this. */
const RECORD_BYTES_MAX = 256 * 1024;

export const refuseFile = (message: string) => new AppError('VALIDATION_FAILED', { fields: [{ field: 'file', message }] });

/**
 * The records of a file in UTF-8, with any number of cells each, and its SHA-256 without carriage returns. Other requests go on meanwhile.
 * @param recordsMax lines of all kinds, also empty ones and the names of the columns
 * @throws AppError VALIDATION_FAILED
 */
export async function readCsv(file: Uint8Array, recordsMax: number): Promise<{ records: CsvRecord[]; fingerprint: string }> {
  const bytes = asUtf8(file);
  const { delimiter, said } = delimiterOf(bytes);
  const hash = createHash('sha256');
  const records: CsvRecord[] = [];
  let line = 1;
  try {
    await pipeline(
      slices(bytes, hash),
      parse({
        bom: true,
        delimiter,
        info: true,
        relax_column_count: true,
        relax_quotes: delimiter === '\t', // programs that write tabs quote nothing
        max_record_size: RECORD_BYTES_MAX,
      }),
      async (parsed: AsyncIterable<{ record: string[]; info: Info }>) => {
        for await (const { record: cells, info } of parsed) {
          if (records.length === recordsMax)
            throw refuseFile(`A file has at most ${(recordsMax - 1).toLocaleString('en')} lines, empty ones included. Split it.`);
          if (line > 1 || !said) records.push({ line, cells });
          line = info.lines + 1;
        }
      },
    );
  } catch (error) {
    throw error instanceof CsvError ? refuseRecord(error) : error;
  }
  return { records, fingerprint: hash.digest('hex') };
}

/** Pieces of a file, hashed and checked on the way. @throws AppError VALIDATION_FAILED (not UTF-8) */
async function* slices(bytes: Uint8Array, hash: Hash): AsyncGenerator<Uint8Array> {
  const giveWay = inTurns();
  const text = new TextDecoder('utf-8', { fatal: true });
  for (let from = 0; from < bytes.byteLength; from += SLICE_BYTES) {
    const slice = bytes.subarray(from, from + SLICE_BYTES);
    hash.update(slice.filter((byte) => byte !== CR)); // a browser sends every line break as CR LF
    try {
      text.decode(slice, { stream: from + SLICE_BYTES < bytes.byteLength });
    } catch {
      throw refuseFile('The file is not in UTF-8. Save it as “CSV UTF-8”.');
    }
    yield slice;
    await giveWay();
  }
}

const CR = 13;

/** What a line "sep=;" says to spreadsheets, else what separates the most names in the first line. */
function delimiterOf(bytes: Uint8Array): { delimiter: string; said: boolean } {
  const [first = ''] = new TextDecoder().decode(bytes.subarray(0, 64 * 1024)).split(/[\r\n]/, 1);
  const said = separatorLine(first);
  return said === null
    ? { delimiter: likeliestDelimiter((delimiter) => first.split(delimiter).length), said: false }
    : { delimiter: said, said: true };
}

/** A file that begins with the mark of UTF-16, as spreadsheets save "Unicode text", in UTF-8; any other one as it is. */
function asUtf8(bytes: Uint8Array): Uint8Array {
  const encoding = utf16Mark(bytes);
  return encoding === null ? bytes : new TextEncoder().encode(new TextDecoder(encoding).decode(bytes));
}

function refuseRecord(error: CsvError): AppError {
  const line = Number(error.lines ?? 1);
  return refuseFile(
    error.code === 'CSV_MAX_RECORD_SIZE'
      ? `Line ${line} is longer than ${RECORD_BYTES_MAX / 1024} KB.`
      : `Line ${line} cannot be read: a quote is opened or closed where none belongs.`,
  );
}
