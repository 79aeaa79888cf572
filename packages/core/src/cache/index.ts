export * from './invalidations.ts';
export * from './parts.ts';
export * from './ports.ts';
