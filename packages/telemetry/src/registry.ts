import { collectDefaultMetrics, Registry } from 'prom-client';
import { addReading } from './instruments.ts';

/**
 * The metrics of one process, beginning with those that every process has: memory, CPU time, event loop lag, garbage collection,
 * and what is running (`marketplace_build_info`).
 */
export function createRegistry(version: string): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addReading(registry, 'gauge', 'marketplace_build_info', 'Which version runs, and on which Node', () => [
    { labels: { version, node: process.version }, value: 1 },
  ]);
  return registry;
}
