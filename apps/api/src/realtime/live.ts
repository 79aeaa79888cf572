import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { LIVE_PATH, LiveRequest, type LiveEvent, type LiveMessage } from '@assay/contract';
import type { Actor } from '@assay/core';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Container } from '../container.ts';
import { actorOf } from '../http/auth.ts';
import { outboxReader } from './outbox-reader.ts';

const PING_MS = 30_000;
const CONNECTIONS_MAX = 5000;
/** What operators see of busy ratings: at most one event in this time. */
const OPERATIONS_MS = 1000;
const FOR_OPERATORS = /^(rating|maintenance|alert|moderation)\./;

/**
 * WebSockets at {@link LIVE_PATH}: whoever opens one says what they want to hear of, and is told what was committed. Events say
 * what happened to whom and nothing more; who may know more asks the API.
 */
export function liveUpdates(container: Container, server: Server): { close(): void } {
  const { log, tokens } = container;
  const reader = outboxReader(container);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024, clientTracking: true });

  const onUpgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    if (req.url?.split('?')[0] !== LIVE_PATH) refuse('404 Not Found');
    else if (!isOwnOrigin(req)) refuse('403 Forbidden');
    else if (sockets.clients.size >= CONNECTIONS_MAX) refuse('503 Service Unavailable');
    else sockets.handleUpgrade(req, socket, head, (client) => serve(client, actorOf(req, tokens)));
  };

  const serve = (client: WebSocket, actor: Actor) => {
    let stop: (() => void) | undefined;
    let alive = true;
    const say = (message: LiveMessage) => client.send(JSON.stringify(message));
    const heartbeat = setInterval(() => {
      if (!alive) return client.terminate();
      alive = false;
      client.ping();
    }, PING_MS);
    client.on('pong', () => (alive = true));
    client.on('error', () => client.terminate());
    client.once('message', (data: Buffer) => {
      const request = LiveRequest.safeParse(parseJson(data.toString()));
      const wanted = request.success ? filterFor(request.data, actor) : null;
      if (!wanted) {
        say({ type: 'refused', message: request.success ? 'This is for operators.' : 'Say what you want to hear of.' });
        client.close(1008);
        return;
      }
      reader
        .listen((event) => client.readyState === client.OPEN && wanted(event) && say({ type: 'event', event }))
        .then((end) => {
          stop = end;
          if (client.readyState === client.OPEN) say({ type: 'subscribed' });
          else end();
        })
        .catch((error: unknown) => {
          log.warn({ err: error }, 'could not listen to events');
          client.close(1011);
        });
    });
    client.on('close', () => {
      clearInterval(heartbeat);
      stop?.();
    });
  };

  server.on('upgrade', onUpgrade);
  return {
    close() {
      for (const client of sockets.clients) client.close(1012); // "service restart": browsers come back by themselves
      setTimeout(() => {
        for (const client of sockets.clients) client.terminate();
      }, 1000).unref();
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

function filterFor(request: LiveRequest, actor: Actor): ((event: LiveEvent) => boolean) | null {
  if (request.subscribe === 'seller') return ({ topic, subjectId }) => topic.startsWith('rating.') && subjectId === request.sellerId;
  const isOperator = actor.kind === 'user' && (actor.roles.includes('admin') || actor.roles.includes('ops'));
  if (!isOperator) return null;
  let quietUntil = 0;
  return ({ topic }) => {
    if (!FOR_OPERATORS.test(topic)) return false;
    if (!topic.startsWith('rating.')) return true;
    if (Date.now() < quietUntil) return false;
    quietUntil = Date.now() + OPERATIONS_MS;
    return true;
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
