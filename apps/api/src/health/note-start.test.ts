import { describe, expect, it } from 'vitest';
import { noteStart } from './note-start.ts';

/** An error of the driver of SQL Server, as Prisma hands it on. */
const numbered = (code: number) => ({ code: 'P2010', meta: { driverAdapterError: { cause: { kind: 'mssql', code } } } });

/** What a start does on a database whose first write fails: the reasons that it logs. */
async function start(thrown: unknown): Promise<unknown[]> {
  const reasons: unknown[] = [];
  const parts = {
    config: { database: { target: { engine: 'sqlserver' } } },
    holder: 'shop:4711',
    log: { error: ({ reason }: { reason: string }) => void reasons.push(reason) },
    repos: { maintenance: { noteProcess: () => Promise.reject(thrown as Error) } },
  };
  await noteStart(parts as unknown as Parameters<typeof noteStart>[0]);
  return reasons;
}

describe('a process that starts on a database', () => {
  it.each([
    ['SQLite', Object.assign(new Error('no'), { code: 'SQLITE_FULL' }), 'the disk is full'],
    ['SQL Server, by a full filegroup', numbered(1105), 'the disk of the database is full'],
    ['SQL Server, by a disk without a free page', numbered(1101), 'the disk of the database is full'],
    ['SQL Server, by a full transaction log', numbered(9002), 'the transaction log is full'],
  ])('that is full starts, because reads work, and says so: %s', async (_name, error, reason) => {
    expect(await start(error)).toEqual([reason]);
  });

  it.each([
    ['a read-only file', Object.assign(new Error('no'), { code: 'SQLITE_READONLY' })],
    ['a read-only database', numbered(3906)],
    ['a server that is away', Object.assign(new Error('no'), { code: 'ESOCKET' })],
  ])('that takes no writes for another reason does not start: %s', async (_name, error) => {
    await expect(start(error)).rejects.toBe(error);
  });
});
