export * from './fold-listings.ts';
export * from './ports.ts';
export * from './search-listings.ts';
export * from './words.ts';
