import type { Page } from '@playwright/test';
import { picture } from '@assay/testing/pictures';
import type { Market, Shop } from './lib/market.ts';
import { expectSound } from './lib/sound.ts';
import { demoAccount, expect, hydrated, open, test } from './lib/test.ts';

const SAID = { about: null, accent: null, shippingPolicy: null, returnsPolicy: null, contactPolicy: null, version: 0 };
const say = async ({ baseURL }: { baseURL: string }, { token }: Shop, settings: object) => {
  const answer = await fetch(`${baseURL}/api/v1/store`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...SAID, ...settings }),
  });
  expect(answer.status).toBe(200);
};
const list = async (market: Market, { token }: Shop, titles: string[]) => {
  const ids: number[] = [];
  for (const title of titles) {
    const { body } = await market.rest.post('/listings', { title, price: '9.00', currency: 'EUR', publish: true }, { token });
    ids.push(body.id as number);
  }
  return ids;
};

/** What a page says it looks like. */
const buttonColours = (page: Page) =>
  page
    .getByTestId('follow')
    .first()
    .evaluate((button) => [getComputedStyle(button).backgroundColor, getComputedStyle(button).color]);

test('a seller sets up a store, and buyers see it', async ({ page, market, signIn, as }) => {
  const shop = await market.openShop();
  const [plate, bowl] = (await list(market, shop, ['Plate', 'Bowl'])) as [number, number];
  await signIn(shop);
  await open(page, '/seller/dashboard');
  await page.getByTestId('sell-store').click();
  await expect(page).toHaveURL('/seller/store');

  // A colour that cannot be read: warned of while it is chosen, and the nearest one is a press away.
  await page.getByTestId('about').fill('We throw.\nWe <b>glaze</b>.');
  await page.getByTestId('returnsPolicy').fill('30 days.');
  await page.getByTestId('own-accent').fill('#ffff00');
  await expect(page.getByRole('radio', { name: 'Your own' })).toBeChecked();
  await expect(page.getByRole('status').filter({ hasText: 'is not readable in both themes' })).toBeVisible();
  await expect(page.getByTestId('accent-ratios')).toHaveCount(0);
  await page.getByTestId('nearest').click();
  await expect(page.getByTestId('accent-ratios').getByRole('row')).toHaveCount(3);
  await page.getByTestId('save-store').click();
  await expect(page.getByTestId('toast')).toContainText('Store saved.');
  await expect(page.getByTestId('about')).toHaveValue('We throw.\nWe <b>glaze</b>.');

  // By keyboard, in their order.
  await page.getByRole('button', { name: 'Feature Plate' }).click();
  await expect(page.getByTestId('featured-list').getByRole('listitem')).toHaveCount(1);
  await page.getByTestId('featured-choice').getByRole('button', { name: 'Feature Bowl' }).click();
  const places = page.getByTestId('featured-list').getByRole('listitem');
  await expect(places).toHaveCount(2);
  await page.getByRole('button', { name: 'Move Bowl up' }).focus();
  await page.keyboard.press('Enter');
  await expect(places.first()).toContainText('Bowl');
  await page.getByTestId('cover-image').setInputFiles({ name: 'c.jpg', mimeType: 'image/jpeg', buffer: await picture(1200, 400) });
  await expect(page.getByTestId('image-uploaded')).toHaveCount(1);
  await expectSound(page);

  const buyer = await market.register('Buyer');
  const other = await as(buyer);
  await open(other, `/sellers/${shop.id}`);
  await expect(other.getByTestId('store-about')).toContainText('We <b>glaze</b>.');
  await expect(other.getByTestId('store-policies').getByRole('article')).toHaveCount(1);
  await expect(other.getByTestId('featured').getByRole('link')).toHaveText(['Bowl', 'Plate']);
  await expect(other.locator('.cover img.sharp')).toHaveCount(1);
  await expect(other.getByTestId('store-listings').getByRole('link')).toHaveText([shop.title]);
  await market.rest.post(`/listings/${bowl}/pause`, undefined, { token: shop.token });
  await other.reload();
  await expect(other.getByTestId('featured').getByRole('link')).toHaveText(['Plate']);
  expect(plate).toBeGreaterThan(0);
});

