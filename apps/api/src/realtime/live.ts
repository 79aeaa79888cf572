import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { LIVE_PATH, LiveRequest, type LiveEvent, type LiveMessage } from '@assay/contract';
import { hasRole, type Actor } from '@assay/core';
import proxyAddr from 'proxy-addr';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Container } from '../container.ts';
import { actorOf } from '../http/auth.ts';
import { addressKey } from '../http/limits.ts';

const PING_MS = 30_000;
/** Whoever has not said what they want by then is not one of our pages. */
const SILENCE_MS = 10_000;
const CONNECTIONS_MAX = 5000;
const CONNECTIONS_OF_ADDRESS_MAX = 100;
/** What operators see of busy ratings: one event in this time. */
const OPERATIONS_MS = 1000;
const FOR_OPERATORS = /^(rating|maintenance|alert|moderation)\./;

type Say = (message: LiveMessage) => void;

export interface LiveUpdates {
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
  const { config, feed, log, tokens } = container;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024, clientTracking: true });
  const byAddress = new Map<string, number>();
  let draining = false;

  const onUpgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy()); // Node has taken its own listener away
    const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    const address = addressKey(proxyAddr(req, trust));
    const open = byAddress.get(address) ?? 0;
    if (req.url?.split('?')[0] !== LIVE_PATH) refuse('404 Not Found');
    else if (!isOwnOrigin(req)) refuse('403 Forbidden');
    else if (open >= CONNECTIONS_OF_ADDRESS_MAX) refuse('429 Too Many Requests');
    else if (draining || sockets.clients.size >= CONNECTIONS_MAX) refuse('503 Service Unavailable');
    else {
      sockets.handleUpgrade(req, socket, head, (client) => {
        byAddress.set(address, (byAddress.get(address) ?? 0) + 1);
        client.on('close', () => {
          const left = byAddress.get(address)! - 1;
          if (left > 0) byAddress.set(address, left);
          else byAddress.delete(address);
        });
        serve(client, actorOf(req, tokens));
      });
    }
  };

  const serve = (client: WebSocket, actor: Actor) => {
    const ends: (() => void)[] = [];
    let alive = true;
    const say: Say = (message) => {
      if (client.readyState === client.OPEN) client.send(JSON.stringify(message));
    };
    const heartbeat = setInterval(() => {
      if (!alive) return client.terminate();
      alive = false;
      client.ping();
    }, PING_MS);
    const silence = setTimeout(() => client.terminate(), SILENCE_MS);
    ends.push(
      () => clearInterval(heartbeat),
      () => clearTimeout(silence),
    );
    client.on('pong', () => (alive = true));
    client.on('error', () => client.terminate());
    client.on('close', () => {
      for (const end of ends) end();
    });

    client.once('message', (data: Buffer) => {
      clearTimeout(silence);
      const request = LiveRequest.safeParse(parseJson(data.toString()));
      const tell = request.success ? tellerFor(request.data, actor, say, ends) : null;
      if (!request.success || !tell) {
        say({ type: 'refused', message: request.success ? 'This is for operators.' : 'Say what you want to hear of.' });
        client.close(1008);
        return;
      }
      // A right lasts as long as the token that proves it: whoever still has it comes back with a new one.
      if (request.data.subscribe === 'operations') {
        const expiry = setTimeout(() => client.close(1012), config.jwt.ttlS * 1000);
        ends.push(() => clearTimeout(expiry));
      }
      void listen(client, tell, say, ends);
    });
  };

  const listen = async (client: WebSocket, tell: (event: LiveEvent) => void, say: Say, ends: (() => void)[]) => {
    try {
      const end = await feed.watch(tell);
      if (client.readyState !== client.OPEN) return end();
      ends.push(end);
      say({ type: 'subscribed' });
    } catch (error) {
      log.warn({ err: error }, 'could not listen to events');
      client.close(1011);
    }
  };

  server.on('upgrade', onUpgrade);
  return {
    drain() {
      draining = true;
      for (const client of sockets.clients) client.close(1012); // "service restart": browsers come back by themselves
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

/** What is done with each event; null where that is not for this actor. */
function tellerFor(request: LiveRequest, actor: Actor, say: Say, ends: (() => void)[]): ((event: LiveEvent) => void) | null {
  if (request.subscribe === 'seller')
    return (event) => {
      if (event.topic.startsWith('rating.') && event.subjectId === request.sellerId) say({ type: 'event', event });
    };
  if (!hasRole(actor, 'admin', 'ops')) return null;
  let withheld: LiveEvent | null = null;
  let quiet: NodeJS.Timeout | undefined;
  ends.push(() => clearTimeout(quiet));
  return (event) => {
    if (!FOR_OPERATORS.test(event.topic)) return;
    if (!event.topic.startsWith('rating.')) return say({ type: 'event', event });
    if (quiet) {
      withheld = event;
      return;
    }
    say({ type: 'event', event });
    const afterwards = () => {
      quiet = withheld ? setTimeout(afterwards, OPERATIONS_MS) : undefined;
      if (withheld) say({ type: 'event', event: withheld });
      withheld = null;
    };
    quiet = setTimeout(afterwards, OPERATIONS_MS);
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
