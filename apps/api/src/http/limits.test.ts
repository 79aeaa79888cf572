import { MemoryStore } from 'express-rate-limit';
import { describe, expect, it, vi } from 'vitest';
import type { Logger } from '../logger.ts';
import { addressKey, createLimits, rateLimitHeaders, type StoreFactory } from './limits.ts';

describe('one budget', () => {
  it.each([
    ['an address', '203.0.113.7', '203.0.113.7'],
    ['an address and its IPv6 form', '203.0.113.7', '::ffff:203.0.113.7'],
    ['one /56, which is one household', '2001:db8:0:1::1', '2001:db8:0:ff:ffff::1'],
    ['one address in other words', '2001:DB8::1', '2001:0db8:0:0:0:0:0:1'],
  ])('is for %s', (_name, a, b) => {
    expect(addressKey(a)).toBe(addressKey(b));
  });

  it('is not for two', () => {
    const addresses = ['203.0.113.7', '203.0.113.8', '2001:db8:0:1::1', '2001:db8:0:100::1', '2001:db9::1', ''];
    expect(new Set(addresses.map(addressKey)).size).toBe(addresses.length);
  });

  it('is remembered rightly, however many addresses come', () => {
    for (let i = 0; i < 10_100; i++) addressKey(`10.0.${i >> 8}.${i & 255}`);
    expect([addressKey('10.0.0.0'), addressKey('10.0.39.100')]).toEqual(['ip:10.0.0.0', 'ip:10.0.39.100']);
  });
});

it('reports a store that fails as a line of the product’s log, not as text on the console', async () => {
  const lines: { err?: unknown }[] = [];
  const log = { warn: (line: object) => lines.push(line), error: (line: object) => lines.push(line) } as unknown as Logger;
  const printed = (['error', 'warn'] as const).map((name) => vi.spyOn(console, name));
  const failing: StoreFactory = () => Object.assign(new MemoryStore(), { init: () => Promise.reject(new Error('no answer')) });
  createLimits({ windowMs: 60_000, createMax: 1, readMax: 1 }, log, failing);
  await new Promise((resolve) => setImmediate(resolve));
  expect(lines).toMatchObject(Array.from({ length: 3 }, () => ({ err: { message: 'no answer' } }))); // one for each limiter
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
});

describe('rateLimitHeaders', () => {
  it('count down to zero, and are no more once the budget is spent', async () => {
    const store = new MemoryStore();
    store.init({ windowMs: 60_000 } as Parameters<MemoryStore['init']>[0]);
    const limiter = { name: 'readLimiter', store, max: 3, windowMs: 60_000 } as unknown as Parameters<typeof rateLimitHeaders>[0];
    const answers: (string[] | null)[] = [];
    for (let i = 0; i < 5; i++) answers.push(await rateLimitHeaders(limiter, 'ip:a'));
    expect(answers.map((headers) => headers?.[1]?.replace(/t=(60|59)$/, 't'))).toEqual([
      '"readLimiter"; r=2; t',
      '"readLimiter"; r=1; t',
      '"readLimiter"; r=0; t',
      undefined,
      undefined,
    ]);
    expect(answers[0]?.slice(2)).toEqual(['RateLimit-Policy', expect.stringMatching(/^"readLimiter"; q=3; w=60; pk=:[\w+/]+=*:$/)]);
    expect(await rateLimitHeaders(limiter, 'ip:b')).not.toBe(null);
    store.shutdown();
  });
});
