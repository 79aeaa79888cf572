import { beforeAll, describe, expect, it } from 'vitest';
import { get, getJson } from './address.ts';

interface Operation {
  security?: Record<string, unknown>[];
  parameters?: { name: string; in: string; required?: boolean }[];
}
interface OpenApi {
  openapi: string;
  paths: Record<string, { get?: Operation }>;
}

/** Wants nothing that a visitor could not know. */
const isPlain = (path: string, { parameters = [] }: Operation) => !path.includes('{') && !parameters.some(({ required }) => required);
const needsAccount = ({ security = [] }: Operation) => security.length > 0 && security.every((each) => Object.keys(each).length > 0);

describe('the API', () => {
  let reads: [path: string, operation: Operation][];
  beforeAll(async () => {
    const { paths } = await getJson<OpenApi>('/api/openapi.json');
    reads = Object.entries(paths).flatMap(([path, { get: operation }]) => (operation ? [[path, operation]] : []));
  });

  it('has an OpenAPI 3.1 document, and a page that shows it', async () => {
    expect((await getJson<OpenApi>('/api/openapi.json')).openapi).toMatch(/^3\.1\./);
    expect((await get('/api/docs/')).status).toBe(200);
    expect((await get('/api/docs/errors')).status).toBe(200);
  });

  it('answers every public read that needs no input', async () => {
    const open = reads.filter(([path, operation]) => isPlain(path, operation) && !needsAccount(operation));
    expect(open.length).toBeGreaterThan(3);
    for (const [path] of open) expect([path, (await get(path)).status]).toEqual([path, 200]);
  });

  it('refuses every read that needs an account, without one', async () => {
    const closed = reads.filter(([path, operation]) => isPlain(path, operation) && needsAccount(operation));
    expect(closed.length).toBeGreaterThan(10);
    for (const [path] of closed) {
      const { status, text } = await get(path);
      expect([path, status, (JSON.parse(text) as { code: string }).code]).toEqual([path, 401, 'UNAUTHENTICATED']);
    }
  });

  it('answers an address that does not exist with a problem document that has a request id', async () => {
    const { status, headers, text } = await get('/api/v1/no-such-address');
    expect([status, headers.get('content-type')]).toEqual([404, expect.stringMatching(/^application\/problem\+json/)]);
    expect(JSON.parse(text)).toMatchObject({ code: 'NOT_FOUND', requestId: headers.get('x-request-id') });
  });

  it('says which flags a visitor has', async () => {
    const { flags } = await getJson<{ flags: Record<string, boolean> }>('/api/v1/flags/mine');
    expect(Object.keys(flags)).toContain('seller-ratings');
    for (const [name, value] of Object.entries(flags)) expect([name, typeof value]).toEqual([name, 'boolean']);
  });
});
