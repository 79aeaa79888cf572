export * from './invalidations.ts';
export * from './manage-cache.ts';
export * from './parts.ts';
export * from './ports.ts';
