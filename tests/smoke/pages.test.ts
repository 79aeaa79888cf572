import { describe, expect, it } from 'vitest';
import { address, get } from './address.ts';

const PUBLIC = ['/', '/listings', '/how-scores-work', '/sign-in', '/register', '/reset', '/offline'];
const PRIVATE = ['/account', '/orders', '/ratings', '/following', '/seller/dashboard', '/seller/listings', '/seller/ratings', '/admin'];

/** What each page says to browsers about its safety. */
const HEADERS: Record<string, RegExp> = {
  'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^(SAMEORIGIN|DENY)$/,
  'referrer-policy': /^strict-origin-when-cross-origin$/,
  'cross-origin-opener-policy': /^same-origin$/,
};

/** A security header that is missing or says something else. */
const wrongHeaders = (headers: Headers) =>
  Object.entries(HEADERS).flatMap(([name, right]) => (right.test(headers.get(name) ?? '') ? [] : [`${name}: ${headers.get(name)}`]));

describe('the pages', () => {
  it.each(PUBLIC)('%s is a page with a heading and the security headers', async (path) => {
    const { status, headers, text } = await get(path);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toMatch(/<h1[ >]/);
    expect(wrongHeaders(headers)).toEqual([]);
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it.each(PRIVATE)('%s sends a visitor to the sign-in page', async (path) => {
    const { status, headers } = await get(path);
    expect([status, headers.get('location')]).toEqual([303, expect.stringMatching(/^\/sign-in/)]);
  });

  it('browsers are kept on HTTPS where the address is one of HTTPS, and nowhere else', async () => {
    const kept = (await get('/')).headers.get('strict-transport-security');
    if (address.startsWith('https:')) expect(kept).toMatch(/max-age=\d{7,}/);
    else expect(kept).toBeNull();
  });

  it('an address that does not exist is a page that says so', async () => {
    const { status, headers, text } = await get('/no-such-page');
    expect([status, wrongHeaders(headers)]).toEqual([404, []]);
    expect(text).toMatch(/<h1[ >]/);
  });

  it('scripts and styles that the first page names are there', async () => {
    const { text } = await get('/');
    const files = [
      ...new Set([...text.matchAll(/(?:href|src|import\()=?["'](?:\.\/|\/)(_app\/[^"']+)["']/g)].map(([, file]) => `/${file!}`)),
    ];
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect([file, (await get(file)).status]).toEqual([file, 200]);
  });
});
