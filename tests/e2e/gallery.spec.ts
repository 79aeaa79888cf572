import { picture } from '@assay/testing/pictures';
import type { APIRequestContext } from '@playwright/test';
import { expect, open, test } from './lib/test.ts';
import type { Shop } from './lib/market.ts';

/** Adds pictures to a shop's listing, and waits until they are ready. */
async function illustrate(request: APIRequestContext, { listingId, token }: Shop, sizes: [width: number, height: number][]): Promise<void> {
  const query = `purpose=listing&subjectId=${listingId}`;
  for (const [i, [width, height]] of sizes.entries()) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
    const sent = await request.post(`/api/v1/images?${query}`, { headers, data: await picture(width, height, 'jpeg', i + 1) });
    expect(sent.status()).toBe(201);
  }
  const ready = async () => {
    const listed = (await (await request.get(`/api/v1/images/of/listing/${listingId}`)).json()) as { items: { status: string }[] };
    return listed.items.filter(({ status }) => status === 'ready').length;
  };
  await expect.poll(ready).toBe(sizes.length);
}

test('pictures of a listing open over the page, and lead to the next; a high one fits the screen', async ({ page, request, market }) => {
  const shop = await market.openShop();
  await illustrate(request, shop, [
    [400, 1200],
    [900, 600],
  ]);
  await open(page, `/listings/${shop.listingId}`);
  const first = page.getByTestId('gallery').getByRole('link').first();
  expect((await first.boundingBox())!.height).toBeLessThanOrEqual(page.viewportSize()!.height);
  await first.click();
  const lightbox = page.getByTestId('lightbox');
  await expect(lightbox.getByRole('status')).toHaveText('1 of 2');
  await page.keyboard.press('ArrowRight');
  await expect(lightbox.getByRole('status')).toHaveText('2 of 2');
  await lightbox.getByRole('button', { name: 'Next picture' }).click();
  await expect(lightbox.getByRole('status')).toHaveText('1 of 2');
  await page.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  await expect(page).toHaveURL(`/listings/${shop.listingId}`);
});

test('a wide picture in a high card is loaded as wide as the card needs it', async ({ page, request, market }) => {
  const shop = await market.openShop();
  await illustrate(request, shop, [[1500, 600]]);
  await page.goto(`/sellers/${shop.id}`);
  const sizes = await page.getByTestId('store-listings').locator('source').first().getAttribute('sizes');
  // 2.5 : 1 in a box of 4 : 5 is 3.125 times as wide as the box.
  expect(sizes).toBe('(min-width: 62rem) 58rem, 144vw');
});

test('the preview of a new listing shows the picture that is chosen', async ({ page, market, signIn }) => {
  await signIn(await market.openShop());
  await open(page, '/seller/listings/create');
  await expect(page.getByTestId('preview-picture')).toHaveCount(0);
  const chosen = { name: 'bowl.jpg', mimeType: 'image/jpeg', buffer: await picture(600, 800, 'jpeg', 1) };
  await page.getByTestId('product-images').setInputFiles(chosen);
  await expect(page.getByTestId('preview-picture')).toBeVisible();
  expect(await page.getByTestId('preview-picture').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300);
});

test('fonts are asked for at once, and what stands in for them has their measures', async ({ page, request }) => {
  const answer = await request.get('/');
  const preloads = `${answer.headers().link ?? ''}${await answer.text()}`;
  for (const font of ['hanken-grotesk-wght', 'newsreader-display-wght']) expect(preloads).toMatch(new RegExp(`${font}[^>]*\\.woff2`));
  expect(preloads).toMatch(/as="font"/);
  await open(page, '/');
  // Without its font a line of text is as wide as with it, within a few percent.
  const widths = await page.evaluate(async () => {
    await document.fonts.ready;
    const context = document.createElement('canvas').getContext('2d')!;
    const style = getComputedStyle(document.body)
      .fontFamily.split(',')
      .map((name) => name.trim());
    const measure = (family: string) => {
      context.font = `420 100px ${family}`;
      return context.measureText('The plain average of all ratings that count, without weights.').width;
    };
    return { own: measure(style[0]!), fallback: measure(style.slice(1).join(', ')) };
  });
  expect(Math.abs(widths.fallback / widths.own - 1)).toBeLessThan(0.06);
});

test('small badges label their figure, and sales are in the seller’s own navigation', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  await market.rate(shop, [5, 4, 5]);
  const buyer = await market.register('Buyer');
  const order = await market.buy(buyer, shop);
  await page.goto(`/listings?q=${encodeURIComponent(shop.title)}`);
  const badge = page.getByTestId('found-listings').getByTestId('seller-badge').locator('[aria-hidden=true]').first();
  await expect(badge).toHaveText(/^4\.6\s*·\s*3 ratings$/);
  await signIn(shop);
  await page.goto('/seller/dashboard');
  await page.getByTestId('sell-orders').click();
  await expect(page.getByTestId('sell-orders')).toHaveAttribute('aria-current', 'page');
  await page.locator(`a[href="/orders/${order}"]`).last().click();
  await expect(page.getByTestId('sell-orders')).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('main')).toContainText('Bought by');
  await expect(page.getByRole('main')).not.toContainText('Sold by');
});
