import { describe } from 'vitest';
import type { Engine } from '@assay/database';

/** A SQL Server to test against: TEST_SQLSERVER_URL, with the right to create databases. */
export const sqlServerUrl = process.env.TEST_SQLSERVER_URL || null;

export const engines: Engine[] = sqlServerUrl ? ['sqlite', 'sqlserver'] : ['sqlite'];

/** The same suite on each engine that is there. */
export function onEachEngine(name: string, suite: (engine: Engine) => void): void {
  describe.each(engines)(`${name} on %s`, suite);
}

/** A suite that is about SQL Server alone. */
export function onSqlServer(name: string, suite: () => void): void {
  describe.runIf(sqlServerUrl !== null)(`${name} on sqlserver`, suite);
}
