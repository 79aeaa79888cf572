import { createMarket, onEachEngine, useProduct } from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';

onEachEngine('bad input', (engine) => {
  const { db, api, rest } = useProduct(engine);
  let sellerId: number;
  let token: string;

  beforeAll(async () => {
    const { seller, buyer } = await createMarket(db.database);
    sellerId = seller.id;
    token = api.tokenFor(buyer);
  });

  const stored = () => db.database.prisma.sellerRating.count();

  it.each([
    ['no stars', '{"sellerId":SELLER}'],
    ['zero stars', '{"sellerId":SELLER,"rating":0}'],
    ['six stars', '{"sellerId":SELLER,"rating":6}'],
    ['a star and a half', '{"sellerId":SELLER,"rating":1.5}'],
    ['stars as text', '{"sellerId":SELLER,"rating":"5"}'],
    ['infinitely many stars', '{"sellerId":SELLER,"rating":1e309}'],
    ['minus stars', '{"sellerId":SELLER,"rating":-3}'],
    ['null', '{"sellerId":SELLER,"rating":null}'],
    ['true', '{"sellerId":SELLER,"rating":true}'],
    ['a list', '{"sellerId":SELLER,"rating":[5]}'],
  ])('refuses %s, and names the field', async (_name, raw) => {
    const answer = await rest.post('/ratings', undefined, { token, raw: raw.replace('SELLER', String(sellerId)) });
    expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(answer.body.errors).toEqual([{ field: 'rating', message: expect.stringMatching(/stars/) }]);
    expect(await stored()).toBe(0);
  });

  it.each([
    ['NaN', '{"sellerId":1,"rating":NaN}', 400, 'MALFORMED_JSON'],
    ['half a body', '{"sellerId":1,', 400, 'MALFORMED_JSON'],
    ['an empty body', '', 400, 'VALIDATION_FAILED'],
    ['text', '"rating"', 400, 'VALIDATION_FAILED'],
    ['null', 'null', 400, 'VALIDATION_FAILED'],
    ['a list', '[]', 400, 'VALIDATION_FAILED'],
    ['too deep a list', '['.repeat(30_000) + ']'.repeat(30_000), 400, 'MALFORMED_JSON'],
    ['more than fits', `{"sellerId":1,"rating":5,"comment":"${'x'.repeat(1_000_000)}"}`, 413, 'PAYLOAD_TOO_LARGE'],
  ])('refuses a body that is %s, without a parser’s words', async (_name, raw, status, code) => {
    const answer = await rest.post('/ratings', undefined, { token, raw });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toMatch(/JSON at|Unexpected|position|token [^i]|SyntaxError/);
    expect(await stored()).toBe(0);
  });

  it('refuses a body of another kind', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-7']) {
      const answer = await rest.post('/ratings', undefined, { token, raw: '{"sellerId":1,"rating":5}', headers: { 'content-type': type } });
      expect([answer.status, answer.body.code], type).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    }
  });

  it.each([
    ['longer than 1,000 characters', 'x'.repeat(1001)],
    ['with a NUL', 'a\u0000b'],
    ['with a bell', 'a\u0007b'],
    ['with an escape sequence', '\u001b[31mred'],
    ['with a C1 control', 'a\u0085b'],
    ['with a lone carriage return', 'a\rb'],
  ])('refuses a comment %s', async (_name, comment) => {
    const answer = await rest.post('/ratings', { sellerId, rating: 5, comment }, { token });
    expect([answer.status, answer.body.errors?.[0].field]).toEqual([400, 'comment']);
    expect(await stored()).toBe(0);
  });

  it('refuses halves of surrogate pairs', async () => {
    for (const half of ['\\ud83d', '\\ude00', 'x\\udc00\\ud800y']) {
      const answer = await rest.post('/ratings', undefined, { token, raw: `{"sellerId":${sellerId},"rating":5,"comment":"${half}"}` });
      expect([answer.status, answer.body.errors?.[0].field], half).toEqual([400, 'comment']);
    }
    expect(await stored()).toBe(0);
  });

  it('keeps everything that a person may write, to the letter', async () => {
    const comments = [
      '<script>alert(1)</script> & "quotes"',
      "'; DROP TABLE Users; -- ",
      'line one\nline two\twith a tab',
      '\u202Egnirts a\u202C and \u200Fمرحبا\u200F',
      '👩‍👩‍👧‍👦 日本語 ẞ İ ı Å',
      '%_[]^\\ {{7*7}} ${x} %s',
      '\u{1F600}'.repeat(500),
    ];
    const { body: rating } = await rest.post('/ratings', { sellerId, rating: 5 }, { token });
    for (const comment of comments) {
      const answer = await rest.patch(`/ratings/${rating.id}`, { comment }, { token });
      expect([answer.status, answer.body.comment], comment).toEqual([200, comment.trim()]);
      const listed = await rest.get(`/ratings/seller/${sellerId}`, { token });
      expect(listed.body.items[0].comment).toBe(comment.trim());
    }
    await rest.delete(`/ratings/${rating.id}`, { token });
  });

  it.each(['0', '-1', '1.5', '1e3', '0x1', '01', '%201', 'abc', '2147483648', '99999999999999999999', 'NaN', '1%00', "1'--", '١'])(
    'refuses the id %s everywhere',
    async (id) => {
      const paths = [
        `/ratings/seller/${id}`,
        `/ratings/seller/${id}/summary`,
        `/ratings/can-rate/${id}`,
        `/ratings/${id}/history`,
        `/listings/${id}`,
        `/orders/${id}`,
        `/sellers/${id}`,
      ];
      for (const path of paths) expect((await rest.get(path, { token })).status, path).toBe(400);
      expect((await rest.patch(`/ratings/${id}`, { rating: 5 }, { token })).status).toBe(400);
      expect((await rest.delete(`/ratings/${id}`, { token })).status).toBe(400);
      expect((await rest.post(`/orders/${id}/pay`, undefined, { token })).status).toBe(400);
      expect((await rest.post(`/auth/sessions/${id}/end`, {}, { token })).status).toBe(400);
    },
  );

  it('refuses ids in a body that are not ids', async () => {
    for (const bad of [0, -1, 1.5, 2_147_483_648, '1', null, {}, 1e300]) {
      expect((await rest.post('/ratings', { sellerId: bad, rating: 5 }, { token })).status, JSON.stringify(bad)).toBe(400);
      expect((await rest.post('/orders', { listingId: bad }, { token })).status, JSON.stringify(bad)).toBe(400);
    }
  });

  it.each([
    'sort=best',
    'stars=0',
    'stars=6',
    'stars=1.5',
    'withComment=maybe',
    'limit=0',
    'limit=101',
    'limit=ten',
    'limit=1e1',
    'sort=newest&sort=highest',
    'cursor=',
    'cursor=../../etc/passwd',
  ])('refuses the query %s', async (query) => {
    expect((await rest.get(`/ratings/seller/${sellerId}?${query}`, { token })).status).toBe(400);
  });

  it('answers unknown ids with 404', async () => {
    const paths = [
      '/ratings/seller/2000000000',
      '/ratings/seller/2000000000/summary',
      '/ratings/2000000000/history',
      '/listings/2000000000',
      '/orders/2000000000',
      '/sellers/2000000000',
    ];
    for (const path of paths) expect((await rest.get(path, { token })).status, path).toBe(404);
  });

  it.each([
    ['', /at least|empty/],
    [' '.repeat(10), /empty/],
    ['x'.repeat(256), /255/],
    ['two\nlines', /control/],
  ])('refuses the listing title %j', async (title, message) => {
    const answer = await rest.post('/listings', { title, price: '1.00', currency: 'EUR' }, { token });
    expect([answer.status, answer.body.errors?.[0].field]).toEqual([400, 'title']);
    expect(answer.body.errors[0].message).toMatch(message);
  });

  it.each(['0', '0.00', '-1', '1,505', '1e30', 'free', '12345678901', '1.123456789', '.5', '5.', ' ', '1.005'])(
    'refuses the price %j',
    async (price) => {
      const answer = await rest.post('/listings', { title: 'Bowl', price, currency: 'EUR' }, { token });
      expect([answer.status, answer.body.errors?.[0].field]).toEqual([400, 'price']);
    },
  );

  it('keeps prices exactly, up to the last of 18 digits', async () => {
    for (const [price, currency, shown] of [
      ['12.50', 'EUR', '12.50'],
      ['12.5', 'USD', '12.50'],
      ['9999999999.99999999', 'BTC', '9999999999.99999999'],
      ['0.00000001', 'ETH', '0.00000001'],
      ['1200', 'JPY', '1200'],
    ]) {
      const { body } = await rest.post('/listings', { title: 'Bowl', price, currency }, { token });
      expect((await rest.get(`/listings/${body.id}`, { token })).body.price).toBe(shown);
    }
  });

  it('answers what it does not know with problem details too', async () => {
    const unknown = await rest.get('/nothing/here');
    expect([unknown.status, unknown.body.code, unknown.headers.get('content-type')]).toEqual([
      404,
      'NOT_FOUND',
      'application/problem+json; charset=utf-8',
    ]);
    expect(unknown.body.requestId).toBe(unknown.headers.get('x-request-id'));
    const method = await rest.post('/ratings/mine', {}, { token });
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET']);
    expect((await rest.get('/ratings/seller/%E0%A4%A', { token })).status).toBe(400);
  });
});
