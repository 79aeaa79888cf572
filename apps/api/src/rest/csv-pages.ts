import { inTurns } from '@assay/core';
import { stringify, type Options } from 'csv-stringify/sync';
import type { Request, Response } from 'express';
import { budgetKeyOf } from '../http/limits.ts';
import { places } from '../http/places.ts';

const exports = places({ each: 2, all: 32, sentence: 'You are exporting two files already. Wait until one of them is done.' });
/** Rows that are written in one piece. */
const ROWS = 100;

/**
 * Makes a file while the account has a place for it, until it is sent, or its receiver is gone.
 * @throws AppError RATE_LIMITED, BUSY
 */
export async function exporting<Piece extends string | Uint8Array>(
  req: Request,
  res: Response,
  make: () => AsyncGenerator<Piece> | Promise<AsyncGenerator<Piece>>,
): Promise<AsyncGenerator<Piece>> {
  await exports.hold(budgetKeyOf(req), res);
  return make();
}

/** Rows as CSV, page by page: never all in memory. The head comes with the first page, or alone. Other requests go on meanwhile. */
export async function* csvPages<Item>(
  columns: readonly string[],
  pages: AsyncIterable<Item[]>,
  rowOf: (item: Item) => (string | number)[],
  options: Options = {},
): AsyncGenerator<string> {
  let head = `\uFEFF${stringify([[...columns]], options)}`; // with the mark spreadsheets take the file for UTF-8
  const giveWay = inTurns();
  for await (const page of pages) {
    for (let i = 0; i < page.length; i += ROWS) {
      yield head + stringify(page.slice(i, i + ROWS).map(rowOf), options);
      head = '';
      await giveWay();
    }
  }
  if (head) yield head;
}
