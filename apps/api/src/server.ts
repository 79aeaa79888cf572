import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createApp } from './app.ts';
import type { Container } from './container.ts';
import { liveUpdates } from './realtime/live.ts';
import { hotSummary } from './http/hot-summary.ts';
import { createLimits } from './http/limits.ts';
import { createSamples, type Samples } from './http/samples.ts';
import { sharedCounts } from './http/shared-counts.ts';

/**
 * How long answers ask clients to let go of their connections before the server closes: a reload cuts nobody off. Longer
 * than clients keep an idle connection after the hint of KEEP_ALIVE_HINT_MS: none of them uses one that has just been closed.
 */
const DRAIN_MS = 2500;
const KEEP_ALIVE_HINT_MS = 3000;
const IDLE_MS = 65_000; // longer than a proxy's, so that the proxy closes first

export interface ApiServer {
  server: Server;
  /** What it has answered. */
  samples: Samples;
  /** Finishes what is under way, then closes. */
  stop: () => Promise<void>;
}

/** Other upgrades (h2c, which some clients offer by default) are ordinary requests. */
const isWebSocket = (req: IncomingMessage) => req.headers.upgrade?.toLowerCase() === 'websocket';

/** The HTTP server of one process, with its time-outs. */
export function createApiServer(container: Container): ApiServer {
  const { config, log } = container;
  const limits = createLimits(config.limits, log, container.redis ? sharedCounts(container.redis) : undefined);
  const samples = createSamples();
  const app = createApp(container, limits, samples);
  const hot = hotSummary(container, samples, limits, app.get('trust proxy fn'));
  let draining = false;
  const trust = app.get('trust proxy fn') as (address: string, hop: number) => boolean;
  const server = createServer({ shouldUpgradeCallback: isWebSocket }, (req, res) => {
    if (req.headers.traceparent && !trust(req.socket.remoteAddress ?? '', 0)) delete req.headers.traceparent;
    if (draining) res.setHeader('Connection', 'close');
    if (!hot(req, res, () => app(req, res))) app(req, res);
  });
  server.requestTimeout = config.requestTimeoutMs;
  server.headersTimeout = Math.min(10_000, config.requestTimeoutMs);
  server.keepAliveTimeout = KEEP_ALIVE_HINT_MS;
  server.keepAliveTimeoutBuffer = IDLE_MS - KEEP_ALIVE_HINT_MS;
  server.maxRequestsPerSocket = 0;

  const live = liveUpdates(container, server, app.get('trust proxy fn'));
  const stop = async () => {
    if (draining) return;
    draining = true;
    live.drain();
    const connections = await new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
    if (connections > 0) await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
    live.close();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const force = setTimeout(() => server.closeAllConnections(), 8000);
    await closed;
    clearTimeout(force);
  };
  return { server, samples, stop };
}
