import type { Problem } from '@assay/contract';
import { createPerson, createSeller, useProduct } from '@assay/testing';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';

const { db, api, rest } = useProduct('sqlite');
let seller: { id: number };
let token: string;

beforeAll(async () => {
  seller = await createSeller(db.database);
  await db.database.prisma.user.update({ where: { id: seller.id }, data: { stars5: 7, stars4: 1, stars1: 2 } });
  token = api.tokenFor(await createPerson(db.database));
});

const summaryPath = () => `/ratings/seller/${seller.id}/summary`;

describe('the badge’s short way', () => {
  // A cookie takes the ordinary route through Express.
  const ordinary = { headers: { cookie: 'theme=dark' } };
  const changing = /^(date|x-request-id|ratelimit.*|connection|keep-alive|vary)$/;
  const lasting = (headers: Headers) => Object.fromEntries([...headers].filter(([name]) => !changing.test(name)));

  it('answers exactly what the ordinary one answers', async () => {
    const [short, long] = await Promise.all([rest.get(summaryPath()), rest.get(summaryPath(), ordinary)]);
    expect([short.status, short.body]).toEqual([200, long.body]);
    expect(short.body).toMatchObject({ sellerId: seller.id, totalRatings: 10, positiveRatings: 8, sellerRating: 4.1 });
    const { etag: shortTag, ...shortHeaders } = lasting(short.headers);
    const { etag: longTag, ...longHeaders } = lasting(long.headers);
    expect(longHeaders).toMatchObject(shortHeaders);
    const tls = { 'x-forwarded-proto': 'https' };
    const secure = await rest.get(summaryPath(), { headers: tls });
    expect(lasting(secure.headers)).toEqual({
      ...lasting(short.headers),
      'strict-transport-security': expect.stringMatching(/^max-age/) as string,
    });
    expect([shortTag, longTag]).toEqual([expect.stringMatching(/^"/), expect.stringMatching(/^"/)]);
  });

  it('says 304 to its entity tag until a number changes', async () => {
    const etag = (await rest.get(summaryPath())).headers.get('etag')!;
    const again = () => rest.get(summaryPath(), { headers: { 'if-none-match': etag } });
    const unchanged = await again();
    expect([unchanged.status, unchanged.body, unchanged.headers.get('etag')]).toEqual([304, '', etag]);
    await db.database.prisma.user.update({ where: { id: seller.id }, data: { stars3: { increment: 1 } } });
    expect((await again()).status).toBe(200);
    await db.database.prisma.user.update({ where: { id: seller.id }, data: { stars3: { decrement: 1 } } });
  });

  it('leaves unknown sellers to the ordinary one', async () => {
    const unknown = await rest.get('/ratings/seller/999999999/summary');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'SELLER_NOT_FOUND']);
  });
});

