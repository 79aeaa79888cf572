import { AppError, inTurns, type StatementEntry } from '@assay/core';
import { SaxesParser } from 'saxes';
import { noteLeaf, transfersOf, type EntryFields, type StatementFields } from './statement-entry.ts';

/** A statement of a day with ten thousand transfers has half of it. */
export const STATEMENT_BYTES_MAX = 32 * 1024 * 1024;
const ENTRIES_MAX = 100_000;
const DEPTH_MAX = 40;
const TEXT_MAX = 140;
const SLICE_BYTES = 16 * 1024;
/** The element below Document of camt.053 and of camt.054. A report of the day (camt.052) is not final. */
const KINDS = new Set(['BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn']);

const refuse = (message: string) => new AppError('VALIDATION_FAILED', { fields: [{ field: 'file', message }] });
const noStatement = () => refuse('This is no bank statement: choose a file of the kind camt.053 or camt.054.');

/** See `BankFiles.readStatement`. The file is read in pieces; no entity but the five of XML is known, and a DOCTYPE is refused. */
export async function readStatement(file: Uint8Array): Promise<StatementEntry[]> {
  if (file.byteLength > STATEMENT_BYTES_MAX) throw refuse(`A bank statement has at most ${STATEMENT_BYTES_MAX / 1024 / 1024} MB.`);
  const text = new TextDecoder('utf-8', { fatal: true });
  const statement = statementParser();
  const giveWay = inTurns();
  for (let from = 0; from < file.byteLength; from += SLICE_BYTES) {
    const slice = file.subarray(from, from + SLICE_BYTES);
    statement.write(decoded(text, slice, from + SLICE_BYTES < file.byteLength));
    await giveWay();
  }
  return statement.end();
}

function decoded(text: InstanceType<typeof TextDecoder>, slice: Uint8Array, stream: boolean): string {
  try {
    return text.decode(slice, { stream });
  } catch {
    throw refuse('The file is not in UTF-8.');
  }
}

/** @throws AppError VALIDATION_FAILED from `write` and `end` */
function statementParser() {
  const entries: StatementEntry[] = [];
  const path: string[] = [];
  const parser = new SaxesParser({ xmlns: true, position: false });
  let entry: EntryFields | null = null;
  let transfer: StatementFields | null = null;
  let [text, currency, isStatement] = ['', '', false];
  parser.on('error', () => {
    throw noStatement();
  });
  parser.on('doctype', () => {
    throw noStatement();
  });
  parser.on('opentag', ({ local, attributes }) => {
    path.push(local);
    if (path.length > DEPTH_MAX || (path.length === 1 && local !== 'Document') || (path.length === 2 && !KINDS.has(local)))
      throw noStatement();
    isStatement ||= path.length === 2;
    if (local === 'Ntry') entry = { transfers: [] };
    if (local === 'TxDtls' && entry) entry.transfers.push((transfer = {}));
    [text, currency] = ['', attributes.Ccy?.value ?? ''];
  });
  parser.on('text', (piece) => {
    if (entry && text.length < TEXT_MAX) text += piece;
  });
  parser.on('closetag', ({ local }) => {
    const owner = transfer ? 'TxDtls' : 'Ntry';
    if (entry) noteLeaf(path.slice(path.lastIndexOf(owner)).join('/'), transfer ?? entry, text.trim().slice(0, TEXT_MAX), currency);
    path.pop();
    text = '';
    if (local === 'TxDtls') transfer = null;
    if (local !== 'Ntry' || !entry) return;
    entries.push(...transfersOf(entry));
    if (entries.length > ENTRIES_MAX) throw refuse(`A bank statement has at most ${ENTRIES_MAX.toLocaleString('en')} transfers.`);
    entry = null;
  });
  return {
    write: (piece: string) => void parser.write(piece),
    end(): StatementEntry[] {
      parser.close();
      if (!isStatement) throw noStatement();
      return entries;
    },
  };
}
