export interface Answer<Body = any> {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, text otherwise. */
  body: Body;
}

export interface CallOptions {
  token?: string;
  headers?: Record<string, string>;
  /** Sent as it is, instead of JSON. */
  raw?: string;
}

/** The cookies that an answer sets, by their names. */
export const cookiesOf = ({ headers }: Pick<Answer, 'headers'>): Record<string, string> =>
  Object.fromEntries(headers.getSetCookie().map((header) => /^([^=]+)=([^;]*)/.exec(header)!.slice(1, 3) as [string, string]));

/** Cookies as a browser sends them back. */
export const cookieHeader = (cookies: Record<string, string>): string =>
  Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

/** One call of the REST API. Never throws for a status. */
export async function call(url: string, method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> {
  const payload = options.raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      ...options.headers,
    },
    ...(payload === undefined ? {} : { body: payload }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
}

/** The REST API at an address, below /api/v1. A function gives the address of each call. */
export function restClient(url: string | (() => string)) {
  const to = (method: string, path: string, body: unknown, options?: CallOptions) =>
    call(`${typeof url === 'string' ? url : url()}/api/v1`, method, path, body, options);
  return {
    get: (path: string, options?: CallOptions) => to('GET', path, undefined, options),
    post: (path: string, body?: unknown, options?: CallOptions) => to('POST', path, body, options),
    put: (path: string, body?: unknown, options?: CallOptions) => to('PUT', path, body, options),
    patch: (path: string, body?: unknown, options?: CallOptions) => to('PATCH', path, body, options),
    delete: (path: string, options?: CallOptions) => to('DELETE', path, undefined, options),
  };
}
export type RestClient = ReturnType<typeof restClient>;
