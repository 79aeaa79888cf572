export * from './guard.ts';
export * from './instruments.ts';
export * from './merge.ts';
export * from './registry.ts';
export * from './workers.ts';
