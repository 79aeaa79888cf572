import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { openFront, startWeb, type Front } from './lib/front.ts';
import { demoAccount, expect, hydrated, test as base } from './lib/test.ts';

interface Fixtures {
  /** Between the browser and the pages, or between the pages and the API. */
  front: Front;
  /** A browser whose console is not checked: broken connections are what these tests are about. */
  visitor: BrowserContext;
}
const test = base.extend<Fixtures>({
  front: async ({ baseURL }, use) => {
    const front = await openFront(baseURL!);
    await use(front);
    await front.close();
  },
  visitor: async ({ browser }: { browser: Browser }, use) => {
    const context = await browser.newContext({ serviceWorkers: 'allow' });
    await use(context);
    await context.close();
  },
});

const banner = (page: Page) => page.getByTestId('connection');

/** Opens a page and waits until the service worker looks after it. */
async function openServed(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  });
  return page;
}

const keptPaths = (page: Page) =>
  page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return caches_.flat().map(({ url }) => new URL(url).pathname);
  });

const healthOf = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ type: string; data: Record<string, unknown> }>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', ({ data }: MessageEvent<{ type: string; data: Record<string, unknown> }>) => resolve(data));
        port1.start();
        navigator.serviceWorker.controller!.postMessage({ type: 'HEALTH_CHECK' }, [port2]);
      }),
  );

test('without a connection a page says so, at the address that was asked for, and keeps nothing of anybody', async ({ front, visitor }) => {
  const page = await openServed(visitor, `${front.url}/`);
  await page.request.post(`${front.url}/api/v1/auth/login`, { data: demoAccount('seller') });
  await page.goto(`${front.url}/seller/ratings`);
  const paths = await keptPaths(page);
  expect(paths).toContain('/offline');
  expect(paths.filter((path) => !/^\/(offline|favicon\.svg|_app\/immutable\/.+)$/.test(path))).toEqual([]);
  const whole = await healthOf(page);
  expect(whole).toEqual({
    type: 'HEALTH_STATUS',
    data: { cacheService: true, apiConnection: true, websocketConnection: true, timestamp: expect.any(Number) as unknown },
  });

  front.down = true;
  expect((await healthOf(page)).data).toMatchObject({ cacheService: true, apiConnection: false, websocketConnection: false });
  await page.goto(`${front.url}/sellers/2`);
  await expect(page.getByTestId('offline-page')).toBeVisible();
  await expect(page.getByTestId('account')).toHaveCount(0); // a stranger's page
  expect(page.url()).toBe(`${front.url}/sellers/2`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  front.down = false;
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByTestId('offline-page')).toHaveCount(0);
  await expect(page.getByTestId('account')).toBeVisible();
});

test('a new version takes over from an open page, and the old one leaves nothing', async ({ front, visitor }) => {
  const page = await openServed(visitor, `${front.url}/`);
  const [old] = await page.evaluate(() => caches.keys());
  const version = old!.slice('assay-'.length);
  front.edit = (path, body) => (path === '/service-worker.js' ? body.replaceAll(version, 'next') : body);
  await page.evaluate(async () => {
    const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    await (await navigator.serviceWorker.ready).update();
    await taken;
  });
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(['assay-next']);
  await page.goto(`${front.url}/sellers/2`);
  await hydrated(page);
});

test('the banner says that the browser is offline, and that it is back', async ({ visitor }) => {
  const page = await visitor.newPage();
  await page.goto('/sellers/2');
  await hydrated(page);
  await expect(banner(page)).toHaveText('');
  await visitor.setOffline(true);
  await expect(banner(page)).toContainText('No connection.');
  await visitor.setOffline(false);
  await expect(banner(page)).toContainText('Back online.');
  await expect(banner(page)).toHaveText('');
});

test('while the API is away visitors see what was known last, members a page that waits', async ({ front, visitor, browser }) => {
  const web = await startWeb(front.url);
  const member = await browser.newContext();
  try {
    const page = await visitor.newPage();
    await page.goto(`${web.url}/sellers/2`);
    const name = await page.getByRole('heading', { level: 1 }).innerText();
    const own = await member.newPage();
    await own.request.post(`${web.url}/api/v1/auth/login`, { data: demoAccount('seller') });

    front.down = true;
    expect((await page.reload())!.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(banner(page)).toContainText(/As of \d\d:\d\d UTC/);
    const never = await page.request.get(`${web.url}/sellers/3`);
    expect([never.status(), await never.text()]).toEqual([503, expect.stringContaining('We cannot be reached right now.')]);
    for (const path of ['/sellers/2', '/seller/dashboard', '/orders']) {
      expect((await own.goto(web.url + path))!.status(), path).toBe(503);
      await expect(own.getByTestId('error-page')).toContainText('UNAVAILABLE');
      await expect(own.getByRole('link', { name: 'Try again' })).toBeVisible();
    }
    expect((await new AxeBuilder({ page: own }).analyze()).violations.map(({ id }) => id)).toEqual([]);

    front.down = false;
    await expect(own.getByTestId('error-page')).toHaveCount(0);
    await expect(own.getByRole('heading', { level: 1 })).toHaveText('My orders');
    await expect(banner(page)).not.toContainText('As of');
  } finally {
    await member.close();
    await web.stop();
  }
});

test('a part that breaks does not take the page, and comes back with the next numbers', async ({ front, visitor, market }) => {
  const shop = await market.openShop();
  await market.rate(shop, [5, 4, 5]);
  const page = await visitor.newPage();
  await page.request.post(`${front.url}/api/v1/auth/login`, { data: { email: shop.email, password: shop.password } });
  await page.goto(`${front.url}/seller/dashboard`);
  await hydrated(page);
  front.edit = (path, body) => (path.includes('__data.json') ? body.replaceAll(/"points":\d+/g, '"points":-1') : body); // undefined
  await page.getByTestId('sell-ratings').click();
  await expect(page.getByTestId('broken-part')).toContainText('The trend cannot be shown at the moment.');
  await expect(page.getByTestId('rating')).toHaveCount(3);
  front.edit = null;
  await market.rate(shop, [3]);
  await expect(page.getByTestId('rating')).toHaveCount(4);
  await expect(page.getByTestId('broken-part')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Trend' })).toBeVisible();
});
