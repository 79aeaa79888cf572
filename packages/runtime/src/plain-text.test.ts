import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isThisMachine, mayBePlain, plainTextHosts, plainTextProblems } from './plain-text.ts';

describe('a connection without TLS', () => {
  it.each(['localhost', 'api.localhost', '127.0.0.1', '127.8.9.10', '::1', '[::1]', '[::ffff:7f00:1]'])('to %s stays here', (host) => {
    expect(isThisMachine(host)).toBe(true);
  });

  it('to an address of this machine stays here', () => {
    for (const address of Object.values(networkInterfaces()).flat()) expect(isThisMachine(address!.address)).toBe(true);
  });

  it.each(['redis', 'localhost.example', '128.0.0.1', '1270.0.0.1', '[2001:db8::1]', '127.0.0.1.example', ''])('to %j leaves', (host) => {
    expect(isThisMachine(host)).toBe(false);
  });

  it('is refused to other machines that are not named, with what to do', () => {
    const addresses = [
      ['REDIS_URL', 'redis://user:secret@cache.internal:6379/1'],
      ['S3_ENDPOINT', 'http://10.0.0.9:9000'],
      ['SENTRY_DSN', 'https://key@sentry.example/1'],
      ['API_URL', 'http://127.0.0.1:3001'],
      ['OTEL_EXPORTER_OTLP_ENDPOINT', undefined],
    ] as const;
    expect(plainTextProblems(addresses, [])).toEqual([
      'REDIS_URL leads to cache.internal without TLS: use rediss://, or name the host in PLAINTEXT_HOSTS',
      'S3_ENDPOINT leads to 10.0.0.9 without TLS: use https://, or name the host in PLAINTEXT_HOSTS',
    ]);
    expect(plainTextProblems(addresses, plainTextHosts('Cache.internal, 10.0.0.9'))).toEqual([]);
    expect(mayBePlain('[2001:db8::1]', ['2001:db8::1'])).toBe(true);
    expect(mayBePlain('cache.internal.example', ['cache.internal'])).toBe(false);
  });
});
