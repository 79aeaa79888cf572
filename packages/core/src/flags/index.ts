export * from './actor-flags.ts';
export * from './ports.ts';
