import type { Page } from '@playwright/test';
import { expect, open, test } from './lib/test.ts';
import type { Market, Shop } from './lib/market.ts';

const GROUP = /\/checkout\/\d+$/;

/** A store that ships its listing within Portugal for 6.50. */
async function shippingShop(market: Market, name: string): Promise<Shop> {
  const shop = await market.openShop(name);
  const own = { token: shop.token };
  const { body } = await market.rest.get(`/listings/${shop.listingId}`, own);
  const shippingInfo = { shipsFrom: 'PT', handlingDays: { min: 1, max: 2 }, price: '6.50', destinations: ['PT'], pickup: false };
  const { status } = await market.rest.patch(`/listings/${shop.listingId}`, { version: body.version, shippingInfo }, own);
  expect(status).toBe(200);
  return shop;
}

/** Adds an address to the checkout. */
async function addAddress(page: Page): Promise<void> {
  await page.getByTestId('add-address').click();
  await page.getByLabel('Country').selectOption('PT');
  await page.getByLabel('Name', { exact: true }).fill('Ana Silva');
  await page.getByLabel('Street and number').fill('Rua das Flores 12');
  await page.getByLabel('Postal code').fill('4050-262');
  await page.getByLabel('City').fill('Porto');
  await page.getByTestId('save-address').click();
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a buyer fills a basket, adds an address, and pays an order of each seller', async ({ page, market, signIn }) => {
      const [one, two] = [await shippingShop(market, 'One'), await shippingShop(market, 'Two')];
      const buyer = await market.register('Buyer');
      await signIn(buyer);
      await page.goto(`/listings/${one.listingId}`);
      await page.getByLabel('Quantity').fill('2');
      await page.getByTestId('add-to-basket').click();
      await expect(page).toHaveURL(/\/basket$/);
      await page.goto(`/listings/${two.listingId}`);
      await page.getByTestId('add-to-basket').click();
      await expect(page.getByTestId('basket-item')).toHaveCount(2);
      await expect(page.getByTestId('subtotal')).toContainText('37.50');
      await expect(page.getByTestId('basket')).toHaveAccessibleName('Basket, 3 items');
      await page.getByTestId('to-checkout').click();
      await addAddress(page);
      await expect(page.getByTestId('quote-shipping')).toContainText('13.00');
      await expect(page.getByTestId('quote-total')).toContainText('50.50');
      await page.getByLabel('Note to the seller').first().fill('Please wrap it.');
      await page.getByTestId('place-checkout').click();
      await expect(page).toHaveURL(GROUP);
      await expect(page.getByTestId('group-order')).toHaveCount(2);
      await expect(page.getByTestId('group-total')).toContainText('50.50');
      await expect(page.getByRole('main')).toContainText('Please wrap it.');
      for (const left of [1, 0]) {
        await page.getByTestId('pay-order').first().click();
        await expect(page.getByTestId('pay-order')).toHaveCount(left);
      }
      await page.goto('/basket');
      await expect(page.getByText('Your basket is empty')).toBeVisible();
    });
  });

test('a price that changed since the buyer looked is shown and confirmed', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  await signIn(await market.register('Buyer'));
  await open(page, `/listings/${shop.listingId}`);
  await page.getByTestId('add-to-basket').click();
  await page.getByTestId('to-checkout').click();
  await addAddress(page);
  await expect(page.getByTestId('quote-total')).toContainText('12.50');
  const own = { token: shop.token };
  const { version } = (await market.rest.get(`/listings/${shop.listingId}`, own)).body as { version: number };
  await market.rest.patch(`/listings/${shop.listingId}`, { version, price: '14.00' }, own);
  await page.getByTestId('place-checkout').click();
  await expect(page.getByRole('alert')).toContainText('was 1 × 12.50 and is now 1 × 14.00');
  await expect(page.getByTestId('quote-total')).toContainText('14.00');
  await page.getByTestId('place-checkout').click();
  await expect(page).toHaveURL(GROUP);
});

test('a double click on the order and going back make one checkout', async ({ page, market, signIn }) => {
  const shop = await shippingShop(market, 'Seller');
  const buyer = await market.register('Buyer');
  await signIn(buyer);
  const address = { recipientName: 'Ana Silva', line1: 'Rua das Flores 12', postalCode: '4050-262', city: 'Porto', country: 'PT' };
  await market.rest.post('/addresses', address, { token: buyer.token });
  await open(page, `/checkout?listing=${shop.listingId}`);
  await page.getByTestId('place-checkout').dblclick();
  await expect(page).toHaveURL(GROUP);
  const group = page.url();
  await page.goBack();
  await page.getByTestId('place-checkout').click();
  await expect(page).toHaveURL(group);
  const { body } = await market.rest.get('/orders?as=buyer', { token: buyer.token });
  expect((body as { items: unknown[] }).items).toHaveLength(1);
});

test('a visitor who adds to the basket signs in and comes back', async ({ page, market }) => {
  const shop = await market.openShop();
  await open(page, `/listings/${shop.listingId}`);
  await page.getByTestId('add-to-basket').click();
  await expect(page).toHaveURL(new RegExp(`/sign-in\\?next=%2Flistings%2F${shop.listingId}`));
});
