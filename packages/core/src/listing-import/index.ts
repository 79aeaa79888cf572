export * from './cells.ts';
export * from './export-listings.ts';
export * from './generate-listings.ts';
export * from './import-listings.ts';
export * from './plan-import.ts';
export * from './ports.ts';
