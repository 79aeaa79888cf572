import { createHash } from 'node:crypto';
import { MemoryStore, type ClientRateLimitInfo, type Options, type Store } from 'express-rate-limit';
import { RedisStore, type RedisReply } from 'rate-limit-redis';
import type { SharedRedis } from '../services/redis.ts';
import type { StoreFactory } from './limits.ts';

/** Counts of requests in Redis: all processes count together. While it does not answer, each process counts for itself. */
export function sharedCounts(redis: SharedRedis): StoreFactory {
  const send = async (command: string[]): Promise<RedisReply> => {
    // The store loads its scripts when it is made, before there is a connection. A script's name is its SHA-1, which needs no
    // server; where Redis does not know it yet it says NOSCRIPT, and the store loads it then.
    if (!redis.isUp() && command[0] === 'SCRIPT') return createHash('sha1').update(command[2]!).digest('hex');
    return (await redis.send(command)) as RedisReply;
  };
  return (prefix) =>
    sharedStore(new RedisStore({ prefix: `assay:limit:${prefix}`, sendCommand: (...command) => send(command) }), () => redis.isUp());
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
