import { describe, expect, it } from 'vitest';
import { get } from './address.ts';

/** Each health address at the pages' address, with the states in which a deployment serves. */
const HEALTHY: [path: string, states: string[]][] = [
  ['/health', ['healthy', 'degraded']],
  ['/ready', ['ready']],
  ['/api/marketplace/seller/health', ['healthy', 'degraded']],
];

describe('health', () => {
  it.each(HEALTHY)('%s answers 200 with one of %j', async (path, states) => {
    const { status, text } = await get(path);
    expect([status, states], text).toEqual([200, expect.arrayContaining([(JSON.parse(text) as { status: string }).status])]);
  });

  it('/livez answers 200', async () => {
    expect((await get('/livez')).status).toBe(200);
  });

  it('no part of the API is down', async () => {
    const { status, text } = await get('/api/marketplace/seller/health?strict=1'); // which part it is, operators see
    expect(status, text).toBe(200);
  });

  it('metrics are not public', async () => {
    expect((await get('/metrics')).status).toBe(404);
  });
});
