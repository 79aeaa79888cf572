import type { SqlDriverAdapterFactory, SqlQueryable, Transaction } from '@prisma/driver-adapter-utils';
import { LRUCache } from 'lru-cache';
import type { RawStatements } from './database.ts';

/** What a statement does, and to which table: without its values, and without texts that could hold one. */
export interface StatementName {
  /** "SELECT"; "BEGIN" for a transaction that waits for its turn. */
  operation: string;
  table: string | null;
}

/**
 * Runs a statement for an observer that measures it and knows which request it belongs to.
 * @param sql its text, with parameters in place of values; BEGIN, COMMIT and ROLLBACK have none
 */
export type Observe = <T>(statement: StatementName, run: () => Promise<T>, sql?: string) => Promise<T>;

const names = new LRUCache<string, StatementName>({ max: 1000 });

/** The name of an SQL text, cached by the text: Prisma and the repositories send the same texts repeatedly. */
export function nameOf(sql: string): StatementName {
  const known = names.get(sql);
  if (known) return known;
  const operation = /^\s*(?:--[^\n]*\n\s*)*([a-z]+)/i.exec(sql)?.[1]?.toUpperCase() ?? 'SQL';
  const table = /\b(?:FROM|INTO|UPDATE)\s+(?:[`"[]?\w+[`"\]]?\.){0,2}[`"[]?(\w+)/i.exec(sql)?.[1] ?? null;
  const name = { operation, table };
  names.set(sql, name);
  return name;
}

/** Statements that do not go through Prisma. */
export function observedStatements({ read, write, writeReturning }: RawStatements, observe: Observe): RawStatements {
  return {
    read: (query) => observe(nameOf(query.sql), () => read(query)),
    write: (statement) => observe(nameOf(statement.sql), () => write(statement)),
    writeReturning: (statement) => observe(nameOf(statement.sql), () => writeReturning(statement)),
  };
}

/** Makes a driver adapter observed: everything that Prisma asks of the database goes through it, on both engines. */
export function observeAdapter<Factory extends Pick<SqlDriverAdapterFactory, 'connect'>>(factory: Factory, observe: Observe): Factory {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = observeQueries(await connect(), observe);
    const begin = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) =>
      observeEnd(observeQueries(await observe({ operation: 'BEGIN', table: null }, () => begin(isolationLevel)), observe), observe);
    return adapter;
  };
  return factory;
}

function observeQueries<Q extends SqlQueryable>(connection: Q, observe: Observe): Q {
  const queryRaw = connection.queryRaw.bind(connection);
  const executeRaw = connection.executeRaw.bind(connection);
  connection.queryRaw = (query) => observe(nameOf(query.sql), () => queryRaw(query), query.sql);
  connection.executeRaw = (query) => observe(nameOf(query.sql), () => executeRaw(query), query.sql);
  return connection;
}

/** Where Prisma sends COMMIT as a statement it has been seen already. */
function observeEnd(transaction: Transaction, observe: Observe): Transaction {
  if (!transaction.options.usePhantomQuery) return transaction;
  const commit = transaction.commit.bind(transaction);
  const rollback = transaction.rollback.bind(transaction);
  transaction.commit = () => observe({ operation: 'COMMIT', table: null }, commit);
  transaction.rollback = () => observe({ operation: 'ROLLBACK', table: null }, rollback);
  return transaction;
}
