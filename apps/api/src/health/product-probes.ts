import { HOME, RELEASE_NAME } from '@assay/runtime';
import type { MalwareScanner } from '@assay/core';
import { migrationNames } from '@assay/database/migrate';
import { ROOT } from '../config.ts';
import type { Container } from '../container.ts';
import type { LiveUpdates } from '../realtime/live.ts';
import type { SharedRedis } from '../services/redis.ts';
import { databaseCheck } from './database-check.ts';
import type { Probe } from './probes.ts';

/** What the product's health is made of; `database`, `cache`, `websocket` are the founding documents' names. */
export function productProbes(container: Container, live: () => LiveUpdates): Probe[] {
  const { cache, config, database, holder, images, redis, repos, services } = container;
  let names: string[] | undefined;
  const migrations = () => (names ??= migrationNames(ROOT, database.engine));
  return [
    {
      name: 'database',
      required: true,
      check: databaseCheck({
        database,
        repos,
        process: { holder, release: RELEASE_NAME, home: HOME },
        migrations,
        details: () => prefixed('connections', database.pool()),
      }),
    },
    {
      name: 'cache',
      required: false,
      async check() {
        const fault = redis?.isUp() ? await writeFault(redis, `${config.cache.keyPrefix}health:${holder}`) : null;
        const state = cache.health();
        const shared = redis !== null && redis.isUp() && state !== 'degraded' && fault === null;
        const details = { level: shared ? 'shared' : 'process', state, ...(fault === null ? {} : { reason: fault }) };
        return { ok: redis === null || shared, details };
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
    ...(config.clamd ? [scannerProbe(services.malware)] : []),
    {
      name: 'imageUpload',
      required: false,
      check: async () => ({ ok: await images.check(), details: { kept: config.images.s3 ? 'bucket' : 'directory' } }),
    },
  ];
}

/** Without the scanner nothing can be uploaded; all else works. */
const scannerProbe = (malware: MalwareScanner): Probe => ({
  name: 'malwareScan',
  required: false,
  async check() {
    const reason = await malware.fault();
    return reason === null ? { ok: true } : { ok: false, details: { reason } };
  },
});

/** Why Redis takes no writes, such as a full memory, which PING does not notice; null if it does. */
async function writeFault(redis: SharedRedis, key: string): Promise<string | null> {
  try {
    await redis.send(['SET', key, '1', 'EX', '60']);
    return null;
  } catch (error) {
    return (error as Error).message.startsWith('OOM ') ? 'Redis is out of memory' : 'Redis takes no writes';
  }
}

/** {used: 1} as {connectionsUsed: 1}. */
function prefixed(prefix: string, figures: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [prefix + name[0]!.toUpperCase() + name.slice(1), value as number]),
  );
}
