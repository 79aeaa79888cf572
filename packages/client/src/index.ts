export * from './last-good.ts';
export * from './resilience.ts';
export * from './rest.ts';
export * from './send.ts';
export * from './trpc.ts';
