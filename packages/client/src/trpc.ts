import type { AppRouter, ErrorData } from '@assay/api/router';
import { ERRORS } from '@assay/contract';
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  splitLink,
  TRPCClientError,
  type OperationContext,
  type OperationResultEnvelope,
  type TRPCClient,
  type TRPCLink,
} from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { inferRouterOutputs } from '@trpc/server';
import type { LastGood } from './last-good.ts';
import { resilient, Unreachable } from './resilience.ts';
import { sendByFetch, type Send } from './send.ts';

export type ApiClient = TRPCClient<AppRouter>;
export type ApiOutputs = inferRouterOutputs<AppRouter>;

export interface ApiClientOptions {
  /** Where tRPC answers: '/trpc' in the browser, an absolute address on the server. */
  url: string;
  /** Sent with every call: on the server the visitor's cookies and address, in the browser the CSRF token. */
  headers?: () => Record<string, string>;
  /** Sends the requests; by default `fetch` with {@link resilient}. */
  send?: Send;
  /** Keeps the last good answer to each read, to return it while the API does not answer. For public reads only. */
  lastGood?: LastGood<Read>;
  /** Called when a read returns the last good answer, with its time. */
  onStale?: (since: Date) => void;
}

/** What the API has answered to one read. */
export type Read = OperationResultEnvelope<unknown, TRPCClientError<AppRouter>>;

type TrpcFetch = NonNullable<Parameters<typeof httpLink>[0]['fetch']>;

/** tRPC's way of sending on top of ours. */
function toFetch(send: Send): TrpcFetch {
  return async (input, init = {}) => {
    const { method = 'GET', headers = {}, body, signal } = init;
    const sent = headers instanceof Headers || Array.isArray(headers) ? Object.fromEntries(headers) : headers;
    const { status, text } = await send(String(input), {
      method,
      headers: sent as Record<string, string>,
      body: (body as string | undefined) ?? null,
      ...(signal ? { signal } : {}),
    });
    return { ok: status < 400, status, json: () => Promise.resolve(JSON.parse(text) as unknown) };
  };
}

/** Each read is kept for itself, however reads travel together. */
function lastGoodLink(kept: LastGood<Read>, onStale: (since: Date) => void): TRPCLink<AppRouter> {
  return () =>
    ({ next, op }) =>
      observable((observer) => {
        if (op.type !== 'query') return next(op).subscribe(observer);
        const key = `${op.path} ${JSON.stringify(op.input)}`;
        return next(op).subscribe({
          next(read) {
            kept.keep(key, read);
            observer.next(read);
          },
          error(error) {
            const last = isFailing(error) && !op.signal?.aborted ? kept.last(key) : null;
            if (!last) return observer.error(error);
            onStale(last.since);
            observer.next(last.value);
            observer.complete();
          },
          complete: () => observer.complete(),
        });
      });
}

/** It is not a refusal: there was no answer, or a fault. */
const isFailing = (error: TRPCClientError<AppRouter>) => (error.data?.httpStatus ?? 503) >= 500;

/** The header of a change that was called with a key: `api.orders.place.mutate(input, { context: { idempotencyKey } })`. */
const idempotencyOf = ({ idempotencyKey: key }: OperationContext): Record<string, string> =>
  typeof key === 'string' && key !== '' ? { 'idempotency-key': key } : {};

/**
 * The typed API client, for server and browser. Reads of one tick travel in one request; each change travels alone. A change with
 * `{ context: { idempotencyKey } }` is done once, however often it is sent, and so it is repeated while the API is away.
 */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { url, headers = () => ({}), send = resilient(sendByFetch), lastGood, onStale = () => {} } = options;
  const common = { url, fetch: toFetch(send) };
  return createTRPCClient<AppRouter>({
    links: [
      ...(lastGood ? [lastGoodLink(lastGood, onStale)] : []),
      splitLink({
        condition: (operation) => operation.type === 'query',
        true: httpBatchLink({ ...common, headers, maxItems: 10 }),
        false: httpLink({ ...common, headers: ({ op }) => ({ ...headers(), ...idempotencyOf(op.context) }) }),
      }),
    ],
  });
}

/** A refusal of the API. */
export interface ApiError {
  status: number;
  code: ErrorData['code'];
  /** A sentence for people. */
  message: string;
  fields: ErrorData['fields'];
  requestId: string;
}

/** What the API said went wrong, or that it says nothing at all; null when the error is something else: a bug of ours. */
export function apiErrorOf(error: unknown): ApiError | null {
  const none: ApiError = { ...ERRORS.UNAVAILABLE, code: 'UNAVAILABLE', fields: [], requestId: '' };
  if (error instanceof Unreachable) return none;
  if (!(error instanceof TRPCClientError)) return null;
  const data = error.data as { httpStatus?: number; app?: ErrorData } | null | undefined;
  if (!data?.app) return none;
  return { status: data.httpStatus ?? 500, message: error.message, ...data.app };
}
