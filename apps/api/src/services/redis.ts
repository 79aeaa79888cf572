import { within } from '@assay/runtime';
import { inSpan } from '@assay/telemetry/tracing';
import { createClient } from 'redis';
import type { Logger } from '../logger.ts';

const ANSWER_WITHIN_MS = 500;
const RETRY_MAX_MS = 5000;
const ATTEMPTS = 3;

/** What Redis answers to a command. */
export type Reply = string | number | null | Reply[];

/**
 * What the processes share besides the database: counts of requests, the second level of the cache, and a word to each other that
 * something was committed. Nothing in it is the only copy of anything, so the product goes on without it.
 */
export interface SharedRedis {
  /** Whether it answers now. */
  isUp(): boolean;
  /** Resolves when it has answered once, or when {@link ATTEMPTS} attempts to connect have failed: for commands, which have only just begun. */
  attempted(): Promise<void>;
  /** Runs one command. @throws Error when Redis is away, or does not answer within half a second */
  send(command: string[]): Promise<Reply>;
  /** Publishes to all processes; lost while Redis is down. Resolves when it is sent, or lost. */
  publish(channel: string, message: string): Promise<void>;
  /** Calls `listener` with what others, and this process, publish there, for as long as the process lives. */
  subscribe(channel: string, listener: (message: string) => void): void;
  /** Calls `listener` each time that Redis answers anew; `again` after it was lost. */
  onReady(listener: (again: boolean) => void): void;
  close(): void;
}

/** Connects in the background: a process starts, and goes on, without its Redis. */
export function openRedis(url: string, log: Logger): SharedRedis {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: 1000,
    socket: { connectTimeout: 2000, socketTimeout: 3000, reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, RETRY_MAX_MS) },
  });
  const readyListeners: ((again: boolean) => void)[] = [];
  let lost = false;
  client.on('ready', () => {
    log.info(lost ? 'redis answers again' : 'redis answers');
    for (const listener of readyListeners) listener(lost);
    lost = false;
  });
  client.on('error', (error: Error) => {
    if (!lost) log.warn({ reason: error.message }, 'redis does not answer: each process goes on by itself');
    lost = true;
  });
  const attempted = new Promise<void>((resolve) => {
    let failed = 0;
    client.once('ready', resolve);
    client.on('error', () => ++failed === ATTEMPTS && resolve());
  });
  client.connect().catch(() => {}); // reported by the event

  // A connection that listens can do nothing else.
  let ears: ReturnType<typeof client.duplicate> | null = null;
  const listening = () => {
    if (ears) return ears;
    ears = client.duplicate({ disableOfflineQueue: false });
    ears.on('error', () => {}); // the first connection has said so
    ears.connect().catch(() => {});
    return ears;
  };
  const isUp = () => client.isReady;
  return {
    isUp,
    attempted: () => attempted,
    send: (command) =>
      isUp()
        ? inSpan(redisSpan(command[0]!), () => within(ANSWER_WITHIN_MS, client.sendCommand<Reply>(command)))
        : Promise.reject(new Error('redis is away')),
    async publish(channel, message) {
      if (isUp()) await client.publish(channel, message).catch(() => {});
    },
    subscribe: (channel, listener) =>
      void listening()
        .subscribe(channel, listener)
        .catch((error: Error) => {
          log.warn({ channel, reason: error.message }, 'could not listen to redis');
        }),
    onReady: (listener) => void readyListeners.push(listener),
    close() {
      if (client.isOpen) client.destroy();
      if (ears?.isOpen) ears.destroy();
    },
  };
}

const redisSpan = (command: string) => ({
  name: command,
  kind: 'client' as const,
  attributes: { 'db.system.name': 'redis', 'db.operation.name': command },
});
