export * from './engine/database-url.ts';
export { openDatabase, Prisma, type Database, type DatabaseOptions, type Queryable } from './engine/database.ts';
export * from './engine/errors.ts';
export type { DatabaseOperation } from './engine/measured.ts';
export type { Observe, StatementName } from './engine/observed.ts';
export { STATEMENT_CHANNEL, type SentStatement } from './engine/statement-channel.ts';
export * from './repositories/idempotency.ts';
export * from './repositories.ts';
export { EXPORT_COVERAGE } from './repositories/privacy/coverage.ts';
