import type { ErrorCode } from '@assay/contract';
import { AppError } from '@assay/core';

/** What both engines' errors mean, decoded in one place. */
interface PrismaError {
  code?: string;
  meta?: { driverAdapterError?: { cause?: DriverCause } };
  cause?: DriverCause;
}
interface DriverCause {
  kind?: string;
  code?: number | string;
  originalCode?: string | number;
  originalMessage?: string;
  message?: string;
}

const causeOf = (error: unknown): DriverCause => {
  const { meta, cause } = (error ?? {}) as PrismaError;
  return meta?.driverAdapterError?.cause ?? cause ?? {};
};

/** SQLite's own code of an error, such as SQLITE_FULL, of the driver or of Prisma; null for any other error. */
export function sqliteCodeOf(error: unknown): string | null {
  const code = causeOf(error).originalCode ?? (error as PrismaError | undefined)?.code;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null;
}

/** The database file was deleted or moved while it was open. */
export class DatabaseFileError extends Error {
  override readonly name = 'DatabaseFileError';
  readonly code = 'SQLITE_CANTOPEN';
  constructor(file: string) {
    super(`The database file is gone: ${file}`);
  }
}

/** Inserts a row unless another request has inserted it meanwhile. Returns whether this one did. */
export async function insertUnlessThere(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return false;
  }
}

/** Updates a row, or inserts it where there is none; updates the one that another request has inserted meanwhile. */
export async function updateOrInsert(update: () => Promise<number>, insert: () => Promise<unknown>): Promise<void> {
  if ((await update()) > 0) return;
  try {
    await insert();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await update();
  }
}

/** Writes a row that a unique index may refuse. @throws AppError `code` when it does */
export async function refuseDuplicate<T>(code: ErrorCode, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error) ? new AppError(code) : error;
  }
}

/** A unique index refused a row. SQL Server reports 2601 or 2627, also inside raw statements. */
export function isUniqueViolation(error: unknown): boolean {
  const cause = causeOf(error);
  if (/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test((error as PrismaError)?.code ?? '')) return true; // the driver's own
  return (
    (error as PrismaError)?.code === 'P2002' || cause.kind === 'UniqueConstraintViolation' || cause.code === 2601 || cause.code === 2627
  );
}

// Deadlock, lock timeout, snapshot conflict; 40001 and its text are how PostgreSQL-based look-alikes say the same.
const TRANSIENT_NUMBERS = new Set<unknown>([1205, 1222, 3960]);
const TRANSIENT_KINDS = new Set(['TransactionWriteConflict', 'SocketTimeout']);

/** A deadlock, a lock timeout or a conflict: nothing was written, the same work may be tried again. */
export function isTransient(error: unknown): boolean {
  const cause = causeOf(error);
  const code = (error as PrismaError)?.code;
  if (code?.startsWith('SQLITE_BUSY')) return true;
  if (code === 'P2034' || TRANSIENT_NUMBERS.has(cause.code) || TRANSIENT_KINDS.has(cause.kind ?? '')) return true;
  return /could not serialize access|deadlock detected/i.test(cause.originalMessage ?? cause.message ?? '');
}

// The driver's codes, and Prisma's, for a server that cannot be reached, disconnects or does not answer in time.
const UNREACHABLE = new Set(
  'ESOCKET ETIMEOUT ELOGIN ECONNCLOSED ENOTOPEN ECONNRESET ECONNREFUSED ECONNABORTED ETIMEDOUT EPIPE EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN P1001 P1002 P1017'.split(
    ' ',
  ),
);
// The session was ended, the server shuts down; the database recovers, is not open, or its replica is not the primary; Azure's own three.
const UNAVAILABLE_NUMBERS = new Set<unknown>([596, 6005, 922, 4060, 983, 40197, 40501, 40613]);
/** Why storage takes no writes. A database that is full is read as before; any other one is not fit to start with. */
export interface StorageFault {
  kind: 'full' | 'gone' | 'read-only' | 'unreadable';
  reason: string;
}
/** By the beginning of SQLite's code or by SQL Server's number. */
const STORAGE_FAULTS: readonly [code: string | number, kind: StorageFault['kind'], reason: string][] = [
  ['SQLITE_FULL', 'full', 'the disk is full'],
  ['SQLITE_READONLY', 'read-only', 'the database file is read-only'],
  ['SQLITE_CANTOPEN', 'unreadable', 'the database file cannot be opened'],
  ['SQLITE_IOERR', 'unreadable', 'the database file cannot be read or written'],
  ['SQLITE_NOTADB', 'unreadable', 'the database file is not a SQLite database'],
  [1101, 'full', 'the disk of the database is full'],
  [1105, 'full', 'the disk of the database is full'],
  [9002, 'full', 'the transaction log is full'],
  [3906, 'read-only', 'the database is read-only'],
];
// The message of the driver's pool, which has no code, when no connection became free in time.
const POOL_EXHAUSTED = /operation timed out for an unknown reason/;

/** Why the database's storage takes no writes, such as a full disk; null for any other error. An operator must repair it. */
export function storageFault(error: unknown): StorageFault | null {
  if (error instanceof DatabaseFileError) return { kind: 'gone', reason: 'the database file is gone' };
  const [code, number] = [sqliteCodeOf(error), causeOf(error).code];
  const found = STORAGE_FAULTS.find(([known]) => (typeof known === 'number' ? known === number : code?.startsWith(known)));
  return found ? { kind: found[1], reason: found[2] } : null;
}

/** The database is down, has disconnected, or takes no writes. Whether the statement ran is not known. */
export function isUnavailable(error: unknown): boolean {
  const { code } = (error ?? {}) as PrismaError;
  return UNREACHABLE.has(code ?? '') || UNAVAILABLE_NUMBERS.has(causeOf(error).code) || storageFault(error) !== null;
}

/** An error of the database as a sentence for operators; null for any other error. */
export function describeDatabaseError(error: unknown): string | null {
  const fault = storageFault(error);
  if (fault !== null) return `The database cannot be used: ${fault.reason}.`;
  const { message = '' } = (error ?? {}) as { message?: string };
  if (sqliteCodeOf(error)?.startsWith('SQLITE_CORRUPT'))
    return `The database file is damaged (${message}). Restore a backup: npm run restore -- FILE`;
  if (isMissingTable(error)) return 'The database lacks migrations. Run: npm run migrate:up';
  if (isUnavailable(error)) return `The database does not answer: ${message || String(causeOf(error).message)}`;
  if (isBusy(error)) return 'The database is busy: another process holds its lock. Try again.';
  return null;
}

function isMissingTable(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as PrismaError & { message?: string };
  const { kind, code: number } = causeOf(error);
  if (code === 'P2021' || code === 'P2022' || kind === 'TableDoesNotExist' || kind === 'ColumnNotFound' || number === 208 || number === 207)
    return true;
  return code === 'SQLITE_ERROR' && /^(no such (table|column)|table \w+ has no column)/.test(message);
}

/** No connection, or no write lock, in time: nothing was done. */
export function isBusy(error: unknown): boolean {
  const { code, message } = (error ?? {}) as PrismaError & { message?: string };
  return isTransient(error) || /^(P2024|P2028|P1008)$/.test(code ?? '') || POOL_EXHAUSTED.test(message ?? '');
}
