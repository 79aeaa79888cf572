import { accepted, restFor } from './api.ts';
import { action } from './action.ts';
import { formOf, text } from './form.ts';
import { safeNext } from './guards.ts';
import { passOnCookies } from './session.ts';

/** An action that opens a session, and goes on to the page that the visitor wanted. @param path of the REST API */
const opening = (path: '/auth/login' | '/auth/register', fields: Record<string, typeof text>) =>
  action({
    open: true,
    read: formOf(fields),
    call: async (_api, input, event) => passOnCookies(await accepted(await restFor(event, path, input)), event.cookies),
    next: ({ event }) => safeNext(event.url.searchParams.get('next')),
  });

export const signIn = opening('/auth/login', { email: text, password: text });
export const register = opening('/auth/register', { fullName: text, email: text, password: text });
