import { createApiClient, type ApiClient } from '@assay/client';

let client: ApiClient | undefined;

/** Proves that a request comes from a page of ours, where there is a session. */
export function csrfHeader(): Record<string, string> {
  const csrf = /(?:^|; )assay_csrf=([^;]+)/.exec(document.cookie)?.[1];
  return csrf ? { 'x-csrf-token': decodeURIComponent(csrf) } : {};
}

/** The API from the browser: same origin, with the visitor's cookies and the CSRF token that goes with them. */
export function browserApi(): ApiClient {
  client ??= createApiClient({
    url: '/trpc',
    headers: csrfHeader,
  });
  return client;
}
