import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQueryable } from '@prisma/driver-adapter-utils';

/** A statement that gives rows, one that only changes, or a transaction as a whole. */
export type DatabaseOperation = 'query' | 'execute' | 'transaction';

/** Called after each operation, failed ones included, with its duration; waiting for a connection counts. */
export type OnOperation = (operation: DatabaseOperation, durationMs: number) => void;

/** Connections in use and idle, and callers that wait for one. Of SQLite only the connection that writes counts. */
export interface PoolFigures {
  used: number;
  idle: number;
  waiting: number;
}

/** Runs `work` and reports its duration. */
export async function measured<T>(onOperation: OnOperation, operation: DatabaseOperation, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await work();
  } finally {
    onOperation(operation, performance.now() - begun);
  }
}

/** The same for synchronous work. */
export function measuredSync<T>(onOperation: OnOperation, operation: DatabaseOperation, work: () => T): T {
  const begun = performance.now();
  try {
    return work();
  } finally {
    onOperation(operation, performance.now() - begun);
  }
}

/** Measures each statement of a driver adapter: Prisma sends all of its statements through it, on both engines. */
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
