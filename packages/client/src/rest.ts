import {
  ERRORS,
  type Problem,
  type UnifiedProfileInput,
  type UnifiedSellerDashboard,
  type UnifiedSellerListing,
  type UnifiedSellerListings,
  type UnifiedSellerProfile,
  type WindowName,
} from '@assay/contract';
import { resilient } from './resilience.ts';
import { sendByFetch, type Send } from './send.ts';

export interface RestClientOptions {
  /** Where the API is: `https://shop.example`; '' for the page's own origin. */
  url: string;
  /** An access token, as `POST /auth/login` gives it. */
  token?: string | (() => string | null);
  headers?: () => Record<string, string>;
  send?: Send;
}

export interface RestCallOptions {
  /** Makes a change safe to repeat: it is done once, however often it is sent. */
  idempotencyKey?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** What the API refused, as it said it (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
  /** One of the codes that `/api/docs/errors` explains. */
  get code(): string {
    return this.problem.code;
  }
  get status(): number {
    return this.problem.status;
  }
}

/** What an answer that is no problem document means: a proxy's own page, for instance. */
function problemOf(status: number, text: string): Problem {
  try {
    const problem = JSON.parse(text) as Problem;
    if (typeof problem.code === 'string' && typeof problem.detail === 'string') return problem;
  } catch {
    // not ours
  }
  const { message } = ERRORS.UNAVAILABLE;
  return { type: 'about:blank', title: 'Unavailable', status, code: 'UNAVAILABLE', detail: message, requestId: '' };
}

/** What a new listing says; the price is exact as text, or a number. */
export interface NewListing {
  title: string;
  price: string | number;
  currency: string;
  description?: string;
  /** A path, such as "ceramics/bowls": see `GET /api/v1/categories`. */
  category?: string;
}

/**
 * The REST API for programs, below `/api/v1`, and the seller's addresses below `/api/marketplace/seller`. Reads, and changes with an idempotency key, are repeated when the API is away for a
 * moment; other changes are sent once.
 */
export function createRestClient({ url, token, headers = () => ({}), send = resilient(sendByFetch) }: RestClientOptions) {
  const tokenNow = typeof token === 'function' ? token : () => token ?? null;
  /** @throws ApiProblem what the API refused; Unreachable when it does not answer */
  async function call<Body>(method: string, path: string, body: unknown, options: RestCallOptions = {}): Promise<Body> {
    const bearer = tokenNow();
    const answer = await send(url + path, {
      method,
      headers: {
        accept: 'application/json',
        ...headers(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(options.idempotencyKey ? { 'idempotency-key': options.idempotencyKey } : {}),
        ...options.headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (answer.status >= 400) throw new ApiProblem(problemOf(answer.status, answer.text));
    return (answer.text ? JSON.parse(answer.text) : undefined) as Body;
  }
  const below = (base: string) => ({
    get: <Body>(path: string, options?: RestCallOptions) => call<Body>('GET', base + path, undefined, options),
    post: <Body>(path: string, body?: unknown, options?: RestCallOptions) => call<Body>('POST', base + path, body, options),
    patch: <Body>(path: string, body?: unknown, options?: RestCallOptions) => call<Body>('PATCH', base + path, body, options),
    delete: <Body>(path: string, options?: RestCallOptions) => call<Body>('DELETE', base + path, undefined, options),
  });
  return {
    ...below('/api/v1'),
    /** One seller, by wallet address or number. What changes something, and the dashboard, are for the seller themselves. */
    seller(walletOrId: string | number) {
      const { get, post } = below(`/api/marketplace/seller/${encodeURIComponent(walletOrId)}`);
      return {
        profile: (options?: RestCallOptions) => get<UnifiedSellerProfile>('/profile', options),
        /** What they offer, newest first; `nextCursor` of a page is the `cursor` of the next one. */
        listings: ({ cursor, ...options }: RestCallOptions & { cursor?: string | null } = {}) =>
          get<UnifiedSellerListings>(`/listings${cursor ? `?cursor=${cursor}` : ''}`, options),
        dashboard: ({ window, ...options }: RestCallOptions & { window?: WindowName } = {}) =>
          get<UnifiedSellerDashboard>(`/dashboard${window ? `?window=${window}` : ''}`, options),
        saveProfile: (profile: UnifiedProfileInput, options?: RestCallOptions) => post<UnifiedSellerProfile>('/profile', profile, options),
        createListing: (listing: NewListing, options?: RestCallOptions) => post<UnifiedSellerListing>('/listings', listing, options),
      };
    },
  };
}
export type RestClient = ReturnType<typeof createRestClient>;
