import type { Problem } from '@assay/contract';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { restFor } from './api.ts';
import { problemFailure } from './failures.ts';
import { textOf } from './form.ts';
import { safeNext } from './guards.ts';
import { passOnCookies } from './session.ts';

/** Sends a form to the API that answers with a session, and goes on where the visitor wanted to go. */
export async function openSessionWith(event: RequestEvent, path: '/auth/login' | '/auth/register', fields: readonly string[]) {
  const form = await event.request.formData();
  const response = await restFor(event, path, Object.fromEntries(fields.map((name) => [name, textOf(form, name)])));
  if (response.status >= 400) {
    const problem = (await response.json()) as Problem;
    return problemFailure(problem, form);
  }
  passOnCookies(response, event.cookies);
  redirect(303, safeNext(event.url.searchParams.get('next')));
}