test('a person follows a store: the number changes for them, and for its seller without a reload', async ({ page, market, as }) => {
  const shop = await market.openShop();
  const seller = await as(shop);
  await open(seller, '/seller/store');
  await expect(seller.getByTestId('follower-count')).toHaveText('No followers yet');
  await expect(seller.getByTestId('live')).toHaveText('Live');

  // A visitor signs in first, comes back, and is asked.
  const buyer = await market.registerProved('Follower');
  await open(page, `/sellers/${shop.id}`);
  await page.getByTestId('follow').click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel('E-mail').fill(buyer.email);
  await page.getByLabel('Password').fill(buyer.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(`/sellers/${shop.id}?follow=1`);
  await page.getByTestId('follow-now').getByTestId('follow').click();
  await expect(page.getByTestId('followers')).toHaveText('1 follower');
  await expect(page.getByTestId('follow-now')).toHaveCount(0);
  await expect(page.getByTestId('follow')).toContainText('Following');
  await expect(seller.getByTestId('follower-count')).toHaveText('1 follower');

  await page.getByTestId('following').click();
  await expect(page.getByTestId('followed')).toHaveCount(1);
  await expect(page.getByTestId('followed')).toContainText(shop.title);
  await expectSound(page);
  await page.getByTestId('follow').click();
  await expect(page.getByRole('heading', { name: 'You don’t follow any stores yet' })).toBeVisible();
  await expect(seller.getByTestId('follower-count')).toHaveText('No followers yet');

  // The seller does not follow themselves.
  await open(seller, `/sellers/${shop.id}`);
  await expect(seller.getByTestId('follow')).toHaveCount(0);
  await expect(seller.getByTestId('edit-store')).toBeVisible();
});

test('what was changed in another tab is not written over unseen', async ({ page, market, signIn, baseURL }) => {
  const shop = await market.openShop();
  await signIn(shop);
  await open(page, '/seller/store');
  await page.getByTestId('about').fill('Mine.');
  await say({ baseURL: baseURL! }, shop, { about: 'Theirs.' });
  await page.getByTestId('save-store').click();
  await expect(page.getByRole('alert')).toContainText('changed in another window');
  await expect(page.getByTestId('about')).toHaveValue('Mine.');
  await page.getByTestId('save-store').click();
  await expect(page.getByTestId('toast')).toContainText('Store saved.');
});

for (const [theme, background, text] of [
  ['light', 'rgb(45, 84, 136)', 'rgb(253, 253, 251)'],
  ['dark', null, 'rgb(17, 22, 27)'],
] as const)
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });

    test('a store has its own colour, and everything on it can be read', async ({ page, market, baseURL, context }) => {
      const shop = await market.openShop();
      await say({ baseURL: baseURL! }, shop, { accent: '#2d5488', about: 'Blue.', shippingPolicy: 'Soon.' });
      await open(page, `/sellers/${shop.id}`);
      const [ground, ink] = await buttonColours(page);
      if (background) expect(ground).toBe(background);
      else expect(ground).not.toBe('rgb(45, 84, 136)');
      expect(ink).toBe(text);
      await expectSound(page);
      // A theme that was chosen goes before that of the system.
      await context.addCookies([{ name: 'assay_theme', value: theme === 'light' ? 'dark' : 'light', url: baseURL! }]);
      await page.reload();
      await hydrated(page);
      expect((await buttonColours(page))[1]).not.toBe(text);
    });

    test('a new store without anything says what to do next', async ({ page, market, as }) => {
      const shop = await market.openShop();
      await market.rest.post(`/listings/${shop.listingId}/pause`, undefined, { token: shop.token });
      await open(page, `/sellers/${shop.id}`);
      await expect(page.getByRole('heading', { name: 'No items for sale right now' })).toBeVisible();
      for (const part of ['featured', 'store-about', 'store-policies']) await expect(page.getByTestId(part)).toHaveCount(0);
      await expectSound(page);
      const seller = await as(shop);
      await open(seller, `/sellers/${shop.id}`);
      await expect(seller.getByRole('link', { name: 'Create a listing' })).toBeVisible();
      await open(seller, '/seller/store');
      await expectSound(seller);
    });
  });

test('more listings are added, and none is shown twice', async ({ page, market }) => {
  const shop = await market.openShop();
  await list(
    market,
    shop,
    Array.from({ length: 26 }, (_, i) => `Cup ${i}`),
  );
  await open(page, `/sellers/${shop.id}`);
  const titles = () => page.getByTestId('store-listings').locator('h3').allTextContents();
  expect((await titles()).length).toBe(24);
  await page.getByRole('link', { name: 'Load more listings' }).click();
  await expect.poll(async () => (await titles()).length).toBe(27);
  expect(new Set(await titles()).size).toBe(27);
  await expect(page.getByText('27 of 27 listings shown')).toBeVisible();
});

