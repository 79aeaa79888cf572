import type { AppRouter, ErrorData } from '@assay/api/router';
import { ERRORS } from '@assay/contract';
import { createTRPCClient, httpBatchLink, httpLink, splitLink, TRPCClientError, type TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
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
  /** Told when what is shown is the last that was known, because the API does not answer. */
  onStale?: (since: Date) => void;
}

type TrpcFetch = NonNullable<Parameters<typeof httpLink>[0]['fetch']>;

/** tRPC's way of sending on top of ours. */
function toFetch(send: Send, onStale: (since: Date) => void): TrpcFetch {
  return async (input, init = {}) => {
    const { method = 'GET', headers = {}, body, signal } = init;
    const sent = headers instanceof Headers || Array.isArray(headers) ? Object.fromEntries(headers) : headers;
    const { status, text, staleSince } = await send(String(input), {
      method,
      headers: sent as Record<string, string>,
      body: (body as string | undefined) ?? null,
      ...(signal ? { signal } : {}),
    });
    if (staleSince) onStale(staleSince);
    return { ok: status < 400, status, json: () => Promise.resolve(JSON.parse(text) as unknown) };
  };
}

/**
 * The typed API client, for server and browser. Reads of one tick travel in one request; each change travels alone.
 */
export function createApiClient({ url, headers = () => ({}), send, onStale = () => {} }: ApiClientOptions): ApiClient {
  const common = { url, headers, fetch: toFetch(send ?? resilient(sendByFetch), onStale) };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'query',
        true: httpBatchLink({ ...common, maxItems: 10 }),
        false: httpLink(common),
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
