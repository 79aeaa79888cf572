import { ERRORS, type ErrorCode, type FieldError } from '@assay/contract';

/** An expected refusal. Anything else that is thrown is a fault of ours and leaves as INTERNAL. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly fields: FieldError[];
  /** When to come back, in seconds. */
  readonly retryAfterS: number | undefined;

  /** @param details.message a sentence for people, in place of the code's own */
  constructor(code: ErrorCode, details: { message?: string; fields?: FieldError[]; retryAfterS?: number } = {}) {
    super(details.message ?? ERRORS[code].message);
    this.code = code;
    this.fields = details.fields ?? [];
    this.retryAfterS = details.retryAfterS;
  }
}
