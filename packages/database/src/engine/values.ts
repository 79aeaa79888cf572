/** What the two engines' raw rows hold: SQLite dates as ISO text, SQL Server as Date. */
export type RawDate = string | Date;

export function toDate(value: RawDate): Date;
export function toDate(value: RawDate | null): Date | null;
export function toDate(value: RawDate | null): Date | null {
  return value === null || value instanceof Date ? value : new Date(value);
}
