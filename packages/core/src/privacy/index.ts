export * from './export-data.ts';
export * from './ports.ts';
