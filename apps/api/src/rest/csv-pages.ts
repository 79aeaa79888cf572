import { stringify, type Options } from 'csv-stringify/sync';

/** Rows as CSV, page by page: never all in memory. The head comes with the first page, or alone. */
export async function* csvPages<Item>(
  columns: readonly string[],
  pages: AsyncIterable<Item[]>,
  rowOf: (item: Item) => (string | number)[],
  options: Options = {},
): AsyncGenerator<string> {
  let head = `\uFEFF${stringify([[...columns]])}`; // with the mark spreadsheets take the file for UTF-8
  for await (const page of pages) {
    yield head + stringify(page.map(rowOf), options);
    head = '';
  }
  if (head) yield head;
}
