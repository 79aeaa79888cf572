import { ERRORS, type FieldError } from '@assay/contract';
import { AppError, type Context } from '@assay/core';
import { initTRPC, TRPCError } from '@trpc/server';
import type { Request, Response } from 'express';
import { ZodError } from 'zod';
import type { Container } from '../container.ts';
import { requireSignedIn } from '../http/auth.ts';
import { requireShallow } from '../http/depth.ts';
import { invalidInput, toAppError } from '../http/problems.ts';

/** What the web gets to know of an error. */
export interface ErrorData {
  code: keyof typeof ERRORS;
  fields: FieldError[];
  requestId: string;
}

export interface TrpcContext {
  /** Shared by the reads of one batch. */
  ctx: Context;
  container: Container;
  req: Request;
  res: Response;
  /** Why none of the request's calls is made. */
  refusal: AppError | null;
}

const t = initTRPC.context<TrpcContext>().create({
  isDev: false, // no stack traces, whichever NODE_ENV is set
  errorFormatter({ shape, error, ctx }) {
    const known = appErrorOf(error);
    const data: ErrorData = { code: known.code, fields: known.fields, requestId: ctx?.ctx.requestId ?? '' };
    return { ...shape, message: known.message, data: { ...shape.data, app: data } };
  },
});

/** tRPC's own refusals (unknown procedure, input that no schema accepts) as ours. */
export function appErrorOf(error: TRPCError): AppError {
  if (error.cause instanceof ZodError) return invalidInput(error.cause);
  if (error.code === 'NOT_FOUND' && !error.cause) return new AppError('NOT_FOUND');
  if (error.code === 'METHOD_NOT_SUPPORTED') return new AppError('METHOD_NOT_ALLOWED');
  if (error.code === 'PARSE_ERROR') return new AppError('MALFORMED_JSON');
  if (error.code === 'UNSUPPORTED_MEDIA_TYPE') return new AppError('UNSUPPORTED_MEDIA_TYPE');
  if (error.code === 'BAD_REQUEST' && !(error.cause instanceof AppError)) return new AppError('BAD_REQUEST');
  return toAppError(error.cause ?? error);
}

export const router = t.router;

/** tRPC's names of the statuses in the table of errors. */
const TRPC_CODES = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  408: 'TIMEOUT',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<(typeof ERRORS)[keyof typeof ERRORS]['status'], TRPCError['code']>;

/** Our refusal in tRPC's form. */
const toTrpc = (known: AppError, cause: Error = known): TRPCError =>
  new TRPCError({ code: TRPC_CODES[ERRORS[known.code].status], message: known.message, cause });

/** tRPC reads the body when it is first asked for; what goes wrong there is the caller's doing. */
async function readInput(getRawInput: () => Promise<unknown>): Promise<void> {
  try {
    requireShallow(await getRawInput());
  } catch (error) {
    const tooLarge = error instanceof TRPCError && error.code === 'PAYLOAD_TOO_LARGE';
    throw toTrpc(new AppError(tooLarge ? 'PAYLOAD_TOO_LARGE' : 'MALFORMED_JSON'));
  }
}

/** A procedure that answers refusals with their own status. */
export const procedure = t.procedure.use(async ({ ctx, getRawInput, next }) => {
  if (ctx.refusal) throw toTrpc(ctx.refusal);
  await readInput(getRawInput);
  const result = await next();
  if (!result.ok && !(result.error.cause instanceof ZodError)) {
    const { cause } = result.error;
    throw toTrpc(toAppError(cause ?? result.error), cause instanceof Error ? cause : undefined);
  }
  return result;
});

/** The same for signed-in callers: the others are refused before their input is looked at. */
export const signedInProcedure = procedure.use(({ ctx, next }) => {
  requireSignedIn(ctx.req);
  return next();
});
