import { redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { failure, type FormFailure } from './failures.ts';
import { setFlash } from './flash.ts';
import { requireSignIn } from './guards.ts';

interface Act {
  /** Asks the API for it. */
  call: (form: FormData) => Promise<unknown>;
  /** What the next page says about it. */
  done: string;
  /** Where to go on to. */
  next: string;
}

/** What a button of the console does: ask the API, then go back and say so; a refusal keeps what was typed. */
export async function act(event: RequestEvent, { call, done, next }: Act): Promise<ActionFailure<FormFailure>> {
  requireSignIn(event);
  const form = await event.request.formData();
  try {
    await call(form);
  } catch (thrown) {
    return failure(thrown, form);
  }
  setFlash(event.cookies, { message: done }, event.url.protocol === 'https:');
  redirect(303, next);
}
