import { picture } from '@assay/testing/pictures';
import type { Market } from './lib/market.ts';
import { demoAccount, expect, hydrated, open, test } from './lib/test.ts';

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer });

test('the flow of the document: details, two pictures, saved, and on the dashboard', async ({ page, market, signIn }) => {
  await signIn(await market.register('Lister'));
  await page.goto('/seller/listings/create');
  await page.fill('[data-testid="listing-title"]', 'Test Product');
  await page.fill('[data-testid="listing-description"]', 'Test description');
  await page.fill('[data-testid="listing-price"]', '100');
  await page.setInputFiles('[data-testid="product-images"]', [
    file('product1.jpg', await picture(600, 400, 'jpeg', 1)),
    file('product2.jpg', await picture(400, 600, 'jpeg', 2)),
  ]);
  await page.click('[data-testid="save-listing"]'); // at once: it waits for the pictures
  await page.waitForSelector('[data-testid="listing-saved"]');
  await expect(page.getByTestId('image-item')).toHaveCount(2);
  await expect(page.getByTestId('listing-status')).toHaveText('Draft');

  await page.goto('/seller/dashboard');
  expect(await page.textContent('[data-testid="listing-title"]')).toBe('Test Product');
  await page.getByTestId('next-steps').getByRole('link', { name: '1 draft to finish' }).click();
  await expect(page.getByTestId('own-listing')).toHaveCount(1);
});

