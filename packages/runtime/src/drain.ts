import cluster from 'node:cluster';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';

/**
 * How long answers ask clients to close their connections before the server closes, so that a reload breaks no request. Longer
 * than clients keep an idle connection after the hint of KEEP_ALIVE_HINT_MS: none of them uses one that has just been closed.
 */
const DRAIN_MS = 2500;
const KEEP_ALIVE_HINT_MS = 3000;
const IDLE_MS = 65_000; // longer than a proxy's, so that the proxy closes first
const FORCE_MS = 8000;

/** Asks clients to close idle connections early, and keeps them open for long. */
export function keepConnections(server: Server): void {
  server.keepAliveTimeout = KEEP_ALIVE_HINT_MS;
  server.keepAliveTimeoutBuffer = IDLE_MS - KEEP_ALIVE_HINT_MS;
}

/**
 * Closes a server whose answers say "Connection: close" from now on; what is under way is finished. Where others listen on the
 * same port they get new connections at once; a process alone accepts them until it closes.
 * @param beforeEnd ends what the server does not know of: connections that were upgraded
 */
export async function closeGently(server: Server, beforeEnd: () => void): Promise<void> {
  const closed = once(server, 'close');
  const stopListening = () => NetServer.prototype.close.call(server); // http's own ends idle connections, whose clients may just be asking
  if (cluster.isWorker) stopListening();
  const connections = await new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  if (connections > 0) await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
  // Timers run before sockets are read: on a busy process a request may have arrived that makes its connection not idle.
  await new Promise((resolve) => setImmediate(resolve));
  beforeEnd();
  if (server.listening) server.close();
  else server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), FORCE_MS);
  await closed;
  clearTimeout(force);
}
