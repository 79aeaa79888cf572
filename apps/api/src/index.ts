export { STALE_MAX_MS } from './cache/seller-cache-manager.ts';
export * from './config.ts';
export * from './container.ts';
export * from './logger.ts';
export { listingsCsv, readListingsCsv } from './rest/listing-csv.ts';
export * from './server.ts';
export { jwtTokens } from './services/tokens.ts';
