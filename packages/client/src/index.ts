import type { AppRouter, ErrorData } from '@assay/api/router';
import { ERRORS } from '@assay/contract';
import { createTRPCClient, httpBatchLink, httpLink, splitLink, TRPCClientError, type TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';

export type ApiClient = TRPCClient<AppRouter>;
export type ApiOutputs = inferRouterOutputs<AppRouter>;

export interface ApiClientOptions {
  /** Where tRPC answers: '/trpc' in the browser, an absolute address on the server. */
  url: string;
  /** Sent with every call: on the server the visitor's cookies and address, in the browser the CSRF token. */
  headers?: () => Record<string, string>;
  /** Sends the requests; by default `fetch`, with a time-out. */
  send?: Send;
}

type Send = NonNullable<Parameters<typeof httpLink>[0]['fetch']>;

const TIMEOUT_MS = 10_000;

const fetchWithTimeout: Send = (input, init) =>
  fetch(input, {
    ...init,
    signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(init?.signal ? [init.signal] : [])]),
  });

/**
 * The typed API client, for server and browser. Reads of one tick travel in one request; each change travels alone.
 */
export function createApiClient({ url, headers = () => ({}), send = fetchWithTimeout }: ApiClientOptions): ApiClient {
  const common = { url, headers, fetch: send };
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
  if (!(error instanceof TRPCClientError)) return null;
  const data = error.data as { httpStatus?: number; app?: ErrorData } | null | undefined;
  if (!data?.app) return { ...ERRORS.UNAVAILABLE, code: 'UNAVAILABLE', fields: [], requestId: '' };
  return { status: data.httpStatus ?? 500, message: error.message, ...data.app };
}
