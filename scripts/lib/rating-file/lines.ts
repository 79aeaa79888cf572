import { createReadStream, openSync, readSync, closeSync } from 'node:fs';
import { utf16Mark } from '@assay/contract';

/** Characters of a line, and of a record of several lines. */
export const RECORD_MAX = 1_000_000;
const HEAD_BYTES = 65_536;

export interface Line {
  text: string;
  number: number;
  /** It is longer than {@link RECORD_MAX}: its text is not kept. */
  tooLong: boolean;
  /** Bytes of the file up to about here. */
  bytes: number;
}

export interface Encoding {
  /** A label of the WHATWG Encoding Standard. */
  name: string;
  /** How it is known: chosen by the caller, a mark or zero bytes at the start of the file, or the default. */
  by: 'option' | 'mark' | 'zeros' | 'default';
}

/** The encoding of a file: what its first bytes say for sure, else UTF-8. @param chosen the label that the caller names */
export function encodingOf(file: string, chosen?: string): Encoding {
  if (chosen !== undefined) return { name: chosen, by: 'option' };
  const head = headOf(file);
  const marked = utf16Mark(head);
  if (marked) return { name: marked, by: 'mark' };
  const zeros = [0, 1].map((offset) => countZeros(head, offset) / (head.length / 2 || 1));
  if (zeros[1]! > 0.4 && zeros[0]! < 0.05) return { name: 'utf-16le', by: 'zeros' };
  if (zeros[0]! > 0.4 && zeros[1]! < 0.05) return { name: 'utf-16be', by: 'zeros' };
  return { name: 'utf-8', by: 'default' };
}

const countZeros = (bytes: Uint8Array, offset: number) => bytes.filter((byte, i) => i % 2 === offset && byte === 0).length;

function headOf(file: string): Uint8Array {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return head.subarray(0, readSync(descriptor, head, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** The text of a file in pieces. A mark at its start is no part of it; bytes that are no text become U+FFFD. */
export async function* piecesOf(file: string, encoding: Encoding): AsyncGenerator<{ text: string; bytes: number }> {
  const decoder = new TextDecoder(encoding.name);
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    yield { text: decoder.decode(chunk, { stream: true }), bytes };
  }
  yield { text: decoder.decode(), bytes };
}

/** The lines of a file, some at a time. They end with LF or CR LF; where the file has no LF, with CR. */
export async function* linesOf(file: string, encoding: Encoding): AsyncGenerator<Line[]> {
  const end = new TextDecoder(encoding.name).decode(headOf(file)).includes('\n') ? '\n' : '\r';
  let rest = '';
  let tooLong = false;
  let number = 0;
  let bytes = 0;
  const lineOf = (text: string): Line => {
    const isLong = tooLong || text.length > RECORD_MAX;
    tooLong = false;
    return { text: isLong ? '' : text.replace(/\r+$/, ''), number: ++number, tooLong: isLong, bytes };
  };
  for await (const piece of piecesOf(file, encoding)) {
    bytes = piece.bytes;
    const parts = (rest + piece.text).split(end);
    rest = parts.pop()!;
    const lines = parts.map(lineOf);
    if (rest.length > RECORD_MAX) {
      tooLong = true;
      rest = '';
    }
    if (lines.length > 0) yield lines;
  }
  if (rest !== '' || tooLong) yield [lineOf(rest)];
}
