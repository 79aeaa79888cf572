/** What may be between the cells of a line, the commonest first. */
const DELIMITERS = [',', ';', '\t', '|'];

/** The separator that makes the most cells of a line. @param count how many it makes */
export const likeliestDelimiter = (count: (delimiter: string) => number): string =>
  DELIMITERS.map((delimiter) => ({ delimiter, cells: count(delimiter) })).reduce((best, one) => (one.cells > best.cells ? one : best))
    .delimiter;

/** The first separator that makes so many cells of a line; undefined where none does. @param count how many it makes */
export const delimiterOfCells = (cells: number, count: (delimiter: string) => number): string | undefined =>
  DELIMITERS.find((delimiter) => count(delimiter) === cells);

/** What a first line such as "sep=;" says to spreadsheets; null for any other line. */
export const separatorLine = (line: string): string | null => /^"?sep=(.)"?[,;\t]*$/i.exec(line)?.[1] ?? null;

/** The name of a column as it is compared: "Review Created (UTC)" is "review_created_utc". */
export const foldColumn = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');

/** Columns that only one program writes; one list of them must be there as a whole. */
export type Signs = readonly (readonly string[])[];

/** Whether a file with these columns is one that a program writes. */
export function hasSigns(signs: Signs, columns: readonly string[]): boolean {
  const there = new Set(columns.map(foldColumn));
  return signs.some((sign) => sign.every((column) => there.has(column)));
}

/** The first of the programs that writes files with these columns; null where none does. */
export const writerOf = <Name extends string>(
  programs: Readonly<Record<Name, { signs: Signs }>>,
  columns: readonly string[],
): Name | null => (Object.keys(programs) as Name[]).find((name) => hasSigns(programs[name].signs, columns)) ?? null;
