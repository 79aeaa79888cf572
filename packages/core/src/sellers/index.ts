export * from './ports.ts';
export * from './sellers.ts';