test('a draft is finished and published: buyers see all of it, and its price exactly', async ({ page, market, signIn, as }) => {
  const seller = await market.register('Exact');
  await signIn(seller);
  await open(page, '/seller/listings/create');
  await page.getByTestId('listing-title').fill('Cold wallet, engraved');
  await page.getByTestId('publish-listing').click();
  await expect(page.getByTestId('error-summary').getByText('It needs a price.')).toBeVisible();
  await expect(page.getByTestId('listing-title')).toHaveValue('Cold wallet, engraved');

  await page.getByTestId('listing-currency').selectOption('ETH');
  await page.getByTestId('listing-price').fill('1234567890.123456789');
  await expect(page.getByTestId('price-preview')).toContainText('Not a valid price in ETH');
  await page.getByTestId('listing-price').fill('1234567890.12345678');
  await expect(page.getByTestId('price-preview')).toHaveText('Ξ\u00a01,234,567,890.12345678');
  await page.getByLabel('Category').selectOption('other/jewellery');
  await page.getByLabel('I ship it').check();
  await page.getByLabel('Item location').selectOption('PT');
  await page.getByLabel('Shipping price').fill('0.00000001');
  await page.getByLabel('Ships to').selectOption('listed');
  await page.getByLabel('Countries').fill('Portugal, Atlantis');
  await page.getByLabel('Hold the payment until the buyer confirms').check();
  await page.getByLabel('Attribute 1, name').fill('Material');
  await page.getByLabel('Attribute 1, value').fill('Steel <b>');
  await page.getByTestId('publish-listing').click();
  await expect(page.getByTestId('error-summary').getByText('There is no country called “Atlantis”.')).toBeVisible();
  await page.getByLabel('Countries').fill('Portugal, spain');
  await page.getByTestId('publish-listing').click();
  await expect(page.getByTestId('listing-saved')).toContainText('Your listing is published.');

  const id = /listings\/(\d+)/.exec(page.url())![1];
  const buyer = await as(await market.register('Looker'));
  await buyer.goto(`/listings/${id}`);
  await expect(buyer.getByTestId('listing-shown-price')).toHaveText('Ξ\u00a01,234,567,890.12345678');
  const shipping = buyer.getByTestId('listing-shipping');
  await expect(shipping).toContainText('Ξ\u00a00.00000001');
  await expect(shipping).toContainText('Portugal and Spain');
  await expect(shipping).not.toContainText('coming with checkout');
  await expect(buyer.getByRole('main')).not.toContainText('escrow'); // nothing keeps that promise yet
  await expect(buyer.getByTestId('listing-attributes')).toContainText('Steel <b>');
  await expect(buyer.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('Listings / Other / Jewellery / Cold wallet');
  await expect(buyer.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Jewellery' })).toHaveAttribute(
    'href',
    '/listings?category=other%2Fjewellery',
  );
  const data = JSON.parse((await buyer.locator('script[type="application/ld+json"]').textContent())!);
  expect(data.offers).toMatchObject({ availability: 'https://schema.org/InStock' });
  expect(data.offers).not.toHaveProperty('price'); // in a token, which is no currency of ISO 4217
});

test('two windows: the later one is warned, keeps what was typed, and decides', async ({ page, market, signIn, as }) => {
  const shop = await market.openShop();
  await signIn(shop);
  await open(page, `/seller/listings/${shop.listingId}/edit`);
  const other = await as(shop);
  await open(other, `/seller/listings/${shop.listingId}/edit`);
  await other.getByTestId('listing-title').fill('From the other window');
  await other.getByTestId('save-listing').click();
  await expect(other.getByTestId('listing-saved')).toBeVisible();

  await page.getByTestId('listing-title').fill('From this window');
  await page.getByTestId('save-listing').click();
  await expect(page.getByRole('alert')).toContainText('What you typed is still here');
  await expect(page.getByTestId('listing-title')).toHaveValue('From this window');
  await page.getByTestId('save-listing').click();
  await expect(page.getByTestId('listing-saved')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('From this window');
});

test('an order is refused when the price was changed under the buyer’s eyes', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  const buyer = await market.register('Buyer');
  await signIn(buyer);
  await open(page, `/listings/${shop.listingId}`);
  await market.rest.patch(`/listings/${shop.listingId}`, { version: 1, price: '99.00' }, { token: shop.token });
  await page.getByTestId('place-order').click();
  await expect(page.getByRole('alert')).toContainText('listing has changed since you opened it');
  await page.reload();
  await expect(page.getByTestId('listing-shown-price')).toHaveText('€\u00a099.00');
  await page.getByTestId('place-order').click();
  await expect(page).toHaveURL(/\/orders\/\d+$/);
});

test('states: paused, sold, archived and back; a draft that was never published is thrown away', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  await signIn(shop);
  await open(page, `/seller/listings/${shop.listingId}/edit`);
  const status = page.getByTestId('listing-status');
  for (const [move, word] of [
    ['pause', 'Paused'],
    ['markSold', 'Sold'],
    ['archive', 'Archived'],
    ['restore', 'Draft'],
  ]) {
    if (move === 'archive') await page.getByTestId('ask-archive').click();
    await page.getByTestId(`move-${move}`).click();
    await expect(status).toHaveText(word!);
  }
  await expect(page.getByTestId('ask-discard')).toHaveCount(0);
  const { body } = await market.rest.post('/listings', { title: 'Not yet', currency: 'EUR' }, { token: shop.token });
  await open(page, `/seller/listings/${body.id}/edit`);
  await page.getByTestId('ask-discard').click();
  await page.getByTestId('discard-draft').click();
  await expect(page).toHaveURL('/seller/listings');
  await expect(page.getByTestId('own-listing')).toHaveCount(1);
});

async function stock(market: Market, titles: string[]) {
  const account = await market.register('Stock');
  for (const title of titles)
    await market.rest.post('/listings', { title, price: '0.15', currency: 'EUR', publish: true }, { token: account.token });
  return account;
}

