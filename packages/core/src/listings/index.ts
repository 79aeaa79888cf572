export * from './listings.ts';
export * from './ports.ts';
