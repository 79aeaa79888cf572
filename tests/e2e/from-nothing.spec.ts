import { picture } from '@assay/testing/pictures';
import { startEmptyProduct } from './lib/empty-product.ts';
import { marketAt } from './lib/market.ts';
import { expect, hydrated, open, test as base } from './lib/test.ts';
import { install, newKey } from './lib/wallet.ts';

const test = base.extend<{ nothing: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright wants the braces
  nothing: async ({}, use) => {
    const { url, stop } = await startEmptyProduct();
    await use(url);
    await stop();
  },
});

test('from an empty database to a store that is open, sells, and has a score', async ({ page, browser, nothing }) => {
  const picked = async (name: string, seed: number) => ({ name, mimeType: 'image/jpeg', buffer: await picture(800, 600, 'jpeg', seed) });

  // A person comes with a wallet, and opens a store.
  await install(page, { key: newKey() });
  await open(page, nothing);
  await page.getByTestId('connect-wallet').first().click();
  await expect(page.getByTestId('wallet-connected')).toBeVisible();
  await open(page, `${nothing}/seller/onboarding`);
  await page.getByTestId('display-name').fill('Marrow & Pine');
  await page.getByTestId('bio').fill('Spoons and boards, carved in Braga.');
  await page.getByTestId('next-step').click();
  await expect(page.getByTestId('onboarding-image')).toBeVisible();
  await hydrated(page);
  await page.getByTestId('profile-image').setInputFiles(await picked('face.jpg', 1));
  await expect(page.getByTestId('image-uploaded')).toBeVisible();
  await page.getByTestId('complete-onboarding').click();
  await expect(page.getByTestId('onboarding-complete')).toBeVisible();
  await expect(page.getByTestId('seller-name')).toHaveText('Marrow & Pine');

  // They list something.
  await open(page, `${nothing}/seller/listings/create`);
  await page.getByTestId('listing-title').fill('Pear wood spoon');
  await page.getByTestId('listing-price').fill('34.5');
  await page.getByTestId('product-images').setInputFiles(await picked('spoon.jpg', 2));
  await page.getByTestId('publish-listing').click();
  await expect(page.getByTestId('listing-saved')).toContainText('Your listing is published.');
  const listingId = Number(/listings\/(\d+)/.exec(page.url())![1]);

  // Three people find it and buy; the first of them in a browser.
  const market = marketAt(nothing);
  const buyers = [await market.register('Ana'), await market.register('Bo'), await market.register('Cy')];
  const context = await browser.newContext();
  await context.request.post(`${nothing}/api/v1/auth/login`, { data: { email: buyers[0]!.email, password: buyers[0]!.password } });
  const buyer = await context.newPage();
  await buyer.goto(`${nothing}/listings?q=pear+spo`);
  await buyer.getByRole('link', { name: 'Pear wood spoon' }).click();
  await buyer.getByTestId('place-order').click();
  await buyer.getByTestId('move-pay').click();
  await expect(buyer.getByTestId('order-status')).toContainText('Paid');
  const orders = [Number(new URL(buyer.url()).pathname.split('/').at(-1))];
  for (const { token } of buyers.slice(1)) {
    // It is sold; the seller has carved another one.
    await open(page, `${nothing}/seller/listings/${listingId}/edit`);
    await page.getByTestId('move-relist').click();
    await expect(page.getByTestId('listing-status')).toHaveText('For sale');
    const { id } = (await market.rest.post('/orders', { listingId }, { token })).body as { id: number };
    await market.rest.post(`/orders/${id}/pay`, undefined, { token });
    orders.push(id);
  }
  for (const id of orders) {
    await open(page, `${nothing}/orders/${id}`);
    await page.getByTestId('move-ship').click();
    await expect(page.getByTestId('order-status')).toContainText('Shipped');
  }

  // They rate. Two ratings are no score yet; the third makes one, and it is exact.
  const sellerId = ((await market.rest.get(`/listings/${listingId}`)).body as { sellerId: number }).sellerId;
  for (const [i, { token }] of buyers.slice(1).entries()) {
    await market.rest.post(`/orders/${orders[i + 1]}/complete`, undefined, { token });
    expect((await market.rest.post('/ratings', { sellerId, rating: 5 - i }, { token })).status).toBe(201);
  }
  await page.goto(`${nothing}/sellers/${sellerId}`);
  await expect(page.getByTestId('seller-badge').first()).toContainText('New Seller');
  await buyer.goto(`${nothing}/orders/${orders[0]}`);
  await buyer.getByTestId('move-complete').click();
  await buyer.getByTestId('rate-order').click();
  await hydrated(buyer);
  await buyer.getByRole('radio', { name: /^5 stars/ }).check();
  await buyer.getByTestId('submit-rating').click();
  await expect(buyer.getByTestId('toast')).toContainText('now has 3 ratings');

  // Everybody sees it, on the store and in words for machines.
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${nothing}/sellers/${sellerId}`);
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Marrow & Pine');
  await expect(visitor.getByTestId('seller-badge').first()).toContainText('Rated 4.6 out of 5 from 3 ratings, 100 percent positive.');
  await expect(visitor.getByRole('link', { name: 'Pear wood spoon' })).toHaveCount(0); // it is sold
  const linked = await visitor.locator('script[type="application/ld+json"]').first().textContent();
  expect(JSON.parse(linked!)).toMatchObject({ aggregateRating: { ratingValue: '4.6', ratingCount: 3 } });
  expect(await market.summary(sellerId)).toMatchObject({ sellerRating: 4.67, totalRatings: 3, positiveRatings: 3 });
  await Promise.all([context.close(), visitor.context().close(), page.goto('about:blank')]); // no page listens when it ends
});
