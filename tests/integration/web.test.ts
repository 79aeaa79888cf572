import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { cookieNames } from '@assay/contract';
import {
  createPeople,
  createPerson,
  createSeller,
  restClient,
  spawnApi,
  spawnWeb,
  startApi,
  useDatabase,
  useProcess,
  type Seller,
} from '@assay/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';

const db = useDatabase('sqlite');
const api = useProcess(() => spawnApi(db.url, { SELLER_CACHE_TTL: '0' })); // tests write counts past the product
beforeAll(buildWeb);
const web = useProcess(() => spawnWeb(api.url));
let seller: Seller;
beforeAll(async () => {
  seller = await createSeller(db.database, 'Shop </script><b>');
});

const page = (path: string, headers: Record<string, string> = {}) => fetch(web.url + path, { headers, redirect: 'manual' });
const rate = (figures: object) => db.database.prisma.user.update({ where: { id: seller.id }, data: figures });

describe('one origin', () => {
  it('forwards the API, with the request’s own id', async () => {
    const answer = await page(`/api/v1/ratings/seller/${seller.id}/summary`, { 'x-request-id': 'through-both-0001' });
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([200, 'through-both-0001']);
    expect(await answer.json()).toMatchObject({ sellerId: seller.id, totalRatings: 0, isNewSeller: true });
    expect((await restClient(web.url).post('/ratings', { sellerId: 1, rating: 5 })).body.code).toBe('UNAUTHENTICATED');
    expect((await page(`/trpc/sellers.get?input=${encodeURIComponent(JSON.stringify({ id: seller.id }))}`)).status).toBe(200);
  });

  it('sends the API what it knows, not what a visitor claims', async () => {
    const upstream = await upstreamServer();
    const front = await spawnWeb(upstream.url, { TRUST_PROXY: '10.0.0.0/8' });
    await fetch(`${front.url}/api/x`, {
      headers: {
        'x-forwarded-for': '1.2.3.4',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'evil.example',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      },
    });
    expect(upstream.requests[0]!.headers.traceparent).toBeUndefined(); // they do not decide what is recorded either
    expect(upstream.requests[0]!.headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(upstream.requests[0]!.headers['x-forwarded-host']).toBe(new URL(front.url).host);
    await front.stop();
    await upstream.close();
  });

  it('is what PUBLIC_URL says, in what leaves a page', async () => {
    const front = await spawnWeb(api.url, { PUBLIC_URL: 'https://shop.example' });
    for (const path of [`/sellers/${seller.id}`, '/listings', `/listings/${seller.listingId}`]) {
      const html = await (await fetch(front.url + path)).text();
      expect(html).toContain(`<link rel="canonical" href="https://shop.example${path}"`);
      expect(html).not.toContain(front.url);
    }
    await front.stop();
  });

  it('forwards WebSockets, both ways', async () => {
    const upstream = await upstreamServer();
    const front = await spawnWeb(upstream.url);
    const socket = await upgrade(`${front.url}/api/ws?room=1`);
    socket.write('are you there?');
    const [echo] = (await once(socket, 'data')) as [Buffer];
    expect([echo.toString(), upstream.requests[0]!.url]).toEqual(['are you there?', '/api/ws?room=1']);
    socket.destroy();
    for (const path of ['/seller/ws', '/seller/2', `/seller/0x${'aB'.repeat(20)}?x`]) (await upgrade(front.url + path)).destroy();
    expect(upstream.requests.slice(1).map(({ url }) => url)).toEqual(['/seller/ws', '/seller/2', `/seller/0x${'aB'.repeat(20)}?x`]);
    await expect(upgrade(`${front.url}/seller/dashboard`)).rejects.toThrow();
    await expect(upgrade(`${front.url}/elsewhere`)).rejects.toThrow();
    await front.stop();
    await upstream.close();
  });

  it('lets go of kept connections before it ends, those of the API’s callers too', async () => {
    const front = await spawnWeb(api.url);
    const path = `/api/v1/ratings/seller/${seller.id}/summary`;
    const statuses: number[] = [];
    let stopping: Promise<number | null> | undefined;
    await Promise.all(
      [path, path, '/sign-in', '/sign-in'].map(async (asked, client) => {
        for (let i = 0, ends = false; !ends; i++) {
          if (client === 0 && i === 10) stopping = front.stop();
          const answer = await fetch(front.url + asked);
          await answer.arrayBuffer();
          statuses.push(answer.status);
          ends = answer.headers.get('connection') === 'close';
        }
      }),
    );
    expect(await stopping).toBe(0);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  it('without its API says so, and does not fall', async () => {
    const front = await spawnWeb('http://127.0.0.1:1');
    const answer = await fetch(`${front.url}/api/v1/ratings/mine`);
    expect([answer.status, (await answer.json()) as object]).toEqual([503, expect.objectContaining({ code: 'UNAVAILABLE', status: 503 })]);
    const shown = await fetch(`${front.url}/sellers/1`);
    expect(shown.status).toBe(503);
    expect(await shown.text()).not.toMatch(/ECONNREFUSED|127\.0\.0\.1:1\b|node_modules/);
    expect((await fetch(`${front.url}/health`)).status).toBe(503);
    expect((await fetch(`${front.url}/livez`)).status).toBe(200);
    expect(await front.stop()).toBe(0);
  });
});

describe('pages', () => {
  it('allow only scripts that carry this answer’s nonce', async () => {
    const nonces = new Set<string>();
    for (let i = 0; i < 2; i++) {
      const answer = await page('/');
      const policy = answer.headers.get('content-security-policy')!;
      const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)![1]!;
      expect(policy).not.toMatch(/script-src [^;]*unsafe-inline/);
      expect(policy).toMatch(/frame-ancestors 'none'/);
      const scripts = [...(await answer.text()).matchAll(/<script([^>]*)>/g)].map((match) => match[1]!);
      expect(scripts.length).toBeGreaterThan(0);
      for (const attributes of scripts) expect(attributes).toContain(`nonce="${nonce}"`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  it('carry security headers, and HSTS behind TLS only', async () => {
    const [plain, secure] = await Promise.all([page('/'), page('/', { 'x-forwarded-proto': 'https' })]);
    expect(plain.headers.get('x-content-type-options')).toBe('nosniff');
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    expect(secure.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
  });

  it('and everything else name their charset and a policy, errors too', async () => {
    const script = /href="(\.?\/_app\/[^"]+\.js)"/.exec(await (await page('/sign-in')).text())![1]!.replace(/^\./, '');
    for (const path of ['/', '/sign-in', '/sign-in/__data.json', '/accent/nothing.css', '/nowhere', '/health', '/favicon.svg', script]) {
      const { headers } = await page(path);
      expect([path, headers.get('content-type')]).toEqual([path, expect.stringMatching(/charset=utf-8$/i)]);
      expect([path, headers.get('content-security-policy')]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")]);
    }
  });

  it('of an account are not kept and not compressed; those of visitors are', async () => {
    const issuer = await startApi(db);
    const cookie = `assay_access=${issuer.tokenFor(await createPerson(db.database))}`;
    await issuer.close();
    const own = await page('/account', { cookie, 'accept-encoding': 'gzip' });
    expect([own.status, own.headers.get('cache-control'), own.headers.get('content-encoding')]).toEqual([200, 'private, no-store', null]);
    // A page that everyone has may be shown by Back, with the key of its order form.
    expect((await page(`/sellers/${seller.id}`, { cookie })).headers.get('cache-control')).toBe('private, no-cache');
    const visitors = await page('/sign-in', { 'accept-encoding': 'gzip' });
    expect([visitors.headers.get('content-encoding'), visitors.headers.get('vary')]).toEqual(['gzip', expect.stringContaining('Cookie')]);
    expect(await visitors.text()).toContain('<html');
    for (const name of ['__Host-assay_refresh', 'assay_csrf']) {
      const { headers } = await page('/sign-in', { cookie: `theme=dark; ${name}=x`, 'accept-encoding': 'gzip' });
      expect([name, headers.get('content-encoding')]).toEqual([name, null]);
    }
  });

  it('have the theme of the cookie from the first byte', async () => {
    expect(await (await page('/', { cookie: 'assay_theme=dark' })).text()).toMatch(/<html[^>]* data-theme="dark"/);
    expect(await (await page('/')).text()).not.toMatch(/<html[^>]* data-theme/);
  });

  it('refuse a form from another site, and a body without end', async () => {
    const post = (body: string, origin: string) =>
      fetch(`${web.url}/sign-in`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
        redirect: 'manual',
      });
    expect((await post('email=a%40b.example&password=x', 'https://evil.example')).status).toBe(403);
    expect((await post(`email=${'a'.repeat(200_000)}`, web.url)).status).toBe(413);
  });

  it('of sellers that have moved are found where they were', async () => {
    const moved = ['/sell', '/sell/ratings?stars=1', '/seller'];
    const answers = await Promise.all(moved.map((path) => page(path)));
    expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
      [308, '/seller/dashboard'],
      [308, '/seller/ratings?stars=1'],
      [308, '/seller/dashboard'],
    ]);
  });

  it('that do not exist are a 404 with a way on', async () => {
    for (const path of ['/nowhere', '/sellers/999999', '/sellers/abc', '/listings/0', '/sellers/1e3']) {
      const answer = await page(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.text()).toContain('href="/"');
    }
  });
});

describe('structured data of a seller page', () => {
  const jsonLd = async () => {
    const html = await (await page(`/sellers/${seller.id}`)).text();
    const found = /<script type="application\/ld\+json"[^>]*>([^]*?)<\/script>/.exec(html);
    return { html, data: found ? (JSON.parse(found[1]!) as Record<string, unknown>) : null };
  };

  it('says who it is without ratings, and no average', async () => {
    await rate({ stars5: 0 });
    const { data } = await jsonLd();
    expect(data).toMatchObject({ '@type': 'Organization', name: expect.stringContaining('Shop </script><b>') });
    expect(data).not.toHaveProperty('aggregateRating');
  });

  it('says no average that the page does not say', async () => {
    await rate({ stars5: 2 });
    const { html, data } = await jsonLd();
    expect(html).toContain('New Seller');
    expect(JSON.stringify(data)).not.toContain('aggregateRating');
  });

  it('says what the page and the database say, and nothing in it ends the script', async () => {
    await rate({ stars5: 2, stars4: 1, stars1: 1 });
    const { html, data } = await jsonLd();
    expect(data!.aggregateRating).toMatchObject({ ratingValue: '3.7', ratingCount: 4, bestRating: 5, worstRating: 1 });
    expect(data!.name).toMatch(/^Shop <\/script><b>/);
    expect(html).not.toContain('<b>');
  });
});

/** Something that answers like an API: everything with 200, WebSockets with an echo. */
async function upstreamServer() {
  const requests: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    requests.push(req);
    res.end('{}');
  });
  server.on('upgrade', (req: IncomingMessage, socket: Duplex) => {
    requests.push(req);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, requests, close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))) };
}

