import type { Observe } from '@assay/database';
import { inSpan } from '@assay/telemetry/tracing';

/** A span for each statement, named by what it does to which table. Its text and values stay here. */
export function observeStatements(engine: 'sqlite' | 'sqlserver'): Observe {
  const system = engine === 'sqlite' ? 'sqlite' : 'microsoft.sql_server';
  return ({ operation, table }, run) =>
    inSpan(
      {
        name: table ? `${operation} ${table}` : operation,
        kind: 'client',
        attributes: { 'db.system.name': system, 'db.operation.name': operation, ...(table ? { 'db.collection.name': table } : {}) },
      },
      run,
    );
}
