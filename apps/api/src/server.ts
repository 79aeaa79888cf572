import { createServer, type IncomingMessage, type Server } from 'node:http';
import { closeGently, hasValidHost, keepConnections, keepTrusted, UPLOAD_TIMEOUT_MS } from '@assay/runtime';
import proxyAddr from 'proxy-addr';
import { createApp } from './app.ts';
import type { Container } from './container.ts';
import { createProbes } from './health/probes.ts';
import { productProbes } from './health/product-probes.ts';
import { liveUpdates } from './realtime/live.ts';
import type { OnAnswer } from './http/exchange.ts';
import { limitSmallBodies } from './http/body-timeout.ts';
import { hotSummary } from './http/hot-summary.ts';
import { createLimits } from './http/limits.ts';
import { createSamples, type Samples } from './http/samples.ts';
import { sharedCounts } from './http/shared-counts.ts';

export interface ApiServer {
  server: Server;
  /** What it has answered. */
  samples: Samples;
  /** Accepts new work; false from the moment that it is asked to stop. */
  isServing: () => boolean;
  /** Says for a while that it is not ready any more, then finishes what is under way, then closes. */
  stop: () => Promise<void>;
}

/** How often each process checks its health by itself. */
const LOOK_EVERY_MS = 10_000;

/** Other upgrades (h2c, which some clients offer by default) are ordinary requests. */
const isWebSocket = (req: IncomingMessage) => req.headers.upgrade?.toLowerCase() === 'websocket';

/** The HTTP server of one process, with its time-outs. */
export function createApiServer(container: Container): ApiServer {
  const { config, log, metrics } = container;
  const limits = createLimits(config.limits, log, container.redis ? sharedCounts(container.redis) : undefined);
  const samples = createSamples();
  const onAnswer: OnAnswer = (endpoint, method, status, durationMs) => {
    samples.add(endpoint, status, durationMs);
    metrics.answered(endpoint, method, status, durationMs);
  };
  let leaving = false;
  let draining = false;
  const isServing = () => !leaving;
  const probes = createProbes(
    productProbes(container, () => live),
    log,
  );
  // The log and the metric report it without a request for /health.
  const looking = setInterval(() => probes.names.forEach((name) => void probes.look(name)), LOOK_EVERY_MS).unref();
  metrics.gauge('marketplace_health', 'Whether a part was healthy when this process last checked it, by part', () =>
    [...probes.last()].map(([part, ok]) => ({ labels: { part }, value: Number(ok) })),
  );
  const app = createApp(container, limits, onAnswer, { isServing, probes });
  const trust = app.get('trust proxy fn') as (address: string, hop: number) => boolean;
  const hot = hotSummary(container, onAnswer, limits);
  const server = createServer({ shouldUpgradeCallback: isWebSocket }, (req, res) => {
    const hops = proxyAddr.all(req, trust);
    keepTrusted(req, hops, trust(req.socket.remoteAddress ?? '', 0));
    if (draining) res.setHeader('Connection', 'close');
    limitSmallBodies(req, res, config.requestTimeoutMs, log);
    if (!hasValidHost(req) || !hot(req, res, hops.at(-1) ?? '', () => app(req, res))) app(req, res);
  });
  server.requestTimeout = Math.max(UPLOAD_TIMEOUT_MS, config.requestTimeoutMs);
  server.headersTimeout = Math.min(10_000, config.requestTimeoutMs);
  keepConnections(server);
  server.maxRequestsPerSocket = 0;

  const live = liveUpdates(container, server, trust, limits);
  metrics.gauge('seller_websocket_connections', 'Number of active seller WebSocket connections', () => live.connections());
  metrics.counter('seller_rate_limit_violations_total', 'Requests refused because a budget was spent, by limiter', () =>
    Object.entries(limits.violations).map(([limiter, value]) => ({ labels: { limiter }, value })),
  );
  const stop = async () => {
    if (leaving) return;
    leaving = true;
    clearInterval(looking);
    // Load balancers learn of it before anything is refused.
    await new Promise((resolve) => setTimeout(resolve, config.drainNoticeMs));
    draining = true;
    live.drain();
    await closeGently(server, () => live.close());
  };
  return { server, samples, isServing, stop };
}
