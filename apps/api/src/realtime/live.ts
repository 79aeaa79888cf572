import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { flagsOf, type UserActor } from '@assay/core';
import { hasValidHost } from '@assay/runtime';
import proxyAddr from 'proxy-addr';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Container } from '../container.ts';
import { deletionOf, listenerOf } from '../http/auth.ts';
import { isOriginOf } from '../http/origin.ts';
import { addressKey, isWithinBudget, type Limits } from '../http/limits.ts';
import { catchUps } from './catch-up.ts';
import { firstSubscription, isLiveAddress } from './live-paths.ts';
import { liveSession } from './live-session.ts';

const CONNECTIONS_MAX = 5000;
const CONNECTIONS_OF_ADDRESS_MAX = 100;
const CONNECTIONS_OF_ACCOUNT_MAX = 50;
/** "Service restart": browsers come back by themselves. */
const SERVICE_RESTART = 1012;
/** In the range for applications: the session of this socket has ended. */
const SESSION_ENDED = 4401;
const FLAG = 'seller-websocket-updates';

export interface LiveUpdates {
  /** How many sockets are open. */
  connections(): number;
  /** Whether another one is accepted. */
  accepting(): boolean;
  /** Closes all sockets with 1012 (service restart), and accepts none any more. */
  drain(): void;
  /** Terminates the sockets that are left: a server that closes does not know of them. */
  close(): void;
}

/**
 * WebSockets at {@link LIVE_PATH} and the founding documents' addresses: a client subscribes to channels and gets what is committed. Events carry the topic and the subject
 * and nothing more; details are read from the API.
 * @param trust which addresses are proxies of ours, as Express understands it
 */
export function liveUpdates(
  container: Container,
  server: Server,
  trust: (address: string, hop: number) => boolean,
  { liveLimiter }: Limits,
): LiveUpdates {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024, clientTracking: true });
  const catchUp = catchUps(container);
  const open = new Counts();
  /** Whether a client may still listen. */
  const stillOn = new Map<WebSocket, () => Promise<boolean>>();
  /** Sockets of signed-in users. */
  const signedIn = new Map<WebSocket, UserActor>();
  let draining = false;

  /** Closes a socket whose session has ended; also one whose account has other roles now, and comes back with those. */
  const closeUnlessCurrent = async (client: WebSocket, { id, sessionId, roles }: UserActor) => {
    const now = await container.sessions.actorOf({ userId: id, sessionId }).catch(() => null);
    if (!now) client.close(SESSION_ENDED);
    else if (now.roles.join() !== roles.join()) client.close(SERVICE_RESTART);
  };
  const watchSession = (client: WebSocket, actor: UserActor) => {
    signedIn.set(client, actor);
    client.on('close', () => signedIn.delete(client));
    void closeUnlessCurrent(client, actor); // it may have ended while the socket was opened
  };
  container.feed.on(({ sessionsOf }) => {
    if (sessionsOf === null) return;
    for (const [client, actor] of signedIn) if (actor.id === sessionsOf) void closeUnlessCurrent(client, actor);
  });
  const isSecure = ({ headers, socket }: IncomingMessage) =>
    headers['x-forwarded-proto'] === 'https' && trust(socket.remoteAddress ?? '', 0);
  const onUpgrade = async (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy()); // Node has taken its own listener away
    const refuse = (status: string, headers?: string) => refuseUpgrade(socket, status, headers);
    if (!hasValidHost(req)) return refuse('400 Bad Request');
    if (!isLiveAddress(req.url ?? '')) return refuse('404 Not Found');
    if (!isOwnOrigin(req)) return refuse('403 Forbidden');
    const address = addressKey(proxyAddr(req, trust));
    const { actor, ended } = await listenerOf(req, isSecure(req), container);
    const account = actor.kind === 'user' ? `user:${actor.id}` : null;
    const isOn = () => flagsOf(container.flags, actor).isOn(FLAG);
    if (ended) return refuse('401 Unauthorized', `Set-Cookie: ${deletionOf('access', isSecure(req))}\r\n`);
    if (!(await isOn())) return refuse('503 Service Unavailable');
    const spend = () => isWithinBudget(liveLimiter, account ?? address);
    if (!(await spend())) return refuse('429 Too Many Requests');
    const first = await firstSubscription(container, actor, req.url!);
    if (first === undefined) return refuse('404 Not Found');
    if (open.of(address) >= CONNECTIONS_OF_ADDRESS_MAX || (account && open.of(account) >= CONNECTIONS_OF_ACCOUNT_MAX))
      return refuse('429 Too Many Requests');
    if (draining || sockets.clients.size >= CONNECTIONS_MAX) return refuse('503 Service Unavailable');
    sockets.handleUpgrade(req, socket, head, (client) => {
      const keys = account ? [address, account] : [address];
      for (const key of keys) open.add(key, 1);
      stillOn.set(client, isOn);
      client.on('close', () => {
        for (const key of keys) open.add(key, -1);
        stillOn.delete(client);
      });
      if (actor.kind === 'user') watchSession(client, actor);
      liveSession(container, client, actor, { catchUp, spend }, first);
    });
  };
  const closeUnless = async (client: WebSocket, on: Promise<boolean>) => {
    if (!(await on)) client.close(SERVICE_RESTART);
  };
  container.flags.onChange(() => {
    for (const [client, isOn] of stillOn) void closeUnless(client, isOn());
  });
  server.on('upgrade', (req, socket, head) => {
    onUpgrade(req, socket, head).catch((error: unknown) => {
      container.log.warn({ err: error }, 'a WebSocket could not be opened');
      refuseUpgrade(socket, '503 Service Unavailable');
    });
  });
  return {
    connections: () => sockets.clients.size,
    accepting: () => !draining && sockets.clients.size < CONNECTIONS_MAX,
    drain() {
      draining = true;
      for (const client of sockets.clients) client.close(SERVICE_RESTART);
    },
    close() {
      for (const client of sockets.clients) client.terminate();
    },
  };
}

/** @param headers further ones, each with its line break */
function refuseUpgrade(socket: Duplex, status: string, headers = ''): void {
  socket.end(`HTTP/1.1 ${status}\r\n${headers}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** How many sockets are open, by address and by account. */
class Counts {
  readonly #counts = new Map<string, number>();

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  add(key: string, change: 1 | -1): void {
    const count = this.of(key) + change;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
  }
}

/** Browsers say where a page comes from, and send cookies from anywhere: only our own pages get further. */
function isOwnOrigin(req: IncomingMessage): boolean {
  const { origin } = req.headers;
  if (origin === undefined) return true; // no browser
  const host = req.headers['x-forwarded-host'] ?? req.headers.host;
  return isOriginOf(origin, [host ?? ''].flat()[0]!);
}
