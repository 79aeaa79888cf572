import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { LIVE_PATH } from '@assay/contract';
import proxyAddr from 'proxy-addr';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Container } from '../container.ts';
import { actorOf } from '../http/auth.ts';
import { addressKey } from '../http/limits.ts';
import { liveSession } from './live-session.ts';

const CONNECTIONS_MAX = 5000;
const CONNECTIONS_OF_ADDRESS_MAX = 100;
/** "Service restart": browsers come back by themselves. */
const SERVICE_RESTART = 1012;

export interface LiveUpdates {
  /** How many sockets are open. */
  connections(): number;
  /** Whether another one is let in. */
  accepting(): boolean;
  /** Asks everybody to come back later, to another process, and lets nobody in any more. */
  drain(): void;
  /** Ends who is still there: a server that closes does not know of them. */
  close(): void;
}

/**
 * WebSockets at {@link LIVE_PATH}: whoever opens one says what they want to hear of, and is told what was committed. Events say
 * what happened to whom and nothing more; who may know more asks the API.
 * @param trust which addresses are proxies of ours, as Express understands it
 */
export function liveUpdates(container: Container, server: Server, trust: (address: string, hop: number) => boolean): LiveUpdates {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024, clientTracking: true });
  const byAddress = new Map<string, number>();
  let draining = false;

  const count = (client: WebSocket, address: string) => {
    byAddress.set(address, (byAddress.get(address) ?? 0) + 1);
    client.on('close', () => {
      const left = byAddress.get(address)! - 1;
      if (left > 0) byAddress.set(address, left);
      else byAddress.delete(address);
    });
  };
  const onUpgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy()); // Node has taken its own listener away
    const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    const address = addressKey(proxyAddr(req, trust));
    if (req.url?.split('?')[0] !== LIVE_PATH) refuse('404 Not Found');
    else if (!isOwnOrigin(req)) refuse('403 Forbidden');
    else if ((byAddress.get(address) ?? 0) >= CONNECTIONS_OF_ADDRESS_MAX) refuse('429 Too Many Requests');
    else if (draining || sockets.clients.size >= CONNECTIONS_MAX) refuse('503 Service Unavailable');
    else {
      sockets.handleUpgrade(req, socket, head, (client) => {
        count(client, address);
        liveSession(container, client, actorOf(req, container.tokens));
      });
    }
  };
  server.on('upgrade', onUpgrade);
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

/** Browsers say where a page comes from, and send cookies from anywhere: only our own pages get further. */
function isOwnOrigin(req: IncomingMessage): boolean {
  const { origin } = req.headers;
  if (origin === undefined) return true; // no browser
  const host = req.headers['x-forwarded-host'] ?? req.headers.host;
  return URL.parse(origin)?.host === host;
}
