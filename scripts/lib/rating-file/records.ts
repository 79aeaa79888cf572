import { delimiterOfCells, likeliestDelimiter, separatorLine } from '@assay/core';
import { RECORD_MAX, type Line } from './lines.ts';

/** Cells of one record, or why it is none. */
export interface FileRecord {
  /** The line on which it begins, and the one on which it ends. */
  line: number;
  endLine: number;
  bytes: number;
  cells: string[];
  fault?: string;
  /** The lines behind the first one that a quoted cell took in. */
  takenIn?: Line[];
}

/**
 * The separator of a file, by its first line: what a "sep=;" says, else the one that makes the wanted number of cells, or the most.
 */
export function delimiterOf(firstLine: string, cellsWanted?: number): string {
  const said = separatorLine(firstLine);
  if (said) return said;
  const count = (delimiter: string) => splitLine(firstLine, delimiter)?.length ?? 0;
  const wanted = cellsWanted === undefined || cellsWanted === 1 ? undefined : delimiterOfCells(cellsWanted, count);
  return wanted ?? likeliestDelimiter(count);
}

/** The cells of a line; null where its quotes are not sound. */
function splitLine(text: string, delimiter: string): string[] | null {
  const scanner = new Scanner(delimiter);
  return scanner.take(text) === 'done' ? scanner.cells : null;
}

/**
 * Reads the cells of one record, line by line. A cell that begins with a quote ends with one; a quote inside an unquoted cell is
 * text, as spreadsheets write it.
 */
class Scanner {
  readonly cells: string[] = [];
  length = 0;
  private quoted: string | null = null;
  private readonly delimiter: string;

  constructor(delimiter: string) {
    this.delimiter = delimiter;
  }

  take(text: string): 'done' | 'open' | 'fault' {
    this.length += text.length + 1;
    let at = 0;
    for (;;) {
      if (this.quoted !== null || text[at] === '"') {
        const behind = this.takeQuoted(text, this.quoted === null ? at + 1 : at);
        if (behind === null) return 'open';
        const delimited = text.startsWith(this.delimiter, behind);
        if (!delimited && text.slice(behind).trim() !== '') return 'fault';
        if (!delimited) return 'done';
        at = behind + this.delimiter.length;
        continue;
      }
      const end = text.indexOf(this.delimiter, at);
      this.cells.push(text.slice(at, end < 0 ? undefined : end));
      if (end < 0) return 'done';
      at = end + this.delimiter.length;
    }
  }

  /** Returns the place behind the closing quote; null where the cell goes on in the next line. */
  private takeQuoted(text: string, from: number): number | null {
    let value = this.quoted ?? '';
    for (let at = from; ;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) {
        this.quoted = `${value}${text.slice(at)}\n`;
        return null;
      }
      value += text.slice(at, quote);
      if (text[quote + 1] !== '"') {
        this.cells.push(value);
        this.quoted = null;
        return quote + 1;
      }
      value += '"';
      at = quote + 2;
    }
  }
}

/**
 * The records of a file. A quote that is not closed, or closes inside its cell, costs the line on which it opens and no other: the
 * next line is read as a record again. No CSV library that goes on behind such a line keeps the lines that the quote took in.
 */
export async function* recordsOf(lines: AsyncIterable<Line[]>, delimiter: string): AsyncGenerator<FileRecord> {
  const source = lines[Symbol.asyncIterator]();
  let queue: Line[] = [];
  let next = 0;
  const take = async (): Promise<Line | null> => {
    while (next >= queue.length) {
      const { value, done } = await source.next();
      if (done) return null;
      queue = value;
      next = 0;
    }
    return queue[next++]!;
  };
  for (let first = await take(); first; first = await take()) {
    const scanner = new Scanner(delimiter);
    const behind: Line[] = [];
    let state = first.tooLong ? 'done' : scanner.take(first.text);
    while (state === 'open') {
      const more = scanner.length > RECORD_MAX ? null : await take();
      if (more) behind.push(more);
      state = !more || more.tooLong ? 'fault' : scanner.take(more.text);
    }
    const record = { line: first.number, bytes: first.bytes, cells: scanner.cells };
    // Programs that write tabs quote nothing.
    if (state === 'fault' && behind.length === 0 && delimiter === '\t')
      yield { ...record, endLine: first.number, cells: first.text.split(delimiter) };
    else if (state === 'fault') {
      queue = [...behind, ...queue.slice(next)];
      next = 0;
      yield { ...record, endLine: first.number, fault: 'a quote opens here and is not closed at the end of its cell' };
    } else if (first.tooLong) {
      yield { ...record, endLine: first.number, fault: `the line is longer than ${RECORD_MAX.toLocaleString('en')} characters` };
    } else yield { ...record, endLine: behind.at(-1)?.number ?? first.number, takenIn: behind };
  }
}
