import { createApiClient, type ApiClient } from '@assay/client';
import { cookieNames } from '@assay/contract';

let client: ApiClient | undefined;

/** Proves that a request comes from a page of ours, where there is a session. */
export function csrfHeader(): Record<string, string> {
  const { csrf: name } = cookieNames(location.protocol === 'https:');
  const csrf = document.cookie
    .split('; ')
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1);
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
