// The web process: pages by SvelteKit, everything for the API passed on to it, so that browsers talk to one origin.
import { randomUUID } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { createServer, Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve as resolvePath } from 'node:path';
import { Readable, type Duplex } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { cookieNames, JSON_BYTES_MAX } from '@assay/contract';
import {
  addressOf,
  closeGently,
  exitWhenWritten,
  hasBody,
  hasValidHost,
  HOME,
  isThisMachine,
  keepConnections,
  keepFilesPrivate,
  keepTrusted,
  limitBodyTime,
  REQUEST_ID,
  startWatchdog,
  UPLOAD_TIMEOUT_MS,
} from '@assay/runtime';
import { endOnUncaught, flushErrors, reportError, startErrorReports } from '@assay/telemetry/errors';
import { createLogger } from '@assay/telemetry/logging';
import { guardOthers, silentMaxOf } from '@assay/telemetry/metrics';
import { beginServerSpan, startTracing, stopTracing, traceHeaders } from '@assay/telemetry/tracing';
import compression from 'compression';
import helmet from 'helmet';
import { createProxyServer } from 'httpxy';
import proxyAddr from 'proxy-addr';
import { isLargeBody, openLargeBodies, openRequests, readSmallBody } from './src/lib/server/bodies.ts';
import { completeHeaders } from './src/lib/server/complete-headers.ts';
import { loadOwnVariables, readConfig } from './src/lib/server/config.ts';
import { healthEndpoints } from './src/lib/server/health.ts';
import { createWebMetrics } from './src/lib/server/metrics.ts';
import { assetOfOtherBuild, sendAsset } from './src/lib/server/old-assets.ts';
import { sendRefusal, type OwnRefusal } from './src/lib/server/refusal.ts';
import { upstreamErrors } from './src/lib/server/upstream.ts';

keepFilesPrivate();
loadOwnVariables(join(HOME, '.env'), process.env);
const config = await configOrExit();
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };
const metrics = createWebMetrics(version, config.worker);
const log = createLogger(config.logLevel, 'marketplace-web');
await startTracing(config.tracing, (reason) => log.warn({ reason }, 'spans are not taken'));
await startErrorReports(config.errors, (reason) => log.warn({ reason }, 'error reports are not taken'));

// adapter-node reads these when its handler is loaded; the headers are set below, from what can be trusted.
process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
process.env.HOST_HEADER = 'x-forwarded-host';
process.env.ADDRESS_HEADER = 'x-forwarded-for';
// What a form with a file of listings takes; all others are refused before, see tooLarge().
process.env.BODY_SIZE_LIMIT = '6M';
// The link may lead to another build later; this process goes on with this one.
const build = realpathSync(config.buildDir ?? join(import.meta.dirname, 'build', 'current'));
const { handler } = (await import(pathToFileURL(join(build, 'handler.js')).href)) as {
  handler: (req: IncomingMessage, res: ServerResponse, next: () => void) => void;
};

const trust = /^\d+$/.test(config.trustProxy)
  ? (_address: string, hop: number) => hop < Number(config.trustProxy)
  : proxyAddr.compile(config.trustProxy.split(',').map((proxy) => proxy.trim()));
let endGuard = () => {};
/** The process is stopping; a moment later it also closes its connections. */
let leaving = false;
let draining = false;
const health = healthEndpoints(config.apiUrl, () => !leaving);
const proxy = createProxyServer({
  target: config.apiUrl,
  agent: new Agent({ keepAlive: true, maxSockets: 1024 }),
  proxyTimeout: config.requestTimeoutMs,
});
// The API's own word about its connection is not about ours.
proxy.on('proxyRes', (answer) => {
  answer.headers.connection = draining ? 'close' : 'keep-alive';
});
// The content security policy is the pages' own (with nonces); HSTS belongs behind TLS only.
const headers = helmet({
  contentSecurityPolicy: false,
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
});

