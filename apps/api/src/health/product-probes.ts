import type { Container } from '../container.ts';
import type { LiveUpdates } from '../realtime/live.ts';
import type { Probe } from './probes.ts';

/** What the product's health is made of; `database`, `cache`, `websocket` are the founding documents' names. */
export function productProbes({ cache, config, database, images, redis, repos }: Container, live: () => LiveUpdates): Probe[] {
  return [
    {
      name: 'database',
      required: true,
      async check() {
        await repos.outbox.lastId(); // reads a table: SELECT 1 would not notice a file that is gone
        const search = await repos.listingSearch.engine();
        return { ok: true, details: { engine: database.engine, search, ...prefixed('connections', database.pool()) } };
      },
    },
    {
      name: 'cache',
      required: false,
      async check() {
        if (redis?.isUp()) await redis.send(['PING']);
        const state = cache.health();
        const shared = redis !== null && redis.isUp() && state !== 'degraded';
        return { ok: redis === null || shared, details: { level: shared ? 'shared' : 'process', state } };
      },
    },
    {
      name: 'websocket',
      required: false,
      check() {
        const accepting = live().accepting();
        return Promise.resolve({ ok: accepting, details: { accepting, connections: live().connections() } });
      },
    },
    {
      name: 'imageUpload',
      required: false,
      check: async () => ({ ok: await images.check(), details: { kept: config.images.s3 ? 'bucket' : 'directory' } }),
    },
  ];
}

/** {used: 1} as {connectionsUsed: 1}. */
function prefixed(prefix: string, figures: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [prefix + name[0]!.toUpperCase() + name.slice(1), value as number]),
  );
}
