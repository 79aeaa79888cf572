export * from './engines.ts';
export * from './known-differences.ts';
export * from './people.ts';
export * from './recount.ts';
export * from './rest.ts';
export * from './test-api.ts';
export * from './test-database.ts';
export * from './sqlcmd.ts';
