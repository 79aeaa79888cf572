// What every server process of the product needs to live under a supervisor, the API and the pages alike.
export * from './drain.ts';
export * from './exit.ts';
export * from './forwarded.ts';
export * from './http.ts';
export * from './plain-text.ts';
export * from './private-files.ts';
export * from './release.ts';
export * from './secret-files.ts';
export * from './system-error.ts';
export * from './watchdog.ts';
export * from './within.ts';
