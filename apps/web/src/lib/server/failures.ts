import { apiErrorOf } from '@assay/client';
import { ERRORS, PAGES, type ErrorCode, type FieldError, type Problem } from '@assay/contract';
import { error, fail, redirect, type ActionFailure } from '@sveltejs/kit';
import type { z } from 'zod';
import { ONCE_FIELD } from '#lib/once.ts';

/** What a form shows again after a refusal: the sentence, what is wrong with which field, and what was typed. */
export interface FormFailure {
  message: string;
  code: string;
  fields: Record<string, string>;
  values: Record<string, string>;
}

/** A refusal of the REST API. */
export class RestRefusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const byField = (errors: readonly FieldError[]) => Object.fromEntries(errors.map(({ field, message }) => [field, message]));

/** Fields that a form does not get back: passwords, a file's text, and the nonce, which each page brings itself. */
const NOT_KEPT = new Set(['password', 'current', 'code', 'signedMessage', 'signature', 'csv', ONCE_FIELD]);

/** What was typed, for the form that shows it again. */
export function typedValues(form: FormData): Record<string, string> {
  const kept = [...form].filter(([name, value]) => typeof value === 'string' && !NOT_KEPT.has(name));
  return Object.fromEntries(kept) as Record<string, string>;
}

/**
 * What the API refused, or that it does not answer, as a form's failure with what was typed.
 * @throws the error itself where it is a fault of the pages: it goes to the error page
 */
export function failure(thrown: unknown, form: FormData): ActionFailure<FormFailure> {
  if (thrown instanceof RestRefusal) {
    const { status, detail, code, errors } = thrown.problem;
    return fail(status, { message: detail, code, fields: byField(errors ?? []), values: typedValues(form) });
  }
  const known = apiErrorOf(thrown);
  if (!known) throw thrown;
  requireSecondFactor(known);
  return fail(known.status, { message: known.message, code: known.code, fields: byField(known.fields), values: typedValues(form) });
}

/** A form that cannot be read as what the API takes, as its failure. */
export function unreadable({ issues }: z.ZodError, form: FormData): ActionFailure<FormFailure> {
  const fields = issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  return fail(400, {
    message: ERRORS.VALIDATION_FAILED.message,
    code: 'VALIDATION_FAILED',
    fields: byField(fields),
    values: typedValues(form),
  });
}

/** Leads an admin who has signed in with one factor to where the second one is set up. */
function requireSecondFactor({ code }: { code: ErrorCode }): void {
  if (code === 'SECOND_FACTOR_REQUIRED') redirect(303, PAGES.twoStepRequired);
}

/** For load functions: a refusal of the API becomes the page's own error. */
export async function orError<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (thrown) {
    const known = apiErrorOf(thrown);
    if (!known) throw thrown;
    requireSecondFactor(known);
    error(known.status === 400 ? 404 : known.status, { message: known.message, requestId: known.requestId, code: known.code });
  }
}

/** Since when what is shown may have changed; null when it is current. Read it after everything that is shown has been read. */
export const staleSince = ({ staleSince: since }: App.Locals): string | null => since?.toISOString() ?? null;
