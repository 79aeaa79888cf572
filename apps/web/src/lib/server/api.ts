import { createApiClient, type ApiClient } from '@assay/client';
import { ERRORS, VISITOR_COOKIE } from '@assay/contract';
import { inSpan, traceHeaders } from '@assay/telemetry/tracing';
import { error, type RequestEvent } from '@sveltejs/kit';
import { Pool } from 'undici';
import { readConfig } from './config.ts';
import { logError } from './log.ts';
import { upstreamErrors } from './upstream.ts';
import { COOKIES } from './session.ts';

const { apiUrl, requestTimeoutMs, cdnOrigin } = readConfig(process.env);

/** Where images may come from besides our own address. */
export const imageOrigin = cdnOrigin;

// Every page asks the API: kept connections, and a client that costs less than half of what fetch does.
const pool = new Pool(apiUrl, { connections: 64, headersTimeout: requestTimeoutMs, bodyTimeout: requestTimeoutMs });

interface Sent {
  method?: string;
  headers?: HeadersInit | Record<string, string>;
  body?: unknown;
}

async function send(url: string, { method = 'GET', headers = {}, body }: Sent) {
  const { pathname, search } = new URL(url);
  const sent = headers instanceof Headers || Array.isArray(headers) ? Object.fromEntries(headers) : headers;
  try {
    return await inSpan({ name: endpointOf(method, pathname), kind: 'client', attributes: { 'http.request.method': method } }, () =>
      pool.request({
        path: pathname + search,
        method,
        headers: { ...sent, ...traceHeaders() },
        body: (body as string | undefined) ?? null,
      }),
    );
  } catch (thrown) {
    upstreamErrors.publish(thrown);
    logError({ requestId: sent['x-request-id'], path: pathname, err: thrown, msg: 'the API does not answer' });
    throw thrown;
  }
}

/** As the API names it: a batch under its first procedure. */
const endpointOf = (method: string, path: string) =>
  path.startsWith('/trpc/') ? `trpc ${path.slice('/trpc/'.length).split(',')[0]}` : `${method} ${path}`;

/** What the API has to know of the visitor when the web server asks for them; no other cookie is its business. */
function visitorHeaders(event: RequestEvent): Record<string, string> {
  const { url, cookies } = event;
  const csrf = cookies.get(COOKIES.csrf);
  const known = [COOKIES.access, COOKIES.refresh, COOKIES.csrf, VISITOR_COOKIE].map((name) => [name, cookies.get(name)]);
  const cookie = known
    .filter(([, value]) => value)
    .map((pair) => pair.join('='))
    .join('; ');
  return {
    'x-request-id': event.locals.requestId,
    'x-forwarded-for': event.getClientAddress(),
    'x-forwarded-proto': url.protocol.slice(0, -1),
    'x-forwarded-host': url.host,
    'user-agent': event.request.headers.get('user-agent') ?? '',
    ...(cookie ? { cookie } : {}),
    ...(csrf ? { 'x-csrf-token': csrf } : {}),
  };
}

/** The API as this visitor may use it. All that a page asks for at once travels in one request. */
export function apiFor(event: RequestEvent): ApiClient {
  return createApiClient({
    url: `${apiUrl}/trpc`,
    headers: () => visitorHeaders(event),
    send: async (url, init = {}) => {
      const { statusCode, body } = await send(url instanceof Request ? url.url : url.toString(), init);
      return { ok: statusCode < 400, json: () => body.json() };
    },
  });
}

/** What the REST API answered to a visitor. */
export interface RestAnswer {
  status: number;
  setCookies: string[];
  json(): Promise<unknown>;
}

/** One REST call for the visitor: sessions live there, because their cookies do. @throws HttpError 503 when the API does not answer */
export async function restFor(event: RequestEvent, path: string, body?: unknown): Promise<RestAnswer> {
  const answer = await send(`${apiUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { ...visitorHeaders(event), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => error(503, ERRORS.UNAVAILABLE.message));
  const setCookies = [answer.headers['set-cookie'] ?? []].flat();
  const text = await answer.body.text();
  return { status: answer.statusCode, setCookies, json: () => Promise.resolve(JSON.parse(text)) };
}