/** Files of the build, images and questions about health tell nothing. */
const isTraced = (path: string) => !/^\/(_app\/|media\/|livez$|health$|favicon)/.test(path);
const isForApi = (url: string) => /^\/(api|trpc|media|webhooks)(\/|\?|$)/.test(url);
/** WebSockets of the API: its own address, and those of the founding documents, where the same address by HTTP is a page. */
const isForSockets = (url: string) => isForApi(url) || /^\/seller\/(ws|0x[0-9a-fA-F]{40}|[1-9]\d{0,9})(\?|$)/.test(url);
// Other upgrades (h2c, which some clients offer by default) are ordinary requests.
const shouldUpgradeCallback = (req: IncomingMessage) => req.headers.upgrade?.toLowerCase() === 'websocket';
const server = createServer({ shouldUpgradeCallback }, (req, res) => {
  const startedAt = performance.now();
  const requestId = identify(req);
  const [path = '/', query] = (req.url ?? '/').split('?');
  const forApi = isForApi(path);
  const healthAnswer = forApi ? null : health(path, query, isThisMachine(String(req.headers['x-forwarded-for'])));
  const method = req.method ?? '';
  const span = isTraced(path) ? beginServerSpan(req.headers, method, requestId) : null;
  if (draining) res.setHeader('Connection', 'close');
  res.setMaxListeners(30); // this server's, compression's and a stream's: more than ten, and gone with the answer
  res.on('close', () => {
    const status = res.writableFinished ? res.statusCode : 499;
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    if (!healthAnswer) metrics.answered(forApi ? 'api' : (req.pageRoute ?? 'asset'), status, durationMs);
    span?.end(forApi ? `${method} /${path.split('/')[1]}` : method, status); // pages say themselves which they are
    log.request({ requestId, method, path, status, durationMs, traceId: span?.traceId });
  });
  const answer = () => serve(req, res, { requestId, path, forApi, healthAnswer });
  if (span) span.run(answer);
  else answer();
});

interface Asked {
  requestId: string;
  path: string;
  forApi: boolean;
  healthAnswer: ReturnType<typeof health>;
}

function serve(req: IncomingMessage, res: ServerResponse, { requestId, path, forApi, healthAnswer }: Asked): void {
  const refuse = (code: OwnRefusal) => withHeaders(req, res, () => sendRefusal(req, res, requestId, code));
  const address = addressOf(String(req.headers['x-forwarded-for']));
  if (!hasValidHost(req)) return refuse('BAD_REQUEST');
  const leave = openRequests.enter(address);
  if (!leave) return refuse('RATE_LIMITED');
  res.once('close', leave);
  if (forApi) {
    Object.assign(req.headers, traceHeaders());
    passOn(req, res, { path, address }, refuse).catch((error: unknown) => {
      if (req.destroyed && !req.complete) return res.destroy(); // the client went away
      upstreamErrors.publish(error);
      log.error({ requestId, err: error }, 'the API does not answer');
      refuse('UNAVAILABLE');
    });
    return;
  }
  limitBodyTime(req, res, config.requestTimeoutMs, () => refuse('REQUEST_TIMEOUT')); // pages take no uploads
  res.setHeader('X-Request-Id', requestId);
  completeHeaders(res);
  withHeaders(req, res, () => {
    const oldAsset = req.method === 'GET' ? assetOfOtherBuild(path, build) : null;
    if (healthAnswer) void healthAnswer.then(({ status, body }) => sendJson(res, status, body));
    else if (oldAsset) sendAsset(oldAsset, res);
    else if (tooLarge(req, path)) refuse('PAYLOAD_TOO_LARGE');
    else compressed(req, res, () => handler(req, res, () => refuse('NOT_FOUND')));
  });
}

/**
 * Passes a request on to the API: a small body when it is complete, so that slow clients keep no connection to the API; a file as it
 * arrives, a few of each address.
 */
async function passOn(
  req: IncomingMessage,
  res: ServerResponse,
  { path, address }: { path: string; address: string },
  refuse: (code: OwnRefusal) => void,
): Promise<void> {
  if (!hasBody(req)) return proxy.web(req, res);
  if (isLargeBody(req.method, path)) {
    const leave = openLargeBodies.enter(address);
    if (!leave) return refuse('RATE_LIMITED');
    res.once('close', leave);
    return proxy.web(req, res);
  }
  limitBodyTime(req, res, config.requestTimeoutMs, () => refuse('REQUEST_TIMEOUT'));
  const body = await readSmallBody(req, JSON_BYTES_MAX);
  if (body === null) return refuse('PAYLOAD_TOO_LARGE');
  if (!res.headersSent) await proxy.web(req, res, { buffer: Readable.from([body]) });
}

const compress = compression({ threshold: 1024 });
const sessionCookies = [false, true].map(cookieNames).flatMap(({ access, refresh, csrf }) => [access, refresh, csrf]);
const SESSION_COOKIE = new RegExp(`(?:^|;\\s*)(?:${sessionCookies.join('|')})=`);

/**
 * Compresses what visitors without a session get. A page of an account holds secrets beside what others wrote: by its compressed length
 * one could be found out from the other (BREACH).
 */
function compressed(req: IncomingMessage, res: ServerResponse, answer: () => void): void {
  if (SESSION_COOKIE.test(req.headers.cookie ?? '')) answer();
  else compress(req as Parameters<typeof compress>[0], res as Parameters<typeof compress>[1], answer);
}

/** Runs `answer` with the security headers set. */
function withHeaders(req: IncomingMessage, res: ServerResponse, answer: () => void): void {
  if (res.headersSent) return answer();
  headers(req, res, () => {
    if (req.headers['x-forwarded-proto'] === 'https') res.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    answer();
  });
}

