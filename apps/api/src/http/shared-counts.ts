import { createHash } from 'node:crypto';
import { MemoryStore, type ClientRateLimitInfo, type Options, type Store } from 'express-rate-limit';
import { RedisStore, type RedisReply } from 'rate-limit-redis';
import { createClient } from 'redis';
import type { Logger } from '../logger.ts';
import type { StoreFactory } from './limits.ts';

const ANSWER_WITHIN_MS = 500;
const RETRY_MAX_MS = 5000;

/** Counts of requests in Redis: all processes count together. */
export interface SharedCounts {
  readonly storeFor: StoreFactory;
  /** Whether Redis answers now. While it does not, each process counts for itself. */
  isUp(): boolean;
  close(): void;
}

/** Connects in the background: a server starts, and goes on, without its Redis. */
export function sharedCounts(url: string, log: Logger): SharedCounts {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: 1000,
    socket: { connectTimeout: 2000, socketTimeout: 3000, reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, RETRY_MAX_MS) },
  });
  let lost = false;
  client.on('ready', () => {
    log.info(lost ? 'redis answers again' : 'redis answers');
    lost = false;
  });
  client.on('error', (error: Error) => {
    if (!lost) log.warn({ reason: error.message }, 'redis does not answer: each process counts requests for itself');
    lost = true;
  });
  client.connect().catch(() => {}); // reported by the event

  const isUp = () => client.isReady;
  const send = async (command: string[]): Promise<RedisReply> => {
    // The store loads its scripts when it is made, before there is a connection. A script's name is its SHA-1, which needs no
    // server; where Redis does not know it yet it says NOSCRIPT, and the store loads it then.
    if (!isUp() && command[0] === 'SCRIPT') return createHash('sha1').update(command[2]!).digest('hex');
    return within(ANSWER_WITHIN_MS, client.sendCommand(command));
  };
  return {
    storeFor: (prefix) =>
      sharedStore(new RedisStore({ prefix: `assay:limit:${prefix}`, sendCommand: (...command) => send(command) }), isUp),
    isUp,
    close: () => client.isOpen && client.destroy(),
  };
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

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
