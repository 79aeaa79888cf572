import { createApiClient, type ApiClient } from '@assay/client';
import type { RequestEvent } from '@sveltejs/kit';
import { readConfig } from './config.ts';
import { COOKIES } from './session.ts';

const { apiUrl, requestTimeoutMs } = readConfig(process.env);

/** What the API has to know of the visitor when the web server asks for them. */
function visitorHeaders(event: RequestEvent): Record<string, string> {
  const { url, cookies } = event;
  const csrf = cookies.get(COOKIES.csrf);
  const cookie = cookies.getAll().map(({ name, value }) => `${name}=${value}`).join('; ');
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
  return createApiClient({ url: `${apiUrl}/trpc`, headers: () => visitorHeaders(event), timeoutMs: requestTimeoutMs });
}

/** One REST call for the visitor: sessions live there, because their cookies do. */
export function restFor(event: RequestEvent, path: string, body?: unknown): Promise<Response> {
  return fetch(`${apiUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { ...visitorHeaders(event), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
}