// A server that closes does not know of connections that were upgraded.
const upgraded = new Set<Duplex>();
server.on('upgrade', (req, socket, head) => {
  upgraded.add(socket);
  socket.on('close', () => upgraded.delete(socket));
  socket.on('error', () => socket.destroy()); // Node has taken its own listener away
  identify(req);
  if (!hasValidHost(req)) return void socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  if (!isForSockets(req.url ?? '')) return void socket.destroy();
  // On a connection of its own: a kept one may lead to a process that is stopping and refuses upgrades.
  proxy.ws(req, socket as Parameters<typeof proxy.ws>[1], { agent: false }, head).catch((error: unknown) => {
    upstreamErrors.publish(error);
    socket.destroy();
  });
});

/** Gives the request its id, and overwrites forwarding headers that come from untrusted addresses. */
function identify(req: IncomingMessage): string {
  const addresses = proxyAddr.all(req, trust);
  keepTrusted(req, addresses, trust(req.socket.remoteAddress ?? '', 0));
  const given = req.headers['x-request-id'];
  const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  req.headers['x-forwarded-proto'] = req.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  req.headers['x-forwarded-for'] = addresses.at(-1) ?? '';
  req.headers['x-forwarded-host'] = publicHostOf(String(req.headers['x-forwarded-host'] || req.headers.host || ''));
  req.headers['x-request-id'] = requestId;
  return requestId;
}

const publicUrl = URL.parse(config.publicOrigin ?? '');

/** A proxy may leave out the port of our address: PUBLIC_URL knows it. */
function publicHostOf(host: string): string {
  return publicUrl && URL.parse(`${publicUrl.protocol}//${host}`)?.hostname === publicUrl.hostname ? publicUrl.host : host;
}

const FORM_BYTES_MAX = 65_536;
const TAKES_FILES = /^\/(seller\/listings\/import|admin\/payouts)(\?|$)/;

/** Forms are small, but for those with files. Of a body that does not say how large it is, the pages count what arrives, up to that length. */
function tooLarge({ method, headers: sent }: IncomingMessage, path: string): boolean {
  if (method === 'GET' || method === 'HEAD' || TAKES_FILES.test(path)) return false;
  if (sent['transfer-encoding'] !== undefined) sent['content-length'] = String(FORM_BYTES_MAX);
  return Number(sent['content-length'] ?? 0) > FORM_BYTES_MAX;
}

function sendJson(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' }).end(JSON.stringify(body));
}

async function configOrExit() {
  try {
    return readConfig(process.env);
  } catch (error) {
    console.error((error as Error).message);
    exitWhenWritten(2);
    return new Promise<never>(() => {});
  }
}

server.requestTimeout = Math.max(UPLOAD_TIMEOUT_MS, config.requestTimeoutMs); // the API cuts off what is no upload sooner
server.headersTimeout = Math.min(10_000, config.requestTimeoutMs);
keepConnections(server);
await metrics.workers
  .join(resolvePath(HOME, config.runtimeDir), () => !leaving)
  .catch((error: unknown) => {
    log.warn({ err: error }, 'this process’s metrics are not seen by the API');
  });
server.listen(config.port, config.host, () => {
  const { port } = server.address() as AddressInfo;
  log.info({ host: config.host, port, api: config.apiUrl }, 'listening');
  // Not before: what starts is not hung, however slow the machine, and PM2 has a time-out for that.
  startWatchdog({
    ...config.watchdog,
    name: 'marketplace-web',
    onLost: (error) => log.error({ err: error }, 'the watchdog of this process is gone'),
  });
  // Under PM2: see the API's main.ts.
  if (config.worker !== null)
    endGuard = guardOthers({
      workers: metrics.workers,
      silentMaxMs: silentMaxOf(config.watchdog.hangTimeoutMs),
      onKill: (frozen) => log.error({ frozen }, 'a process does not answer: it is killed, and PM2 replaces it'),
    });
  process.send?.({ port }); // for a parent that asked for any free port
  process.send?.('ready');
});

async function stop(reason: string): Promise<void> {
  if (leaving) return;
  leaving = true;
  log.info({ reason }, 'stopping');
  endGuard();
  // The load balancer notices by /ready before connections are refused.
  await new Promise((resolve) => setTimeout(resolve, config.drainNoticeMs));
  draining = true;
  await closeGently(server, () => {
    for (const socket of upgraded) socket.destroy();
  });
  await Promise.all([stopTracing(), flushErrors()]);
  log.info('stopped');
  log.flush();
  exitWhenWritten(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
process.on('message', (message) => message === 'shutdown' && void stop('shutdown'));
process.on('disconnect', () => void stop('the parent is gone'));
endOnUncaught(log, exitWhenWritten);
// An unhandled rejection is a fault of one page: the process serves the others.
process.on('unhandledRejection', (error) => {
  log.error({ err: error }, 'unhandled rejection');
  reportError(error);
});
