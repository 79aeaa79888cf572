import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaClient } from '../generated/sqlserver/client.ts';
import { Prisma } from './database.ts';
import { observeAdapter } from './observed.ts';
import { publishStatement, STATEMENT_CHANNEL, withCallStacks, type SentStatement } from './statement-channel.ts';

/** A server that has no rows. */
function emptyServer(): SqlDriverAdapterFactory {
  const queries = {
    provider: 'sqlserver' as const,
    adapterName: 'empty',
    queryRaw: () => Promise.resolve({ columnNames: [], columnTypes: [], rows: [] }),
    executeRaw: () => Promise.resolve(0),
  };
  const ends = { commit: () => Promise.resolve(), rollback: () => Promise.resolve() };
  return {
    ...queries,
    connect: () =>
      Promise.resolve({
        ...queries,
        executeScript: () => Promise.resolve(),
        dispose: () => Promise.resolve(),
        startTransaction: () => Promise.resolve({ ...queries, ...ends, options: { usePhantomQuery: true } }),
      } as never),
  };
}

const sent: SentStatement[] = [];
const note = (message: unknown) => void sent.push(message as SentStatement);
beforeAll(() => subscribe(STATEMENT_CHANNEL, note));
afterAll(() => unsubscribe(STATEMENT_CHANNEL, note));

const prisma = withCallStacks(new PrismaClient({ adapter: observeAdapter(emptyServer(), publishStatement) }));
/** What came through the channel meanwhile: the beginning of each statement, and whether that function asked for it. */
async function published(asker: () => Promise<unknown>): Promise<[string, boolean][]> {
  sent.length = 0;
  await asker();
  return sent.map(({ sql, stack }) => [sql.slice(0, 30), stack?.includes(` ${asker.name} `) ?? false]);
}

it('a statement of Prisma is published with its caller, though it is sent later', async () => {
  const findsUsers = async () => {
    await Promise.resolve();
    return prisma.user.findMany({ select: { id: true }, where: { id: { in: [1, 2] } } });
  };
  expect(await published(findsUsers)).toEqual([['SELECT [dbo].[Users].[Id] FROM', true]]);
  expect(sent[0]!.sql).toContain('@P1');
});

it('so are raw statements, inside a transaction, too; its begin and end are none', async () => {
  const readsAndWrites = () =>
    prisma.$transaction(async (tx) => {
      await tx.$queryRaw(Prisma.sql`SELECT ${1} AS n`);
      await tx.$executeRaw(Prisma.sql`DELETE FROM Users WHERE Id = ${1}`);
    });
  expect((await published(readsAndWrites)).map(([sql]) => sql)).toEqual(['SELECT @P1 AS n', 'DELETE FROM Users WHERE Id = @']);
  for (const { stack } of sent) expect(stack).toContain('statement-channel.test.ts');
});

it('calls at the same time keep their callers apart', async () => {
  const first = () => prisma.user.findMany({ select: { id: true } });
  const second = () => prisma.order.findMany({ select: { id: true } });
  const both = () => Promise.all([first(), second()]);
  await published(both);
  const callerOf = (table: string) => sent.find(({ sql }) => sql.includes(`FROM [dbo].[${table}]`))!.stack;
  expect(callerOf('Users')).toMatch(/ first /);
  expect(callerOf('Orders')).toMatch(/ second /);
});
