import { isRedirect } from '@sveltejs/kit';
import { describe, expect, it } from 'vitest';
import { idOf, requireSignIn, safeNext } from './guards.ts';

const OURS = 'https://shop.example';
/** The address that a browser opens for it. */
const destination = (next: string | null) => new URL(safeNext(next), OURS);

describe('safeNext', () => {
  it.each([
    '/',
    '/orders',
    '/sellers/1?sort=highest&cursor=a_b#ratings',
    '/search?q=%2F%2Fevil',
    '/a//b',
    '/@evil.example',
    '/http://evil.example',
  ])('goes on to %s', (next) => {
    expect(safeNext(next)).toBe(next);
    expect(destination(next).origin).toBe(OURS);
  });

  it.each([
    ['/listings?q=日本', '/listings?q=%E6%97%A5%E6%9C%AC'],
    ['/a\u2028b', '/a%E2%80%A8b'],
    ['/a\r\nLocation: https://evil.example', '/aLocation:%20https://evil.example'],
    ['/a b#c d', '/a%20b#c%20d'],
    ['/\ud800', '/%EF%BF%BD'],
    ['/%', '/%'],
  ])('goes on to %j in letters that a header may have', (next, expected) => {
    expect(safeNext(next)).toBe(expected);
    expect(() => new Headers({ location: safeNext(next) })).not.toThrow();
  });

  const elsewhere = [
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '///evil.example',
    '\\\\evil.example',
    ' //evil.example',
  ];
  const nowhere = [null, '', 'orders', '@evil.example', '.evil.example', '?next=/', 'javascript:alert(1)', 'data:text/html,x'];
  it.each([...elsewhere, ...nowhere])('goes home instead of %j', (next) => {
    expect(safeNext(next)).toBe('/');
  });

  // Browsers drop tabs and newlines from addresses, so "/\t/evil.example" is "//evil.example" to them.
  it.each(['/\t/evil.example', '/\n/evil.example', '/\r\\evil.example'])('does not leave the site for %j', (next) => {
    expect(destination(next).origin).toBe(OURS);
  });
});

describe('requireSignIn', () => {
  const sentTo = (path: string, signedIn = false) => {
    try {
      requireSignIn({ locals: { signedIn } as App.Locals, url: new URL(path, OURS) });
      return null;
    } catch (thrown) {
      return isRedirect(thrown) ? [thrown.status, thrown.location] : thrown;
    }
  };

  it('lets signed-in people pass', () => {
    expect(sentTo('/orders', true)).toBe(null);
  });

  it.each([
    ['a page', '/orders', '/orders'],
    ['a page with a query', '/orders?as=seller&cursor=x', '/orders?as=seller&cursor=x'],
    ['a form, whose address is no page', '/orders/3?/pay', '/orders/3'],
  ])('brings a visitor back to %s', (_name, path, back) => {
    expect(sentTo(path)).toEqual([303, `/sign-in?next=${encodeURIComponent(back)}`]);
    expect(safeNext(new URL(String((sentTo(path) as unknown[])[1]), OURS).searchParams.get('next'))).toBe(back);
  });
});

describe('idOf', () => {
  it('reads ids, and nothing else', () => {
    expect(['1', '42', '2147483647'].map(idOf)).toEqual([1, 42, 2_147_483_647]);
    const wrong = [
      '',
      '0',
      '01',
      '-1',
      '1.5',
      '1e3',
      '0x1',
      ' 1',
      '1\n',
      '2147483648',
      '9999999999',
      '99999999999',
      '١',
      1,
      null,
      undefined,
    ];
    for (const text of wrong) expect(idOf(text), String(text)).toBe(null);
  });
});
