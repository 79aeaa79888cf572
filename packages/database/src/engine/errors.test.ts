import { describe, expect, it } from 'vitest';
import { isBusy, isTransient, isUnavailable, isUniqueViolation } from './errors.ts';

const raw = (cause: object) => ({ code: 'P2010', meta: { driverAdapterError: { cause } } });

const UNIQUE: [string, unknown][] = [
  ['Prisma’s own', { code: 'P2002' }],
  ['an adapter’s', raw({ kind: 'UniqueConstraintViolation' })],
  ['an index of SQL Server', raw({ kind: 'mssql', code: 2601 })],
  ['a constraint of SQL Server', raw({ kind: 'mssql', code: 2627 })],
  ['SQLite’s unique index', { code: 'SQLITE_CONSTRAINT_UNIQUE' }],
  ['SQLite’s primary key', { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }],
];
const TRANSIENT: [string, unknown][] = [
  ['Prisma’s write conflict', { code: 'P2034' }],
  ['an adapter’s write conflict', raw({ kind: 'TransactionWriteConflict' })],
  ['a deadlock', raw({ code: 1205 })],
  ['a lock timeout', raw({ code: 1222 })],
  ['a snapshot conflict', raw({ code: 3960 })],
  ['a driver’s error without Prisma around it', { cause: { kind: 'SocketTimeout' } }],
  ['a serialization failure of a look-alike', raw({ originalMessage: 'could not serialize access due to concurrent update' })],
  ['a busy file', { code: 'SQLITE_BUSY' }],
  ['a busy snapshot', { code: 'SQLITE_BUSY_SNAPSHOT' }],
];
const NEITHER: [string, unknown][] = [
  ['a CHECK constraint', raw({ code: 547 })],
  ['a foreign key', { code: 'P2003' }],
  ['a missing row', { code: 'P2025' }],
  ['a CHECK of SQLite', { code: 'SQLITE_CONSTRAINT_CHECK' }],
  ['a number as text', raw({ code: '1205' })],
  ['an error of ours', new Error('deadline missed')],
  ['undefined', undefined],
  ['null', null],
  ['text', 'P2002'],
];

const UNAVAILABLE: [string, unknown][] = [
  ['a server that refuses connections', { code: 'ESOCKET' }],
  ['a connection that was reset', { code: 'ECONNRESET' }],
  ['a server that does not answer in time', { code: 'ETIMEOUT' }],
  ['a login while the server starts', { code: 'ELOGIN' }],
  ['Prisma’s word for it', { code: 'P1001' }],
  ['a full disk', { code: 'SQLITE_FULL' }],
  ['a full disk, by way of Prisma', raw({ kind: 'sqlite', originalCode: 'SQLITE_FULL', extendedCode: 1 })],
  ['a read-only file', { code: 'SQLITE_READONLY_DIRECTORY' }],
  ['a full disk of SQL Server', raw({ kind: 'mssql', code: 1105 })],
  ['a disk of SQL Server without a free page', raw({ kind: 'mssql', code: 1101 })],
  ['a server that shuts down', raw({ kind: 'mssql', code: 6005 })],
];
const BUSY: [string, unknown][] = [
  ['no turn to write in time', { code: 'P2028' }],
  ['no connection in time', { message: 'Invalid invocation:\n\noperation timed out for an unknown reason' }],
];

describe('what a database’s error means', () => {
  it.each(UNIQUE)('%s: a unique index refused, which trying again does not help', (_name, error) => {
    expect([isUniqueViolation(error), isTransient(error)]).toEqual([true, false]);
  });
  it.each(TRANSIENT)('%s: worth another try', (_name, error) => {
    expect([isUniqueViolation(error), isTransient(error)]).toEqual([false, true]);
  });
  it.each(NEITHER)('%s: neither', (_name, error) => {
    expect([isUniqueViolation(error), isTransient(error), isBusy(error), isUnavailable(error)]).toEqual([false, false, false, false]);
  });
  it.each(UNAVAILABLE)('%s: away', (_name, error) => {
    expect([isTransient(error), isBusy(error), isUnavailable(error)]).toEqual([false, false, true]);
  });
  it.each([...BUSY, ...TRANSIENT])('%s: busy', (_name, error) => {
    expect([isBusy(error), isUnavailable(error)]).toEqual([true, false]);
  });
});
