import { randomBytes } from 'node:crypto';
import { useProduct } from '@assay/testing';
import { describe, expect, it } from 'vitest';

const [TOKEN, NEXT] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
const { api } = useProduct('sqlite', () => ({ METRICS_TOKEN: `${NEXT},${TOKEN}` }));

/** From another machine, as the proxy in front says. */
const ask = async (path: string, authorization?: string) => {
  const headers = { 'x-forwarded-for': '203.0.113.7', ...(authorization ? { authorization } : {}) };
  const answer = await fetch(`${api.url}${path}`, { headers });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};

describe('with METRICS_TOKEN', () => {
  it('metrics are for programs that have the token, also the one of before', async () => {
    for (const token of [TOKEN, NEXT]) expect((await ask('/metrics', `Bearer ${token}`)).text).toContain('marketplace_database_up 1');
  });

  it.each([undefined, 'Bearer ', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, `Bearer ${NEXT},${TOKEN}`])(
    'nothing else reads them: %j',
    async (authorization) => {
      const { status, text, headers } = await ask('/metrics', authorization);
      expect([status, headers.get('www-authenticate'), JSON.parse(text)]).toEqual([
        401,
        'Bearer',
        expect.objectContaining({ code: 'UNAUTHENTICATED' }),
      ]);
    },
  );

  it('the token of a signed-in person is none, and this one signs no one in', async () => {
    const token = api.tokenFor({ id: 1 });
    expect((await ask('/metrics', `Bearer ${token}`)).status).toBe(401);
    expect((await ask('/api/v1/orders', `Bearer ${TOKEN}`)).status).toBe(401);
  });

  it('health says its parts to programs that have it, and the status alone to others', async () => {
    for (const path of ['/health', '/health/database']) {
      const [with_, without] = await Promise.all([ask(path, `Bearer ${TOKEN}`), ask(path)]);
      expect(Object.keys(JSON.parse(without.text) as object)).toEqual(['status', 'timestamp']);
      expect(Object.keys(JSON.parse(with_.text) as object).length).toBeGreaterThan(2);
    }
  });
});
