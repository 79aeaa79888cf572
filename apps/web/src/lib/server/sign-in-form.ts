import { PAGES, type SecondFactorNeeded, type SignedIn } from '@assay/contract';
import type { RequestEvent } from '@sveltejs/kit';
import { accepted, restFor } from './api.ts';
import { action } from './action.ts';
import { formOf, text } from './form.ts';
import { safeNext } from './guards.ts';
import { passOnCookies } from './session.ts';

type Path = '/auth/login' | '/auth/register' | '/auth/second-factor';

/** Opens a session, or gets the challenge for the second factor: both are cookies. @param path of the REST API */
async function open(path: Path, input: object, event: RequestEvent): Promise<SignedIn | SecondFactorNeeded> {
  const answer = await accepted(await restFor(event, path, input));
  passOnCookies(answer, event.cookies);
  return (await answer.json()) as SignedIn | SecondFactorNeeded;
}

/** The page that asks for the second factor, on the way to another one. */
const codePage = (next: string) => (next === PAGES.home ? PAGES.signInCode : `${PAGES.signInCode}?next=${encodeURIComponent(next)}`);

/** An action that opens a session, and goes on to the page that the visitor wanted. */
const opening = (path: Path, fields: Record<string, typeof text>) =>
  action({
    open: true,
    read: formOf(fields),
    call: (_api, input, event) => open(path, input, event),
    next({ result, event }) {
      const next = safeNext(event.url.searchParams.get('next'));
      return 'challenge' in result ? codePage(next) : next;
    },
  });

export const signIn = opening('/auth/login', { email: text, password: text });
export const register = opening('/auth/register', { fullName: text, email: text, password: text });
export const enterCode = opening('/auth/second-factor', { code: text });
