import { within } from '@assay/runtime';
import { inSpan } from '@assay/telemetry/tracing';
import { createClient, createCluster } from 'redis';
import type { Logger } from '../logger.ts';

const ANSWER_WITHIN_MS = 500;
const RETRY_MAX_MS = 5000;
const ATTEMPTS = 3;
const PING_MS = 1000;

/** What Redis answers to a command. */
export type Reply = string | number | null | Reply[];

/**
 * What the processes share besides the database: counts of requests, the second level of the cache, and a word to each other that
 * something was committed. Nothing in it is the only copy of anything, so the product goes on without it.
 */
export interface SharedRedis {
  /** Whether it answers now. */
  isUp(): boolean;
  /** Stands in the name of each key: see {@link RedisOptions}. */
  readonly keyTag: string;
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

/** One server, or a cluster of them, of which the product uses the node that has its keys. */
interface Connection {
  isUp(): boolean;
  send(command: string[]): Promise<Reply>;
  publish(channel: string, message: string): Promise<unknown>;
  /** Loses nothing while Redis is away but what is published meanwhile. */
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  close(): void;
}

/** What a connection reports: that Redis answers anew, and each failure. */
type Report = (event: { up: true } | { up: false; reason: string }) => void;

export interface RedisOptions {
  url: string;
  /** The address is that of any node of a Redis Cluster. */
  cluster: boolean;
  /** In braces, in all keys: a cluster keeps keys of one hash tag on one node, so that a script can use several. Empty without a cluster. */
  keyTag: string;
}

/** Connects in the background: a process starts, and goes on, without its Redis. */
export function openRedis(options: RedisOptions, log: Logger): SharedRedis {
  const readyListeners: ((again: boolean) => void)[] = [];
  let lost = false;
  let failed = 0;
  const attempted = Promise.withResolvers<void>();
  const connection = (options.cluster ? toCluster : toServer)(options, (event) => {
    if (event.up) {
      log.info(lost ? 'redis answers again' : 'redis answers');
      for (const listener of readyListeners) listener(lost);
      lost = false;
      return attempted.resolve();
    }
    if (!lost) log.warn({ reason: event.reason }, 'redis does not answer: each process goes on by itself');
    lost = true;
    if (++failed === ATTEMPTS) attempted.resolve();
  });
  const isUp = () => connection.isUp();
  return {
    isUp,
    keyTag: options.keyTag,
    attempted: () => attempted.promise,
    send: (command) =>
      isUp()
        ? inSpan(redisSpan(command[0]!), () => within(ANSWER_WITHIN_MS, connection.send(command)))
        : Promise.reject(new Error('redis is away')),
    async publish(channel, message) {
      if (isUp()) await connection.publish(channel, message).catch(() => {});
    },
    subscribe: (channel, listener) =>
      void connection.subscribe(channel, listener).catch((error: Error) => {
        log.warn({ channel, reason: error.message }, 'could not listen to redis');
      }),
    onReady: (listener) => void readyListeners.push(listener),
    close: () => connection.close(),
  };
}

const SOCKET = {
  connectTimeout: 2000,
  socketTimeout: 3000,
  reconnectStrategy: (retries: number) => Math.min(100 * 2 ** retries, RETRY_MAX_MS),
};

function toServer({ url }: RedisOptions, report: Report): Connection {
  const client = createClient({ url, disableOfflineQueue: true, pingInterval: PING_MS, socket: SOCKET });
  client.on('ready', () => report({ up: true }));
  client.on('error', (error: Error) => report({ up: false, reason: error.message }));
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
  return {
    isUp: () => client.isReady,
    send: (command) => client.sendCommand<Reply>(command),
    publish: (channel, message) => client.publish(channel, message),
    subscribe: (channel, listener) => listening().subscribe(channel, listener),
    close() {
      if (client.isOpen) client.destroy();
      if (ears?.isOpen) ears.destroy();
    },
  };
}

/** Commands go to the node that has the slot of the key tag, wherever the slot is moved. The client has no ready state: a PING finds it out. */
function toCluster({ url, keyTag }: RedisOptions, report: Report): Connection {
  const { protocol, username, password } = new URL(url);
  const cluster = createCluster({
    rootNodes: [{ url }],
    defaults: {
      disableOfflineQueue: true,
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
      socket: { ...SOCKET, ...(protocol === 'rediss:' ? { tls: true as const } : {}) },
    },
  });
  cluster.on('error', (error: Error) => report({ up: false, reason: error.message }));
  const send = (command: string[]) => cluster.sendCommand(keyTag, false, command) as unknown as Promise<Reply>;
  const subscriptions: [string, (message: string) => void][] = [];
  let subscribed = 0;
  let up = false;
  let connecting: Promise<void> | null = null;
  let closed = false;
  const connect = async () => {
    if (!cluster.isOpen) await cluster.connect();
    // What was asked for meanwhile too, and again after a failure.
    for (; subscribed < subscriptions.length; subscribed++) await cluster.subscribe(...subscriptions[subscribed]!);
  };
  const connected = () => (connecting ??= connect().finally(() => (connecting = null)));
  const look = async () => {
    try {
      await connected();
      await within(ANSWER_WITHIN_MS, send(['PING']));
      if (!up && !closed) report({ up: true });
      up = true;
    } catch (error) {
      if (up && !closed) report({ up: false, reason: error instanceof Error ? error.message : String(error) });
      up = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), PING_MS).unref();
  return {
    isUp: () => up,
    send,
    publish: (channel, message) => cluster.publish(channel, message),
    subscribe(channel, listener) {
      subscriptions.push([channel, listener]);
      return up ? connected() : Promise.resolve(); // or else the next look does it
    },
    close() {
      closed = true;
      clearInterval(timer);
      if (cluster.isOpen) cluster.destroy();
    },
  };
}

const redisSpan = (command: string) => ({
  name: command,
  kind: 'client' as const,
  attributes: { 'db.system.name': 'redis', 'db.operation.name': command },
});