function upgrade(url: string): Promise<Duplex> {
  const asked = request(url, { headers: { connection: 'Upgrade', upgrade: 'websocket' } });
  asked.end();
  return new Promise((resolve, reject) => {
    asked.once('upgrade', (_res, socket) => resolve(socket));
    asked.once('response', ({ statusCode }) => reject(new Error(`answered ${statusCode}`)));
    asked.once('error', reject);
  });
}

describe('ratings that half of the people have', () => {
  const rollout = (percentage: number, token: string) =>
    restClient(api.url).post('/flags/seller-ratings/rollout', { percentage }, { token });

  it('are on pages for exactly those for whom the API has them', async () => {
    const issuer = await startApi(db);
    const token = issuer.tokenFor(await createPerson(db.database, ['admin']));
    expect((await rollout(50, token)).status).toBe(200);
    const users = (await createPeople(db.database, 12)).map((person) => `assay_access=${issuer.tokenFor(person)}`);
    const visitors = Array.from({ length: 12 }, (_, i) => `${cookieNames(false).visitor}=${(0xbeef00 + i).toString(16).padStart(32, '0')}`);
    const seen = await Promise.all(
      [...users, ...visitors].map(async (cookie) => {
        const answer = await page(`/sellers/${seller.id}`, { cookie });
        const shown = await answer.text();
        // The page gives a browser without one its cookie; it decides the side of the rollout, signed in or not.
        const given = answer.headers.getSetCookie().map((header) => header.split(';')[0]!);
        const headers = { cookie: [cookie, ...given].join('; ') };
        const asked = await fetch(`${api.url}/api/v1/ratings/seller/${seller.id}/summary`, { headers });
        return { badge: shown.includes('data-testid="seller-badge"'), nav: shown.includes('href="/ratings"'), api: asked.status === 200 };
      }),
    );
    // Visitors have no ratings of their own to go to.
    for (const [i, { badge, nav, api: has }] of seen.entries()) expect([badge, nav]).toEqual([has, has && i < users.length]);
    // Those with a cookie from before are known: some are in, some are not. New cookies are random.
    expect(new Set(seen.slice(users.length).map(({ badge }) => badge)).size).toBe(2);
    await rollout(100, token);
    await issuer.close();
  });

  it('are nowhere on pages when they are off, and phones have the plain navigation when theirs is', async () => {
    const issuer = await startApi(db);
    const options = { token: issuer.tokenFor(await createPerson(db.database, ['admin'])) };
    const cookie = `assay_access=${issuer.tokenFor(await createPerson(db.database, ['buyer', 'seller']))}`;
    const paths = ['/', `/sellers/${seller.id}`, '/seller/dashboard', '/account', '/sign-in'];
    const text = async () => (await Promise.all(paths.map((path) => page(path, { cookie }).then((answer) => answer.text())))).join('');
    const words = /data-testid="seller-badge"|href="\/(ratings|seller\/ratings|decisions|how-scores-work)"/;
    expect(await text()).toMatch(words);
    expect(await text()).toContain('data-testid="dock"');
    for (const name of ['seller-ratings', 'seller-mobile-optimization'])
      expect((await restClient(api.url).post(`/flags/${name}/switch`, { enabled: false }, options)).status).toBe(200);
    expect(await text()).not.toMatch(words);
    expect(await text()).not.toContain('data-testid="dock"');
    const gone = ['/ratings', '/seller/ratings', '/decisions', '/how-scores-work', `/sellers/${seller.id}/score`];
    expect(await Promise.all(gone.map(async (path) => (await page(path, { cookie })).status))).toEqual(gone.map(() => 404));
    expect((await page('/admin', { cookie: `assay_access=${options.token}` })).status).toBe(200);
    await restClient(api.url).post('/flags/seller-ratings/undo', {}, options);
    await restClient(api.url).post('/flags/seller-mobile-optimization/undo', {}, options);
    await issuer.close();
  });

  it('stay what they were for a visitor: the pages give them a cookie that scripts cannot read', async () => {
    const first = await page('/sign-in');
    const cookie = first.headers.getSetCookie().find((one) => one.startsWith(`${cookieNames(false).visitor}=`))!;
    expect(cookie).toMatch(/^assay_visitor=[0-9a-f]{32}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);
    const again = await page('/sign-in', { cookie: cookie.split(';')[0]! });
    expect(again.headers.getSetCookie().filter((one) => one.startsWith(cookieNames(false).visitor))).toEqual([]);
    const forged = await page('/sign-in', { cookie: `${cookieNames(true).visitor}=1`, 'x-forwarded-proto': 'https' });
    expect(forged.headers.getSetCookie().find((one) => one.startsWith(cookieNames(true).visitor))).toMatch(/; Secure/i);
  });
});
