import type { IncomingMessage, ServerResponse } from 'node:http';
import { ERRORS, problemOf, type ErrorCode, type FieldError, type Problem } from '@assay/contract';
import { AppError } from '@assay/core';
import { isBusy, isUnavailable, storageFault } from '@assay/database';
import { reportError } from '@assay/telemetry/errors';
import type { z } from 'zod';
import { exchangeOf } from './exchange.ts';
import type { Logger } from '../logger.ts';

/**
 * The refusal for input that a schema did not accept; every field says why.
 * @param renamed names of fields as the caller knows them, where the schema has others
 */
export function invalidInput(error: z.ZodError, renamed: Readonly<Record<string, string>> = {}): AppError {
  const fields: FieldError[] = error.issues.map(({ path: [first, ...rest], message }) => ({
    field: first === undefined ? '' : [renamed[String(first)] ?? first, ...rest].map(String).join('.'),
    message,
  }));
  return new AppError('VALIDATION_FAILED', { fields });
}

// What body-parser calls its errors.
const BODY_ERRORS: Record<string, ErrorCode> = {
  'entity.parse.failed': 'MALFORMED_JSON',
  'entity.too.large': 'PAYLOAD_TOO_LARGE',
  'encoding.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'charset.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'request.aborted': 'BAD_REQUEST',
  'request.size.invalid': 'BAD_REQUEST',
};

/** An operator must repair it first. */
const STORAGE_RETRY_S = 30;
/** Files of images and documents cannot be written. */
const DISK_ERRORS = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EROFS']);

/** Any error as one that may leave the product. Faults of ours become INTERNAL. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { type, status } = (error ?? {}) as { type?: string; status?: number };
  if (type && BODY_ERRORS[type]) return new AppError(BODY_ERRORS[type]);
  if (error instanceof URIError || status === 400) return new AppError('BAD_REQUEST');
  if (isBusy(error)) return new AppError('BUSY', { retryAfterS: 1 });
  if (storageFault(error) !== null || DISK_ERRORS.has((error as { code?: unknown } | null)?.code))
    return new AppError('UNAVAILABLE', { retryAfterS: STORAGE_RETRY_S });
  if (isUnavailable(error)) return new AppError('UNAVAILABLE', { retryAfterS: 1 });
  return new AppError('INTERNAL');
}

/** Writes down what went wrong inside; a fault of ours is reported too. */
export function logFailure(req: IncomingMessage, code: ErrorCode, error: unknown, log: Logger): void {
  const { requestId, endpoint } = exchangeOf(req);
  log.error({ requestId, code, err: error }, 'failed');
  if (code === 'INTERNAL') reportError(error, { requestId, endpoint: endpoint ?? undefined });
}

/** Answers with problem details (RFC 9457). What went wrong inside goes to the log, never out. */
export function sendProblem(req: IncomingMessage, res: ServerResponse, error: unknown, log: Logger): void {
  const known = toAppError(error);
  const { requestId } = exchangeOf(req);
  const { status } = ERRORS[known.code];
  if (status >= 500) logFailure(req, known.code, error, log);
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const problem: Problem = {
    ...problemOf(known.code),
    detail: known.message,
    requestId,
    ...(known.fields.length > 0 ? { errors: known.fields } : {}),
  };
  if (known.retryAfterS !== undefined) res.setHeader('Retry-After', String(known.retryAfterS));
  if (known.code === 'UNAUTHENTICATED' || known.code === 'SESSION_ENDED') res.setHeader('WWW-Authenticate', 'Bearer');
  res.statusCode = status;
  res.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  res.setHeader('Cache-Control', 'no-store');
  res.end(JSON.stringify(problem));
}
