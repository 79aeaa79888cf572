export { migrationNames, readMigrations, type Migration } from './files.ts';
export { batches } from './sqlserver-target.ts';
export * from './migrator.ts';
export { MigrationLockedError, PROCESS_ALIVE_MS, RestoreError } from './target.ts';
