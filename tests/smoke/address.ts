import { setTimeout } from 'node:timers/promises';

// Read-only: the one request that these tests make is a GET. `tests/ops/smoke.test.ts` proves it by a proxy that counts.

/** Where the pages of the deployment are, without a slash at its end. @throws Error where SMOKE_URL is missing */
export const address: string = (() => {
  const url = process.env.SMOKE_URL;
  if (!url) throw new Error('Set SMOKE_URL to the address of the pages, or run npm run test:integration:prod.');
  return url.replace(/\/+$/, '');
})();

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

const BUSY_RETRIES = 3;

/**
 * Gets a path, and follows no redirect. An answer 429 or 503 with Retry-After is waited for, some times.
 * @throws Error for an answer of 500 and more: no address of a deployment may give one
 */
export async function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  for (let retries = 0; ; retries++) {
    const response = await fetch(address + path, { headers, redirect: 'manual', signal: AbortSignal.timeout(30_000) });
    const text = await response.text();
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    if ([429, 503].includes(response.status) && wait <= 30 && retries < BUSY_RETRIES) {
      await setTimeout(wait * 1000);
      continue;
    }
    if (response.status >= 500) throw new Error(`GET ${path} is answered ${response.status}: ${text.slice(0, 300)}`);
    return { status: response.status, headers: response.headers, text };
  }
}

/** Gets a path of the API as JSON. @throws Error unless it is answered 200 */
export async function getJson<T>(path: string): Promise<T> {
  const { status, text } = await get(path, { accept: 'application/json' });
  if (status !== 200) throw new Error(`GET ${path} is answered ${status}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

/** What the API says of a seller's ratings. */
export interface Summary {
  sellerId: number;
  sellerRating: number | null;
  badgeAverage: number | null;
  totalRatings: number;
  positiveRatings: number;
  positivePercent: number | null;
  histogram: Record<'1' | '2' | '3' | '4' | '5', number>;
  isNewSeller: boolean;
}

export interface ListedSeller {
  id: number;
  name: string;
  summary: Summary;
}

/** A few sellers: those that the API lists first. None in a deployment that has none yet. */
export async function someSellers(): Promise<ListedSeller[]> {
  return (await getJson<{ items: ListedSeller[] }>('/api/v1/sellers?limit=5')).items;
}

/** Whether visitors without an account have ratings: the flag of the deployment. */
export async function hasRatings(): Promise<boolean> {
  return (await getJson<{ flags: Record<string, boolean> }>('/api/v1/flags/mine')).flags['seller-ratings'] === true;
}
