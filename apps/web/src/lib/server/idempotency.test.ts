import type { Answer, Outgoing, Send } from '@assay/client';
import { describe, expect, it } from 'vitest';
import { ONCE_HEADER, withIdempotencyKey } from './idempotency.ts';

const answer = (status: number, text = '{}'): Answer => ({ status, text, setCookies: [], header: () => null });
const IN_FLIGHT = answer(409, '{"error":{"data":{"app":{"code":"IDEMPOTENCY_IN_FLIGHT"}}}}');

/** An API that keeps the keys that it got, and gives one answer after another. */
function api(...answers: Answer[]) {
  const keys: (string | undefined)[] = [];
  const send: Send = (_url, { headers }) => {
    expect(headers).not.toHaveProperty(ONCE_HEADER);
    keys.push(headers['idempotency-key']);
    return Promise.resolve(answers.length > 1 ? answers.shift()! : (answers[0] ?? answer(200)));
  };
  const keyed = withIdempotencyKey(send);
  const post = (once: string, body: string, path = '/trpc/orders.place') => keyed(`http://api.invalid${path}`, form(once, body));
  return { keys, keyed, post };
}
const form = (once: string, body: string): Outgoing => ({ method: 'POST', headers: { [ONCE_HEADER]: once }, body });

describe('the idempotency key of a form', () => {
  it('is the same for the same form, and another for another body, another call and another visit', async () => {
    const { keys, post } = api();
    await post('a', '{"listingId":1}');
    await post('a', '{"listingId":1}');
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(keys[1]).toBe(keys[0]);
    await post('a', '{"listingId":2}');
    await post('b', '{"listingId":1}');
    await post('a', '{"listingId":1}', '/trpc/orders.move');
    expect(new Set(keys).size).toBe(4);
  });

  it('is sent with changes of forms alone', async () => {
    const { keys, keyed } = api();
    await keyed('http://api.invalid/trpc/orders.list', { method: 'GET', headers: { [ONCE_HEADER]: 'a' } });
    await keyed('http://api.invalid/trpc/stores.look', { method: 'POST', headers: {}, body: '{}' });
    expect(keys).toEqual([undefined, undefined]);
  });

  it('waits for the answer of the same form while the API is busy with it', async () => {
    const { keys, post } = api(IN_FLIGHT, IN_FLIGHT, answer(200, 'order 7'));
    expect(await post('a', '{}')).toMatchObject({ status: 200, text: 'order 7' });
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(3);
  });

  it('passes other refusals on', async () => {
    const { keys, post } = api(answer(409, '{"error":{"data":{"app":{"code":"NOT_FOR_SALE"}}}}'));
    expect(await post('a', '{}')).toMatchObject({ status: 409 });
    expect(keys).toHaveLength(1);
  });
});
