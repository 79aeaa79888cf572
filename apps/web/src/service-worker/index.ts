// Keeps the files of the build, so that pages open sooner, and one page for when there is no connection. It never keeps pages, data or
// answers of the API: they belong to one person.
import { assets, immutable } from '$app/manifest';
import { self } from '$app/service-worker';
import { version } from '$app/env';
import { LIVE_PATH } from '@assay/contract';

const CACHE = `assay-${version}`;
const OFFLINE = '/offline';
const WITHIN_MS = 3000;

const files = new Set([...immutable, ...assets].map(({ path }) => new URL(path, self.location.origin).pathname));

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles());
  // The version before does not stay in charge until its last page is closed: all that it keeps has names of its own.
  void self.skipWaiting();
});

async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([...files]);
  // Without cookies: every user of this browser gets this page.
  const offline = await fetch(OFFLINE, { credentials: 'omit', cache: 'no-store' });
  if (!offline.ok) throw new Error(`The offline page answers ${offline.status}.`);
  await cache.put(OFFLINE, offline);
}

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith('assay-') && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (files.has(pathname)) event.respondWith(kept(request));
  else if (request.mode === 'navigate' && !/^\/(api|trpc|media)(\/|$)/.test(pathname)) event.respondWith(pageOrOffline(request));
});

async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function pageOrOffline(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const offline = await (await caches.open(CACHE)).match(OFFLINE, { ignoreVary: true });
    if (offline) return offline;
    throw error;
  }
}

self.addEventListener('message', (event) => {
  const [port] = event.ports;
  if ((event.data as { type?: unknown } | null)?.type !== 'HEALTH_CHECK' || !port) return;
  event.waitUntil(health().then((data) => port.postMessage({ type: 'HEALTH_STATUS', data })));
});

/** How this browser is connected: what is kept is whole, the API answers, a WebSocket can be opened. */
async function health() {
  const [cacheService, apiConnection, websocketConnection] = await Promise.all(
    [isWhole(), answers(), opens()].map((look) => look.catch(() => false)),
  );
  return { cacheService, apiConnection, websocketConnection, timestamp: Date.now() };
}

async function isWhole(): Promise<boolean> {
  const cache = await caches.open(CACHE);
  const there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  return [OFFLINE, ...files].every((path) => there.has(path));
}

const answers = async () => (await fetch('/health', { cache: 'no-store', signal: AbortSignal.timeout(WITHIN_MS) })).ok;

function opens(): Promise<boolean> {
  const url = new URL(LIVE_PATH, self.location.origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  const opened = new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true));
    socket.addEventListener('error', () => resolve(false));
    setTimeout(() => resolve(false), WITHIN_MS);
  });
  return opened.finally(() => socket.close());
}
