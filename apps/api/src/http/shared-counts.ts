import { createHash } from 'node:crypto';
import { MemoryStore, type ClientRateLimitInfo, type Options, type Store } from 'express-rate-limit';
import { RedisStore, type RedisReply } from 'rate-limit-redis';
import type { SharedRedis } from '../services/redis.ts';
import type { StoreFactory } from './limits.ts';

/** Counts of requests in Redis: all processes count together. While it does not answer, each process counts for itself. */
export function sharedCounts(redis: Pick<SharedRedis, 'isUp' | 'keyTag' | 'send'>): StoreFactory {
  const send = async (command: string[]): Promise<RedisReply> => {
    if (command[0] === 'SCRIPT') return loadScript(redis, command);
    return (await redis.send(command)) as RedisReply;
  };
  return (prefix) =>
    sharedStore(new RedisStore({ prefix: `${redis.keyTag}assay:limit:${prefix}`, sendCommand: (...command) => send(command) }), () =>
      redis.isUp(),
    );
}

/**
 * Loads a script and returns its name. The name is the script's SHA-1, so this never fails: the store keeps the result for good,
 * and loads again when Redis answers NOSCRIPT.
 */
async function loadScript(redis: Pick<SharedRedis, 'isUp' | 'send'>, command: string[]): Promise<string> {
  if (redis.isUp()) await redis.send(command).catch(() => {});
  return createHash('sha1').update(command[2]!).digest('hex');
}

/** Counts in Redis; in this process while Redis does not answer. */
function sharedStore(shared: RedisStore, isUp: () => boolean): Store {
  const local = new MemoryStore();
  const either = async <T>(there: () => Promise<T>, here: () => Promise<T>): Promise<T> => {
    if (!isUp()) return here();
    try {
      return await there();
    } catch {
      return here();
    }
  };
  return {
    async init(options: Options) {
      local.init(options);
      await shared.init(options);
    },
    get: (key): Promise<ClientRateLimitInfo | undefined> =>
      either(
        () => shared.get(key),
        () => local.get(key),
      ),
    increment: (key) =>
      either(
        () => shared.increment(key),
        () => local.increment(key),
      ),
    decrement: (key) =>
      either(
        () => shared.decrement(key),
        () => local.decrement(key),
      ),
    resetKey: (key) =>
      either(
        () => shared.resetKey(key),
        () => local.resetKey(key),
      ),
    shutdown: () => local.shutdown(),
  };
}
