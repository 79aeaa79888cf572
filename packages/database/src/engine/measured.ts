import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQueryable } from '@prisma/driver-adapter-utils';

/** A statement that gives rows, one that only changes, or a transaction as a whole. */
export type DatabaseOperation = 'query' | 'execute' | 'transaction';

/** Told of everything that was asked of the database, how long it took with all waiting, whether it went well or not. */
export type OnOperation = (operation: DatabaseOperation, durationMs: number) => void;

/** Connections in use and idle, and who waits for one. Of SQLite only the one that writes counts. */
export interface PoolFigures {
  used: number;
  idle: number;
  waiting: number;
}

/** Runs `work` and tells how long it took. */
export async function measured<T>(onOperation: OnOperation, operation: DatabaseOperation, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await work();
  } finally {
    onOperation(operation, performance.now() - begun);
  }
}

/** The same for work that is done at once. */
export function measuredNow<T>(onOperation: OnOperation, operation: DatabaseOperation, work: () => T): T {
  const begun = performance.now();
  try {
    return work();
  } finally {
    onOperation(operation, performance.now() - begun);
  }
}

/** Makes a driver adapter tell of each statement: all that Prisma does goes through it, on both engines. */
export function measureAdapter<Factory extends Pick<SqlDriverAdapterFactory, 'connect'>>(
  factory: Factory,
  onOperation: OnOperation,
  onConnected: (adapter: SqlDriverAdapter) => void = () => {},
): Factory {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => measureStatements(await startTransaction(isolationLevel), onOperation);
    onConnected(adapter);
    return measureStatements(adapter, onOperation);
  };
  return factory;
}

function measureStatements<Q extends SqlQueryable>(connection: Q, onOperation: OnOperation): Q {
  const queryRaw = connection.queryRaw.bind(connection);
  const executeRaw = connection.executeRaw.bind(connection);
  connection.queryRaw = (query) => measured(onOperation, 'query', () => queryRaw(query));
  connection.executeRaw = (query) => measured(onOperation, 'execute', () => executeRaw(query));
  return connection;
}
