import type { ApiClient } from '@assay/client';
import { redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { Flash } from '#lib/flash.ts';
import { onceOf } from '#lib/once.ts';
import { failure, unreadable, type FormFailure } from './failures.ts';
import { setFlash } from './flash.ts';
import { requireSignIn } from './guards.ts';

/** What was done: the form's input, the API's answer, and the request. */
interface Done<I, R> {
  input: I;
  result: R;
  event: RequestEvent;
}

interface Definition<I, R, D> {
  /** Reads the form. Without it, the form has nothing to say. */
  read?: z.ZodType<I, FormData>;
  /** Calls the API. A refusal becomes the form's failure. */
  call: (api: ApiClient, input: I, event: RequestEvent) => Promise<R>;
  /** What the next page says about it. */
  say?: string | ((done: Done<I, R>) => string);
  /** How the next page takes it back. */
  undo?: (done: Done<I, R>) => Flash['undo'];
  /** The page to go on to. Without it the page stays. */
  next?: string | ((done: Done<I, R>) => string);
  /** An answer that the form's page shows, instead of going on. Null: go on. */
  show?: (done: Done<I, R> & { form: FormData }) => D | null;
  /** What the form gets back after a refusal besides what was typed. */
  refused?: (failure: FormFailure, event: RequestEvent) => Promise<Record<string, string>>;
  /** Visitors may send it too. */
  open?: boolean;
  /** The page to come back to after signing in; by default the form's page. */
  back?: (event: RequestEvent) => string;
  /** Sends no idempotency key: the call changes nothing. */
  looks?: boolean;
}

const resolved = <A, T>(value: T | ((argument: A) => T), argument: A): T =>
  typeof value === 'function' ? (value as (argument: A) => T)(argument) : value;

/**
 * A form action: reads the form, calls the API, and goes on to the next page with a sentence about it. What the API refuses is shown in the
 * form, with what was typed. The form's nonce becomes the idempotency key of each call.
 */
export function action<I = undefined, R = unknown, D extends object = never>(definition: Definition<I, R, D>) {
  const { read, call, say, undo, next, show, refused, open, back, looks } = definition;
  return async (event: RequestEvent): Promise<ActionFailure<FormFailure> | D | undefined> => {
    if (!open) requireSignIn(event, back?.(event));
    const form = await event.request.formData();
    const parsed = await read?.safeParseAsync(form);
    if (parsed && !parsed.success) return unreadable(parsed.error, form);
    const input = parsed?.data as I; // undefined where the form has nothing to say
    let result: R;
    try {
      event.locals.once = looks ? null : onceOf(form);
      result = await call(event.locals.api, input, event);
    } catch (thrown) {
      const refusal = failure(thrown, form);
      if (refused) Object.assign(refusal.data.values, await refused(refusal.data, event));
      return refusal;
    } finally {
      event.locals.once = null;
    }
    const done = { input, result, event };
    const shown = show?.({ ...done, form });
    if (shown) return shown;
    if (say !== undefined) setFlash(event, { message: resolved(say, done), undo: undo?.(done) });
    if (next !== undefined) redirect(303, resolved(next, done));
    return undefined;
  };
}
