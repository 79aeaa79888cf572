import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from '@assay/api';
import { FLAG_CHANNEL, type FlagUpdateMessage } from '@assay/contract';
import {
  createPerson,
  createSeller,
  createTestDatabase,
  onEachEngine,
  restClient,
  spawnApi,
  startApi,
  startRedis,
  testEnvironment,
  type RedisServer,
  type ServerProcess,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const KNOWN_WITHIN_MS = 1000;

onEachEngine('a changed flag', (engine) => {
  let db: TestDatabase;
  let issuer: TestApi; // makes tokens, serves nothing
  let token: string;
  let summary: string;
  /** What a test that fails leaves behind. */
  const running: ServerProcess[] = [];

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    issuer = await startApi(db);
    token = issuer.tokenFor(await createPerson(db.database, ['ops']));
    summary = `/ratings/seller/${(await createSeller(db.database)).id}/summary`;
  });
  afterAll(async () => {
    await Promise.all(running.map((process) => process.stop()));
    await issuer.close();
    await db.drop();
  });

  /** Milliseconds until a process answers with that status, from when the change was answered. */
  async function until(process: ServerProcess, status: number, changedAt: number): Promise<number> {
    const rest = restClient(process.url);
    for (;;) {
      const asked = performance.now();
      if ((await rest.get(summary)).status === status) return asked - changedAt;
      if (asked - changedAt > 20 * KNOWN_WITHIN_MS) return Infinity;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Switches ratings off and on in one process, and says how long the other took to know, at most. */
  async function slowest(one: ServerProcess, other: ServerProcess): Promise<number> {
    let longest = 0;
    for (const enabled of [false, true, false, true]) {
      const status = enabled ? 200 : 404;
      expect((await restClient(one.url).post('/flags/seller-ratings/switch', { enabled }, { token })).status).toBe(200);
      const changedAt = performance.now();
      expect((await restClient(one.url).get(summary)).status).toBe(status); // where it was changed, at once
      longest = Math.max(longest, await until(other, status, changedAt));
    }
    return longest;
  }

  async function two(variables: Record<string, string> = {}): Promise<[ServerProcess, ServerProcess]> {
    const pair = await Promise.all([spawnApi(db.url, variables), spawnApi(db.url, variables)]);
    running.push(...pair);
    return pair;
  }

  /** Runs a command to its end. Not in step with it: a connection that listens meanwhile has to be looked after. @throws where it fails */
  const cli = (args: string[], variables: Record<string, string> = {}) =>
    promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...testEnvironment(db.url), ...variables } });

  it('is known in every process within a second without Redis, also when a command changes it', async () => {
    const [one, other] = await two();
    expect(await slowest(one, other)).toBeLessThan(KNOWN_WITHIN_MS);
    await cli(['scripts/rollback-feature.ts', 'seller-ratings']);
    const changedAt = performance.now();
    expect(Math.max(await until(one, 404, changedAt), await until(other, 404, changedAt))).toBeLessThan(KNOWN_WITHIN_MS);
    await cli(['scripts/flags.ts', 'undo', 'seller-ratings']);
    await until(other, 200, performance.now());
  });

  describe.runIf(engine === 'sqlite')('with Redis', () => {
    let redis: RedisServer;
    let ears: TestApi;
    beforeAll(async () => {
      redis = await startRedis();
      ears = await startApi(db, { REDIS_URL: redis.url });
    });
    afterAll(async () => {
      await ears.close();
      await redis.kill();
    });

    it('is known sooner, and told on the documents’ channel, also by commands', async () => {
      const heard: FlagUpdateMessage[] = [];
      ears.container.redis!.subscribe(FLAG_CHANNEL, (message) => heard.push(JSON.parse(message) as FlagUpdateMessage));
      await vi.waitFor(async () => expect(await ears.container.redis!.send(['PUBSUB', 'NUMSUB', FLAG_CHANNEL])).toContain(1), 10_000);
      const variables = { REDIS_URL: redis.url };
      const [one, other] = await two(variables);
      expect(await slowest(one, other)).toBeLessThan(KNOWN_WITHIN_MS);
      await cli(['scripts/flags.ts', 'kill', 'seller-tier-system'], variables);
      await vi.waitFor(() => expect(heard).toHaveLength(5), 10_000);
      const message = (feature: string, enabled: boolean) => ({
        type: 'feature_flag_update',
        feature,
        enabled,
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      });
      expect(heard).toEqual([
        ...[false, true, false, true].map((enabled) => message('seller-ratings', enabled)),
        message('seller-tier-system', false),
      ]);
    });
  });
});
