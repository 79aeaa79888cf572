import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { ROOT } from '@assay/api';
import { FLAG_CHANNEL, type FlagUpdateMessage } from '@assay/contract';
import {
  createPerson,
  createSeller,
  onEachEngine,
  restClient,
  spawnApi,
  startRedis,
  testEnvironment,
  useApi,
  useDatabase,
  type RedisServer,
  type ServerProcess,
} from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const KNOWN_WITHIN_MS = 1000;

onEachEngine('a changed flag', (engine) => {
  const db = useDatabase(engine);
  const { api: issuer } = useApi(db); // makes tokens, serves nothing
  let token: string;
  let summary: string;
  /** What a test that fails leaves behind. */
  const running: ServerProcess[] = [];

  beforeAll(async () => {
    token = issuer.tokenFor(await createPerson(db.database, ['ops']));
    summary = `/ratings/seller/${(await createSeller(db.database)).id}/summary`;
  });
  afterAll(() => Promise.all(running.map((process) => process.stop())));

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

  /** Switches ratings off and on in one process, and says how long the other usually took to know: a busy machine may stall for once. */
  async function usual(one: ServerProcess, other: ServerProcess): Promise<number> {
    const took: number[] = [];
    for (const enabled of [false, true, false, true, false, true]) {
      const status = enabled ? 200 : 404;
      expect((await restClient(one.url).post('/flags/seller-ratings/switch', { enabled }, { token })).status).toBe(200);
      const changedAt = performance.now();
      expect((await restClient(one.url).get(summary)).status).toBe(status); // where it was changed, at once
      took.push(await until(other, status, changedAt));
    }
    return took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)]!;
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
    expect(await usual(one, other)).toBeLessThan(KNOWN_WITHIN_MS);
    await cli(['scripts/rollback-feature.ts', 'seller-ratings']);
    const changedAt = performance.now();
    for (const process of [one, other]) expect(await until(process, 404, changedAt)).toBeLessThan(Infinity);
    await cli(['scripts/flags.ts', 'undo', 'seller-ratings']);
    await until(other, 200, performance.now());
  });

  // Redis is the same on both engines.
  if (engine === 'sqlserver') return;
  describe('with Redis', () => {
    let redis: RedisServer;
    let ears: Socket;
    const heard: FlagUpdateMessage[] = [];
    beforeAll(async () => {
      redis = await startRedis();
      // By hand: a subscription that is lost and found again on a busy machine would miss something.
      ears = connect(Number(new URL(redis.url).port), '127.0.0.1');
      let said = '';
      const subscribed = new Promise<void>((resolve) => {
        ears.on('data', (data: Buffer) => {
          said += data.toString();
          if (said.includes(`subscribe\r\n`)) resolve();
          const messages = [...said.matchAll(/^\{.*\}\r\n/gm)];
          heard.splice(0, heard.length, ...messages.map(([json]) => JSON.parse(json) as FlagUpdateMessage));
        });
      });
      ears.write(`SUBSCRIBE ${FLAG_CHANNEL}\r\n`);
      await subscribed;
    });
    afterAll(async () => {
      ears.destroy();
      await redis.kill();
    });

    it('is known sooner, and published on the documents’ channel, also by commands', async () => {
      const variables = { REDIS_URL: redis.url };
      const [one, other] = await two(variables);
      expect(await usual(one, other)).toBeLessThan(KNOWN_WITHIN_MS);
      await cli(['scripts/flags.ts', 'kill', 'seller-tier-system'], variables);
      await vi.waitFor(() => expect(heard).toHaveLength(7), 10_000);
      const message = (feature: string, enabled: boolean) => ({
        type: 'feature_flag_update',
        feature,
        enabled,
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      });
      expect(heard).toEqual([
        ...[false, true, false, true, false, true].map((enabled) => message('seller-ratings', enabled)),
        message('seller-tier-system', false),
      ]);
    });
  });
});
