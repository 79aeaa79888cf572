import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { apiFor, restFor } from '#lib/server/api.ts';
import { logError } from '#lib/server/log.ts';
import { COOKIES, passOnCookies } from '#lib/server/session.ts';

const THEMES = { light: ' data-theme="light"', dark: ' data-theme="dark"', system: '' } as const;

export const handle: Handle = async ({ event, resolve }) => {
  const { cookies, locals, platform, request } = event;
  if (platform && event.route.id) platform.req.pageRoute = event.route.id; // what the server counts it under
  locals.requestId = request.headers.get('x-request-id') ?? randomUUID();
  const theme = cookies.get(COOKIES.theme);
  locals.theme = theme === 'light' || theme === 'dark' ? theme : 'system';

  if (!cookies.get(COOKIES.access) && cookies.get(COOKIES.refresh)) passOnCookies(await restFor(event, '/auth/refresh'), cookies);
  locals.signedIn = cookies.get(COOKIES.access) !== undefined;
  locals.api = apiFor(event);

  return resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%assay.theme%', THEMES[locals.theme]),
    filterSerializedResponseHeaders: () => false,
  });
};

/** What went wrong inside stays inside: the visitor gets a sentence and the request's id. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  const { requestId } = event.locals;
  if (kind === 'app') return { requestId };
  if (kind !== 'unknown') return { message: error.status === 404 ? 'There is no such page.' : error.message, requestId };
  const err = error instanceof Error ? { message: error.message, stack: error.stack } : String(error);
  logError({ requestId, path: event.url.pathname, err, msg: 'failed' });
  return { message: 'Something went wrong on our side. Try again in a moment.', requestId };
};
