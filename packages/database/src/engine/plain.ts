/** Prisma gives whole numbers as bigints where it does not know the column, in computed columns for instance. */
export function plain<Row>(rows: Row[]): Row[] {
  for (const row of rows as Record<string, unknown>[]) {
    for (const column in row) if (typeof row[column] === 'bigint') row[column] = Number(row[column]);
  }
  return rows;
}
