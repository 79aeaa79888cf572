import { apiErrorOf } from '@assay/client';
import { ERRORS, type FieldError, type Problem } from '@assay/contract';
import { error, fail, type ActionFailure } from '@sveltejs/kit';

/** What a form shows again after a refusal: the sentence, what is wrong with which field, and what was typed. */
export interface FormFailure {
  message: string;
  code: string;
  fields: Record<string, string>;
  values: Record<string, string>;
}

const byField = (errors: readonly FieldError[]) => Object.fromEntries(errors.map(({ field, message }) => [field, message]));

const PASSWORDS = new Set(['password', 'current']);

/** Everything that was typed but passwords. */
export function typedValues(form: FormData): Record<string, string> {
  const kept = [...form].filter(([name, value]) => typeof value === 'string' && !PASSWORDS.has(name));
  return Object.fromEntries(kept) as Record<string, string>;
}

/** What the API said, or that it says nothing, as an answer to a form, which keeps what was typed. A bug of ours goes on to the error page. */
export function failure(thrown: unknown, form: FormData): ActionFailure<FormFailure> {
  const known = apiErrorOf(thrown);
  if (!known) throw thrown;
  return fail(known.status, { message: known.message, code: known.code, fields: byField(known.fields), values: typedValues(form) });
}

/** The same for a REST answer. */
export function problemFailure(problem: Problem, form: FormData): ActionFailure<FormFailure> {
  return fail(problem.status, {
    message: problem.detail,
    code: problem.code,
    fields: byField(problem.errors ?? []),
    values: typedValues(form),
  });
}

/** For load functions: a refusal of the API becomes the page's own error. */
export async function orError<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (thrown) {
    const known = apiErrorOf(thrown);
    if (!known) throw thrown;
    error(known.status === 400 ? 404 : known.status, { message: known.message, requestId: known.requestId, code: known.code });
  }
}

/** Since when what is shown may have changed; null when it is of now. Asked after everything that is shown has been read. */
export const staleSince = ({ staleSince: since }: App.Locals): string | null => since?.toISOString() ?? null;

/** The same where a form cannot even be read as what the API takes. */
export function unreadable({ field, message }: FieldError, form: FormData): ActionFailure<FormFailure> {
  return fail(400, {
    message: ERRORS.VALIDATION_FAILED.message,
    code: 'VALIDATION_FAILED',
    fields: { [field]: message },
    values: typedValues(form),
  });
}

/** A refusal that the web server itself gives. */
export function refuse(status: number, message: string): ActionFailure<FormFailure> {
  return fail(status, { message, code: 'BAD_REQUEST', fields: {}, values: {} });
}