test('many at once: tick, see what would change, change it', async ({ page, market, signIn }) => {
  await signIn(await stock(market, ['Red bowl', 'Blue bowl', 'Green cup']));
  await open(page, '/seller/listings');
  await expect(page.getByTestId('status-tabs').getByRole('link', { name: 'For sale 3' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search your listings by title' }).fill('bowl');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByTestId('own-listing')).toHaveCount(2);
  await expect(page.getByTestId('bulk-bar')).toHaveCount(0);
  await page.getByRole('button', { name: 'Select all on this page' }).click();
  await page.getByLabel('Action').selectOption('price-percent');
  await page.getByLabel('Percent').fill('a lot');
  await page.getByTestId('bulk-preview').click();
  await expect(page.getByText('The share is a number')).toBeVisible();
  await page.getByLabel('Percent').fill('+10');
  await page.getByTestId('bulk-preview').click();
  const result = page.getByTestId('bulk-result');
  await expect(result).toContainText('2 listings would change');
  await expect(result).toContainText('0.17 EUR'); // 0.165
  await expect(page.getByTestId('own-listing').first()).toContainText('€\u00a00.15');
  await page.getByTestId('bulk-apply').click();
  await expect(page.getByTestId('toast')).toContainText('2 listings changed.');
  await expect(page).toHaveURL(/q=bowl/);
  await expect(page.getByTestId('own-listing').first()).toContainText('€\u00a00.17');

  await page
    .getByTestId('own-listing')
    .first()
    .getByRole('button', { name: /^Pause/ })
    .click();
  await expect(page.getByTestId('own-listing').first().getByTestId('listing-status')).toHaveText('Paused');
});

test('categories: an admin adds, renames and retires; others are refused', async ({ page, signIn, market, as }) => {
  await signIn(demoAccount('admin'));
  await open(page, '/admin/categories');
  const name = `Tiles ${Date.now()}`;
  const add = page.getByTestId('add-category');
  await add.getByLabel('Parent category').selectOption('ceramics');
  await add.getByLabel('Name').fill(name);
  await add.getByRole('button').click();
  const path = `ceramics/${name.toLowerCase().replace(' ', '-')}`;
  const row = page.getByTestId('category-tree').getByRole('listitem').filter({ hasText: path });
  await expect(row).toHaveCount(1);
  await add.getByLabel('Parent category').selectOption('ceramics');
  await add.getByLabel('Name').fill(name);
  await add.getByRole('button').click();
  await expect(page.getByRole('alert')).toContainText('A category with this name already exists here');
  const change = () => row.locator('details:not([open]) > summary').click();
  await change();
  await row.getByLabel('Name of').fill(`${name}, hand-made`);
  await row.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByTestId('toast')).toContainText('Category renamed.');

  const shop = await market.openShop();
  const { body } = await market.rest.patch(`/listings/${shop.listingId}`, { version: 1, category: path }, { token: shop.token });
  expect(body.categoryName).toBe(`${name}, hand-made`);
  if ((await row.locator('details[open]').count()) === 0) await change();
  await row.getByRole('link', { name: 'Retire…' }).click();
  await row.getByRole('dialog').getByRole('button', { name: 'Retire' }).click();
  await expect(row).toContainText('Retired');
  const refused = await market.rest.post('/listings', { title: 'x', currency: 'EUR', category: path }, { token: shop.token });
  expect(refused.body.errors[0].field).toBe('category');
  const seller = await as(shop);
  await seller.goto(`/seller/listings/${shop.listingId}/edit`);
  await expect(seller.getByLabel('Category')).toHaveValue(path); // it stays where it is
  await hydrated(seller);
  await seller.getByTestId('listing-title').fill('Still here');
  await seller.getByTestId('save-listing').click();
  await expect(seller.getByTestId('listing-saved')).toBeVisible();
  expect((await seller.goto('/admin/categories'))!.status()).toBe(403);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a draft, its pictures, and a change of many go as forms', async ({ page, market, signIn }) => {
    const account = await stock(market, ['One', 'Two']);
    await signIn(account);
    await page.goto('/seller/listings/create');
    await page.getByTestId('listing-title').fill('Three');
    await page.getByTestId('save-listing').click();
    await expect(page.getByTestId('listing-saved')).toContainText('Draft saved');
    await page.getByTestId('product-images').setInputFiles(file('three.jpg', await picture(200, 200)));
    await page.getByRole('button', { name: 'Upload' }).click();
    await expect(page.getByTestId('image-item')).toHaveCount(1);
    await expect(page).toHaveURL(/\/seller\/listings\/\d+\/edit/);

    await page.goto('/seller/listings?status=active');
    for (const title of ['One', 'Two']) await page.getByRole('checkbox', { name: `Select ${title}` }).check();
    await page.getByLabel('Action').selectOption('move:pause');
    await page.getByTestId('bulk-preview').click();
    await expect(page.getByTestId('bulk-result')).toContainText('2 listings would change');
    await page.getByTestId('bulk-apply').click();
    await expect(page.getByTestId('status-tabs').getByRole('link', { name: 'Paused 2' })).toBeVisible();
    await expect(page).toHaveURL(/status=active/);
  });
});
