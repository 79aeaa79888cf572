import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressOf, forwarded, keepTrusted } from './forwarded.ts';

const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;

describe('a forwarding header', () => {
  it.each<[value: string | undefined, proxies: number, expected: string]>([
    ['https', 0, ''], // a visitor's
    ['https', 1, 'https'],
    ['http, https', 1, 'https'], // the visitor said http, the proxy appended https
    ['https, http', 1, 'http'],
    ['https, http, https', 2, 'http'], // the outer of two proxies, each of which appended
    ['https', 2, 'https'], // the inner one passed on what the outer one said
    [undefined, 1, ''],
  ])('%j behind %i proxies is %j', (value, proxies, expected) => {
    expect(forwarded(request(value === undefined ? {} : { 'x-forwarded-proto': value }), 'x-forwarded-proto', proxies)).toBe(expected);
  });

  it('for tracing and the request’s id is taken from a trusted proxy alone', () => {
    const headers = { traceparent: '00-a', 'x-request-id': 'chosen-by-a-stranger', 'x-forwarded-host': 'evil.example, shop.example' };
    const [stranger, proxy] = [request({ ...headers }), request({ ...headers })];
    keepTrusted(stranger, ['203.0.113.7'], false);
    keepTrusted(proxy, ['127.0.0.1'], true); // a proxy that names no address
    expect(stranger.headers).toEqual({ 'x-forwarded-host': '' });
    expect(proxy.headers).toEqual({ ...headers, 'x-forwarded-host': 'shop.example' });
  });
});

it.each<[one: string, other: string, same: boolean]>([
  ['203.0.113.7', '::ffff:203.0.113.7', true],
  ['203.0.113.7', '203.0.113.8', false],
  ['2001:db8:0:1::1', '2001:db8:0:ff:ffff::1', true],
  ['2001:db8::1', '2001:0db8:0:0:0:0:0:1', true],
  ['2001:db8:0:1::1', '2001:db8:0:100::1', false],
  ['2001:db8::1', '2001:db9::1', false],
  ['::1', '::2', true],
])('%s and %s are one address: %s', (one, other, same) => expect(addressOf(one) === addressOf(other)).toBe(same));
