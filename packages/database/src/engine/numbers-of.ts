/** Turns bigints into numbers: Prisma returns them for columns that it does not know, computed ones for instance. */
export function numbersOf<Row>(rows: Row[]): Row[] {
  for (const row of rows as Record<string, unknown>[]) {
    for (const column in row) if (typeof row[column] === 'bigint') row[column] = Number(row[column]);
  }
  return rows;
}
