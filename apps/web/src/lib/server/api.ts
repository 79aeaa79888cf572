import { Readable } from 'node:stream';
import { createApiClient, lastGood, resilient, type ApiClient, type Read, type Send } from '@assay/client';
import { ERRORS, nameOfBatch, type Problem } from '@assay/contract';
import { inSpan, traceHeaders } from '@assay/telemetry/tracing';
import { error, type RequestEvent } from '@sveltejs/kit';
import { Pool } from 'undici';
import { readConfig } from './config.ts';
import { RestRefusal } from './failures.ts';
import { ONCE_HEADER, withIdempotencyKey } from './idempotency.ts';
import { logError } from './log.ts';
import { upstreamErrors } from './upstream.ts';
import { cookiesOf } from './session.ts';

const { apiUrl, requestTimeoutMs, cdnOrigin, publicOrigin } = readConfig(process.env);

/** Our own origin, for links that leave the page: PUBLIC_URL, or the origin of the request where that is not set. */
export const originOf = (url: URL): string => publicOrigin ?? url.origin;

/** Where images may come from besides our own address. */
export const imageOrigin = cdnOrigin;

// Every page asks the API: kept connections, and a client that costs less than half of what fetch does.
const pool = new Pool(apiUrl, { connections: 64, headersTimeout: requestTimeoutMs, bodyTimeout: requestTimeoutMs });

const byPool: Send = async (url, { method, headers, body, signal }) => {
  const { pathname, search } = new URL(url);
  const request = {
    path: pathname + search,
    method,
    body: (body as string | null | undefined) ?? null,
    signal: signal ?? null,
  };
  const span = { name: endpointOf(method, pathname), kind: 'client', attributes: { 'http.request.method': method } } as const;
  const answer = await inSpan(span, () => pool.request({ ...request, headers: { ...headers, ...traceHeaders() } })).catch(
    (thrown: unknown) => {
      upstreamErrors.publish(thrown);
      throw thrown;
    },
  );
  const header = (name: string) => [answer.headers[name] ?? []].flat();
  return {
    status: answer.statusCode,
    header: (name) => header(name)[0] ?? null,
    text: await answer.body.text(),
    setCookies: header('set-cookie'),
  };
};

// One for the process: its circuit breaker counts the failures that all visitors meet.
const resilientSend = resilient(withIdempotencyKey(byPool), { timeoutMs: requestTimeoutMs });
// For visitors without a session.
const lastGoodAnswers = lastGood<Read>({ answersMax: 500 });

/** Logs a request that got no answer, once, with the id of the page's request. */
const logged =
  (send: Send): Send =>
  async (url, request) => {
    try {
      return await send(url, request);
    } catch (thrown) {
      const { pathname } = new URL(url);
      logError({ requestId: request.headers['x-request-id'], path: pathname, err: thrown, msg: 'the API does not answer' });
      throw thrown;
    }
  };

/** As the API names it. */
const endpointOf = (method: string, path: string) =>
  path.startsWith('/trpc/') ? `trpc ${nameOfBatch(path.slice('/trpc/'.length).split(','))}` : `${method} ${path}`;

/** What the API has to know of the visitor: their address, browser and session. No other cookie is sent on. */
function visitorHeaders(event: RequestEvent): Record<string, string> {
  const { url, cookies } = event;
  const names = cookiesOf(event);
  const csrf = cookies.get(names.csrf);
  const known = [names.access, names.refresh, names.csrf, names.device, names.challenge, names.visitor].map((name) => [
    name,
    cookies.get(name),
  ]);
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
    ...(event.locals.once ? { [ONCE_HEADER]: event.locals.once } : {}),
  };
}

/** Notes that the API deletes the access token: its session has ended. The page's answer passes it on, see hooks.server.ts. */
const notingEnd =
  (event: RequestEvent, send: Send): Send =>
  async (url, request) => {
    const answer = await send(url, request);
    const deletion = answer.setCookies.find((header) => header.startsWith(`${cookiesOf(event).access}=;`));
    if (deletion) event.locals.accessDeletion = deletion;
    return answer;
  };

/** The API with this visitor's rights. Reads that a page makes at once travel in one request. */
export function apiFor(event: RequestEvent): ApiClient {
  return createApiClient({
    url: `${apiUrl}/trpc`,
    headers: () => visitorHeaders(event),
    send: notingEnd(event, logged(resilientSend)),
    lastGood: event.locals.signedIn ? undefined : lastGoodAnswers,
    onStale(since) {
      const { staleSince } = event.locals;
      event.locals.staleSince = staleSince && staleSince < since ? staleSince : since; // as old as its oldest part
    },
  });
}

/** The REST API's answer to a visitor. */
export interface RestAnswer {
  status: number;
  setCookies: string[];
  json(): Promise<unknown>;
}

/**
 * One REST call for the visitor: sessions are opened there, because REST sets their cookies.
 * @throws HttpError 503 when the API does not answer
 */
export function restFor(event: RequestEvent, path: string, body?: unknown): Promise<RestAnswer> {
  return restText(event, path, body === undefined ? null : { type: 'application/json', text: JSON.stringify(body) });
}

/**
 * The same with a body of any kind of text.
 * @throws HttpError 503 when the API does not answer
 */
export async function restText(event: RequestEvent, path: string, body: { type: string; text: string } | null): Promise<RestAnswer> {
  const answer = await logged(resilientSend)(`${apiUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { ...visitorHeaders(event), ...(body ? { 'content-type': body.type } : {}) },
    body: body?.text ?? null,
  }).catch(() => error(503, ERRORS.UNAVAILABLE.message));
  return { status: answer.status, setCookies: answer.setCookies, json: () => Promise.resolve(JSON.parse(answer.text) as unknown) };
}

/**
 * The same for a file, which is passed on as it arrives.
 * @throws RestRefusal; HttpError 503 when the API does not answer
 */
export async function restFile(event: RequestEvent, path: string, body: unknown): Promise<Response> {
  const answer = await pool
    .request({
      path: `/api/v1${path}`,
      method: 'POST',
      headers: { ...visitorHeaders(event), 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: event.request.signal,
    })
    .catch((thrown: unknown) => {
      logError({ requestId: event.locals.requestId, path, err: thrown, msg: 'the API does not answer' });
      return error(503, ERRORS.UNAVAILABLE.message);
    });
  if (answer.statusCode >= 400) throw new RestRefusal((await answer.body.json()) as Problem);
  const passedOn = ['content-type', 'content-disposition', 'cache-control'].flatMap((name) => {
    const value = answer.headers[name];
    return typeof value === 'string' ? [[name, value] as [string, string]] : [];
  });
  return new Response(Readable.toWeb(answer.body) as ReadableStream, { headers: passedOn });
}

/** The same answer, where it is not a refusal. @throws RestRefusal for the form that asked */
export async function accepted(answer: RestAnswer): Promise<RestAnswer> {
  if (answer.status >= 400) throw new RestRefusal((await answer.json()) as Problem);
  return answer;
}