test('a store is shared with a picture and data that machines read', async ({ page, request, baseURL }) => {
  await page.goto('/sellers/2');
  const meta = (name: string) => page.locator(`meta[property="${name}"]`).getAttribute('content');
  const address = (await meta('og:image'))!;
  expect(new URL(address).origin).toBe(new URL(baseURL!).origin);
  expect([await meta('og:image:width'), await meta('og:image:height')]).toEqual(['1200', '630']);
  expect(await meta('og:image:alt')).toContain('Quillon Pottery');
  await expect(page.locator('meta[name="twitter:card"]')).toHaveAttribute('content', 'summary_large_image');
  const answer = await request.get(address);
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/png']);
  const again = await request.get(address, { headers: { 'if-none-match': answer.headers().etag! } });
  expect(again.status()).toBe(304);
  for (const path of [
    '/media/sellers/999999999.png',
    '/media/sellers/x.png',
    '/media/sellers/2.jpg',
    '/accent/zzzzzz.css',
    '/accent/ffff00.css',
  ])
    expect([path, (await request.get(path)).status()]).toEqual([path, 404]);
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent())!) as {
    aggregateRating: { ratingCount: number };
    makesOffer: object[];
  };
  expect(data).toMatchObject({ '@type': 'Store', name: 'Quillon Pottery', address: { addressLocality: 'Évora' } });
  expect(data.aggregateRating.ratingCount).toBeGreaterThanOrEqual(312);
  expect(data.makesOffer[0]).toMatchObject({ price: '112.00', priceCurrency: 'EUR', itemOffered: { name: 'Teapot, 0.8 l, new spout' } });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a store is set up, followed and followed no more by forms', async ({ page, market, signIn, context }) => {
    const shop = await market.openShop();
    await list(market, shop, ['Plate', 'Bowl']);
    await signIn(shop);
    await page.goto('/seller/store');
    await page.getByTestId('about').fill('No scripts.');
    await page.getByRole('radio', { name: 'Your own' }).check();
    await page.getByTestId('own-accent').fill('#ffff00');
    await page.getByTestId('save-store').click();
    await expect(page.getByRole('alert').first()).toContainText('too light or too dark');
    await expect(page.getByTestId('about')).toHaveValue('No scripts.');
    await expect(page.getByTestId('own-accent')).toHaveValue('#ffff00');
    await page.getByTestId('nearest').click();
    await expect(page.getByTestId('toast')).toContainText('Store saved.');
    await expect(page.getByTestId('about')).toHaveValue('No scripts.');
    await expect(page.getByTestId('accent-ratios')).toBeVisible();

    await page.getByRole('button', { name: 'Feature Plate' }).click();
    await page.getByTestId('featured-list').waitFor();
    await page.getByText(/^Add listings/).click();
    await page.getByRole('button', { name: 'Feature Bowl' }).click();
    await page.getByRole('button', { name: 'Move Bowl up' }).click();
    await expect(page.getByTestId('featured-list').getByRole('listitem').first()).toContainText('Bowl');
    await page.getByRole('button', { name: 'Remove Plate' }).click();
    await expect(page.getByTestId('featured-list').getByRole('listitem')).toHaveCount(1);

    await page.getByTestId('cover-image').setInputFiles({ name: 'c.jpg', mimeType: 'image/jpeg', buffer: await picture(400, 200) });
    await page.getByRole('button', { name: 'Upload' }).click();
    await expect(page).toHaveURL(/\/seller\/store\?image=\d+#images$/);

    await context.clearCookies();
    await signIn(await market.registerProved('Plain'));
    await page.goto(`/sellers/${shop.id}`);
    await page.getByTestId('follow').click();
    await expect(page.getByTestId('followers')).toHaveText('1 follower');
    await page.goto('/following');
    await expect(page.getByTestId('followed')).toHaveCount(1);
    await page.getByTestId('follow').click();
    await expect(page.getByTestId('followed')).toHaveCount(0);
  });
});

test('the demo buyer finds the demo stores in Following', async ({ page, signIn }) => {
  await signIn(demoAccount('buyer'));
  await open(page, '/following');
  await expect(page.getByTestId('followed').filter({ hasText: 'Quillon Pottery' })).toHaveCount(1);
});