describe('every answer', () => {
  it('carries a request id: a fitting one of the caller’s, else a new one', async () => {
    const ask = (id: string) => rest.get('/ratings/mine', { headers: { 'x-request-id': id } });
    const named = await ask('trace-0123456789');
    expect(named.headers.get('x-request-id')).toBe('trace-0123456789');
    expect(named.body.requestId).toBe('trace-0123456789');
    const unfit = await ask('"><script>');
    expect(unfit.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(['/api/v1/ratings/mine', '/api/openapi.json', '/api/docs/', '/trpc/ratings.mine', '/nowhere', '/livez'])(
    '%s carries the security headers, and HSTS behind TLS only',
    async (path) => {
      const plain = await fetch(api.url + path);
      expect(plain.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
      expect(plain.headers.get('x-content-type-options')).toBe('nosniff');
      expect(plain.headers.get('x-frame-options')).toBe('DENY');
      expect(plain.headers.get('referrer-policy')).toBe('no-referrer');
      expect(plain.headers.get('x-powered-by')).toBeNull();
      expect(plain.headers.get('strict-transport-security')).toBeNull();
      const secure = await fetch(api.url + path, { headers: { 'x-forwarded-proto': 'https' } });
      expect(secure.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
    },
  );

  it('to HEAD is the headers of GET without a body', async () => {
    const [head, get] = await Promise.all(['HEAD', 'GET'].map((method) => fetch(`${api.url}/api/v1${summaryPath()}`, { method })));
    expect([head!.status, await head!.text()]).toEqual([200, '']);
    expect(head!.headers.get('content-type')).toBe(get!.headers.get('content-type'));
    expect(head!.headers.get('cache-control')).toBe('public, no-cache');
  });
});

describe('a fault of ours', () => {
  const { db: broken, api: brokenApi, rest: brokenRest } = useProduct('sqlite');
  beforeAll(async () => {
    await broken.database.prisma.$executeRawUnsafe('DROP TABLE Sessions');
    await broken.database.prisma.$executeRawUnsafe('ALTER TABLE SellerProfiles RENAME COLUMN Bio TO Gone');
  });
  const INSIDE = /sqlite|prisma|select|insert|table|column|\.ts|node_modules|stack|invocation|Gone/i;

  it('shows nothing of the inside over REST', async () => {
    const answer = await brokenRest.post('/auth/register', {
      email: 'a@b.example',
      password: 'correct horse battery',
      fullName: 'A B',
    });
    expect([answer.status, answer.body.code]).toEqual([500, 'INTERNAL']);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(JSON.stringify(answer.body)).not.toMatch(INSIDE);
    expect(await broken.database.prisma.user.count()).toBe(0); // and half of it was not kept
  });

  it('shows nothing of the inside over tRPC', async () => {
    const answer = await fetch(`${brokenApi.url}/trpc/sellers.get?input=${encodeURIComponent('{"id":1}')}`);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toContain('"INTERNAL"');
    expect(text).not.toMatch(INSIDE);
  });
});

describe('tRPC', () => {
  const query = (path: string) => fetch(`${api.url}/trpc/${path}`);
  const mutate = (path: string, body: string, type = 'application/json') =>
    fetch(`${api.url}/trpc/${path}`, { method: 'POST', body, headers: { 'content-type': type, authorization: `Bearer ${token}` } });

  it.each([
    ['no JSON as input', () => query('sellers.get?input=%7Bid'), 400, 'MALFORMED_JSON'],
    ['input of another shape', () => query('sellers.get?input=%22x%22'), 400, 'VALIDATION_FAILED'],
    ['two inputs', () => query('sellers.get?input=1&input=2'), 400, 'MALFORMED_JSON'],
    ['an unknown procedure', () => query('sellers.everything'), 404, 'NOT_FOUND'],
    ['a prototype’s name', () => query('__proto__'), 404, 'NOT_FOUND'],
    ['a change by GET', () => query('ratings.submit?input=%7B%7D'), 405, 'METHOD_NOT_ALLOWED'],
    ['half a body', () => mutate('ratings.submit', '{"sellerId":'), 400, 'MALFORMED_JSON'],
    ['another media type', () => mutate('ratings.submit', 'a=b', 'application/x-www-form-urlencoded'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a megabyte', () => mutate('ratings.submit', JSON.stringify({ comment: 'x'.repeat(1_000_000) })), 413, 'PAYLOAD_TOO_LARGE'],
    ['a batch of changes', () => mutate('ratings.submit,ratings.submit?batch=1', '{"0":{},"1":{}}'), 400, 'BAD_REQUEST'],
    [
      'a batch of changes with an encoded comma',
      () => mutate('wallets.rename%2Cwallets.rename?batch=1', '{"0":{},"1":{}}'),
      400,
      'BAD_REQUEST',
    ],
    [
      'a batch of changes behind another path',
      () => mutate('x/ratings.submit%2cratings.submit?batch=1', '{"0":{},"1":{}}'),
      400,
      'BAD_REQUEST',
    ],
    ['eleven with encoded commas', () => query(`${Array(11).fill('sellers.get').join('%2C')}?batch=1&input=%7B%7D`), 400, 'BAD_REQUEST'],
    ['a batch of eleven', () => query(`${Array(11).fill('sellers.get').join(',')}?batch=1&input=%7B%7D`), 400, 'BAD_REQUEST'],
  ])('refuses %s', async (_name, ask, status, code) => {
    const answer = await ask();
    const text = await answer.text();
    expect([answer.status, text.includes(`"${code}"`)], text).toEqual([status, true]);
    expect(text).not.toMatch(/stack|\.ts|zod|Unexpected token/i);
  });
});

describe('the OpenAPI document', () => {
  interface Operation {
    operationId: string;
    tags: string[];
    summary: string;
    parameters?: { in: string; name: string }[];
  }
  interface Document {
    openapi: string;
    tags: { name: string }[];
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, unknown> };
  }
  const read = async () => (await (await fetch(`${api.url}/api/openapi.json`)).json()) as Document;
  const operationsOf = ({ paths }: Document) =>
    Object.entries(paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, ...operation })));

  it('is valid OpenAPI 3.1', async () => {
    const document = await read();
    const validator = new Validator();
    const { valid, errors } = await validator.validate({ ...document });
    expect(errors ?? []).toEqual([]);
    expect([valid, document.openapi.slice(0, 3)]).toEqual([true, '3.1']);
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  it('says what JSON schema cannot check: ids are unique, parameters are declared, tags and schemas are used', async () => {
    const document = await read();
    const operations = operationsOf(document);
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    for (const { path, method, parameters = [], summary } of operations) {
      const at = `${method} ${path}`;
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(
        parameters.filter((one) => one.in === 'path').map(({ name }) => name),
        at,
      ).toEqual(named);
      expect(new Set(parameters.map((one) => `${one.in} ${one.name}`)).size, at).toBe(parameters.length);
      expect(summary, at).not.toMatch(/^$|\.$/);
    }
    expect(new Set(operations.flatMap(({ tags }) => tags))).toEqual(new Set(document.tags.map(({ name }) => name)));
    const text = JSON.stringify(document);
    for (const schema of Object.keys(document.components.schemas)) expect(text, schema).toContain(`"#/components/schemas/${schema}"`);
  });

  it('every change honours an idempotency key, but for sessions, files and passwords', async () => {
    const without = operationsOf(await read())
      .filter(({ method }) => method !== 'get')
      .filter(({ parameters = [] }) => !parameters.some(({ name }) => name === 'Idempotency-Key'))
      .map(({ method, path }) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`);
    expect(without.toSorted()).toEqual([
      'POST /auth/account/delete',
      'POST /auth/account/export',
      'POST /auth/email',
      'POST /auth/login',
      'POST /auth/logout',
      'POST /auth/passkey/options',
      'POST /auth/passkey/verify',
      'POST /auth/passkeys',
      'POST /auth/passkeys/begin',
      'POST /auth/passkeys/{id}/remove',
      'POST /auth/password',
      'POST /auth/password/remove',
      'POST /auth/password/reset',
      'POST /auth/password/reset/confirm',
      'POST /auth/refresh',
      'POST /auth/register',
      'POST /auth/second-factor',
      'POST /auth/second-factor/begin',
      'POST /auth/second-factor/confirm',
      'POST /auth/second-factor/disable',
      'POST /auth/second-factor/recovery-codes',
      'POST /auth/sessions/end-others',
      'POST /auth/sessions/{id}/end',
      'POST /auth/wallet/nonce',
      'POST /auth/wallet/verify',
      'POST /auth/wallets',
      'POST /auth/wallets/{address}/unlink',
      'POST /disputes/files',
      'POST /images',
      'POST /listings/import',
      'POST /payout-account',
      'POST /payout-account/stop',
      'POST /payout-details',
      'POST /payout-details/remove',
      'POST /payouts/bank-files',
      'POST /payouts/bank-files/{id}/cancel',
      'POST /payouts/bank-files/{id}/repeat',
      'POST /payouts/statements',
      'POST /verification/documents',
    ]);
  });

  it('names every endpoint, and every endpoint that it names is there', async () => {
    const document = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as { paths: Record<string, object> };
    const named = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => [method.toUpperCase(), path] as const),
    );
    const must = [
      'POST /auth/register',
      'POST /auth/login',
      'POST /auth/refresh',
      'POST /auth/logout',
      'GET /ratings/seller/{id}',
      'GET /ratings/mine',
    ]
      .concat([
        'GET /ratings/seller/{id}/summary',
        'GET /ratings/can-rate/{id}',
        'POST /ratings',
        'PATCH /ratings/{id}',
        'DELETE /ratings/{id}',
      ])
      .concat([
        'POST /listings',
        'GET /listings/{id}',
        'POST /orders',
        'GET /orders',
        'POST /orders/{id}/pay',
        'POST /orders/{id}/complete',
      ]);
    expect(named.map(([method, path]) => `${method} ${path.replace('/api/v1', '')}`)).toEqual(expect.arrayContaining(must));
    for (const [method, path] of named) {
      const url = api.url + path.replaceAll(/\{[^}]+\}/g, '0');
      const answer = await fetch(url, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } });
      const known = answer.status !== 405 && (answer.status !== 404 || ((await answer.json()) as Problem).code !== 'NOT_FOUND');
      expect(known, `${method} ${path} answers ${answer.status}`).toBe(true);
    }
  });

  it('has a page to browse it, from our own origin alone', async () => {
    const page = await fetch(`${api.url}/api/docs/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await page.text();
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) {
      expect(link).toMatch(/^\//);
      expect((await fetch(api.url + link)).status, link).toBe(200);
    }
  });

  it('every error code has its line on the page that problems point to', async () => {
    const problem = (await rest.get('/ratings/mine')).body;
    const [page, anchor] = (problem.type as string).split('#');
    expect(await (await fetch(api.url + page!)).text()).toContain(`id="${anchor}"`);
  });
});
