import { randomUUID } from 'node:crypto';
import { apiErrorOf } from '@assay/client';
import { reportError } from '@assay/telemetry/errors';
import { nameRequest } from '@assay/telemetry/tracing';
import { isHttpError, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { apiFor, imageOrigin, restFor } from '#lib/server/api.ts';
import { logError } from '#lib/server/log.ts';
import { cookiesOf, passOnCookies } from '#lib/server/session.ts';
import { ensureVisitor } from '#lib/server/visitor.ts';

const THEMES = { light: ' data-theme="light"', dark: ' data-theme="dark"', system: '' } as const;

export const handle: Handle = async ({ event, resolve }) => {
  const { cookies, locals, platform, request } = event;
  if (platform && event.route.id) platform.req.pageRoute = event.route.id; // what the server counts it under
  locals.requestId = request.headers.get('x-request-id') ?? randomUUID();
  if (event.route.id) nameRequest(endpointOf(event));
  const names = cookiesOf(event);
  const theme = cookies.get(names.theme);
  locals.theme = theme === 'light' || theme === 'dark' ? theme : 'system';

  const renewed = cookies.get(names.access) || !cookies.get(names.refresh) || (await renewSession(event));
  ensureVisitor(event);
  // While the API does not answer, a session counts as open: a page waits for the API instead of asking for a password.
  locals.signedIn = cookies.get(names.access) !== undefined || !renewed;
  locals.once = null;
  locals.accessDeletion = null;
  locals.api = apiFor(event);

  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%assay.theme%', THEMES[locals.theme]),
    filterSerializedResponseHeaders: () => false,
    preload: ({ type }) => type === 'js' || type === 'css' || type === 'font',
  });
  if (locals.signedIn && !response.headers.has('cache-control')) response.headers.set('cache-control', cachingOf(event));
  response.headers.append('vary', 'Cookie');
  const policy = response.headers.get('content-security-policy');
  if (policy) response.headers.set('content-security-policy', policyOf(policy, locals));
  return locals.accessDeletion ? withoutAccess(event, response, locals.accessDeletion) : response;
};

/** The policy of a page: with the origin of images where they have one of their own, and Stripe's on the page with its form alone. */
function policyOf(policy: string, { hasPaymentForm }: App.Locals): string {
  const withImages = imageOrigin ? policy.replace("img-src 'self'", `img-src 'self' ${imageOrigin}`) : policy;
  if (!hasPaymentForm) return withImages;
  return withImages
    .replace("script-src 'self'", "script-src 'self' https://js.stripe.com https://*.js.stripe.com")
    .replace("connect-src 'self'", "connect-src 'self' https://api.stripe.com")
    .concat('; frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com');
}

/**
 * The answer to a browser whose access token is worth nothing any more: it loses the token, and asks for a page that it may not see once
 * more, with what its refresh token gives.
 */
function withoutAccess({ request, url, isDataRequest }: RequestEvent, response: Response, deletion: string): Response {
  const headers = new Headers(response.headers);
  headers.append('set-cookie', deletion);
  const again = response.status === 401 && request.method === 'GET' && !isDataRequest;
  if (!again) return new Response(response.body, { status: response.status, headers });
  headers.delete('content-length');
  headers.set('location', url.pathname + url.search);
  return new Response(null, { status: 303, headers });
}

/** Gets a new access token for a session that has none any more. False when the API does not answer. */
async function renewSession(event: RequestEvent): Promise<boolean> {
  try {
    passOnCookies(await restFor(event, '/auth/refresh'), event.cookies);
    return true;
  } catch (thrown) {
    if (isHttpError(thrown, 503)) return false;
    throw thrown;
  }
}

/** Pages that everyone has. */
const PUBLIC_PAGES = /^\/(?:listings(?:\/|$)|sellers(?:\/|$)|how-scores-work$|$)/;

/**
 * A shared or stolen browser shows no page of an account again. A public page may be shown by Back: its form has the key with which an
 * order is placed once.
 */
const cachingOf = ({ url }: RequestEvent) => (PUBLIC_PAGES.test(url.pathname) ? 'private, no-cache' : 'private, no-store');

/** "GET /sellers/[id]" */
const endpointOf = ({ request, route }: Pick<RequestEvent, 'request' | 'route'>) => `${request.method} ${route.id ?? 'no page'}`;

/** What went wrong inside stays inside: the visitor gets a sentence and the request's id. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  const { requestId } = event.locals;
  if (kind === 'app') return { requestId };
  if (kind !== 'unknown') return { message: error.status === 404 ? 'This page does not exist.' : error.message, requestId };
  logError({ requestId, path: event.url.pathname, err: error, msg: 'failed' });
  if (!apiErrorOf(error)) reportError(error, { requestId, endpoint: endpointOf(event) });
  return { message: 'Something went wrong on our side. Try again in a moment.', requestId };
};
