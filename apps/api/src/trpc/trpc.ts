import { ERRORS, type FieldError } from '@assay/contract';
import { AppError, type Context } from '@assay/core';
import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { invalidInput, toAppError } from '../http/problems.ts';

/** What the web gets to know of an error. */
export interface ErrorData {
  code: keyof typeof ERRORS;
  fields: FieldError[];
  requestId: string;
}

export interface TrpcContext {
  ctx: Context;
}

const t = initTRPC.context<TrpcContext>().create({
  isDev: false, // no stack traces, whatever NODE_ENV says
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

/** tRPC reads the body when it is first asked for; what goes wrong there is the caller's doing. */
async function readInput(getRawInput: () => Promise<unknown>): Promise<void> {
  try {
    await getRawInput();
  } catch (error) {
    const code = error instanceof TRPCError && error.code === 'PAYLOAD_TOO_LARGE' ? error.code : 'MALFORMED_JSON';
    throw new TRPCError({ code: ERRORS[code].trpc, cause: new AppError(code) });
  }
}

/** A procedure that hands refusals out under their own status. */
export const procedure = t.procedure.use(async ({ getRawInput, next }) => {
  await readInput(getRawInput);
  const result = await next();
  if (!result.ok && !(result.error.cause instanceof ZodError)) {
    const known = toAppError(result.error.cause ?? result.error);
    throw new TRPCError({
      code: ERRORS[known.code].trpc,
      message: known.message,
      cause: result.error.cause instanceof Error ? result.error.cause : known,
    });
  }
  return result;
});
