export { STALE_MAX_MS } from './cache/seller-cache-manager.ts';
export * from './config.ts';
export * from './container.ts';
export { runTask, type TaskEnd, type TaskHandlers, type TaskParts, type TaskResult } from './jobs/run-task.ts';
export { createWorker, type Worker, type WorkerParts } from './jobs/worker.ts';
export * from './logger.ts';
export { listingsCsv, readListingsCsv } from './rest/listing-csv.ts';
export * from './server.ts';
export { jwtTokens } from './services/tokens.ts';
