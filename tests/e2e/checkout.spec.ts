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

    test('a buyer fills a basket, adds an address, and pays the orders of both sellers by one click', async ({ page, market, signIn }) => {
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
      await expect(page.getByTestId('pay-order')).toHaveCount(2);
      await expect(page.getByTestId('pay-all')).toHaveText('Pay € 50.50');
      await page.getByTestId('pay-all').click();
      await expect(page.getByTestId('toast')).toContainText('Payment received. The sellers ship your orders next.');
      await expect(page.getByTestId('order-status')).toHaveText(['Paid', 'Paid']);
      await expect(page.getByTestId('pay-all')).toHaveCount(0);
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

/** A checkout of a new buyer at two stores, for 19.00 each with shipping. */
async function placedCheckout(market: Market) {
  const shops = [await shippingShop(market, 'One'), await shippingShop(market, 'Two')];
  const buyer = await market.register('Buyer');
  const own = { token: buyer.token };
  const address = { recipientName: 'Ana Silva', line1: 'Rua das Flores 12', postalCode: '4050-262', city: 'Porto', country: 'PT' };
  const addressId = ((await market.rest.post('/addresses', address, own)).body as { id: number }).id;
  const input = { items: shops.map(({ listingId }) => ({ listingId, quantity: 1 })), addressId };
  const { version } = (await market.rest.post('/checkout/quote', input, own)).body as { version: string };
  const placed = await market.rest.post('/checkout', { ...input, version }, own);
  const { id, orders } = placed.body as { id: number; orders: { id: number }[] };
  return {
    buyer,
    url: `/checkout/${id}`,
    orders: orders.map((order) => order.id),
    /** How often each order was begun to be paid. */
    begun: async () => {
      const details = await Promise.all(orders.map(async (order) => (await market.rest.get(`/orders/${order.id}`, own)).body));
      return details.map(({ events }) => (events as { to: string }[]).filter(({ to }) => to === 'paying').length);
    },
  };
}

test('a double click, the way back, a reload and a second tab pay a checkout once', async ({ page, context, market, signIn }) => {
  const { buyer, url, orders, begun } = await placedCheckout(market);
  await signIn(buyer);
  await open(page, url);
  const tab = await context.newPage();
  await tab.route('**/live**', (route) => route.abort()); // it does not hear that the checkout was paid
  await open(tab, url);
  await page.getByTestId('pay-all').dblclick();
  await expect(page.getByTestId('order-status')).toHaveText(['Paid', 'Paid']);
  await page.reload();
  await expect(page.getByTestId('pay-all')).toHaveCount(0);
  await page.goto(`/orders/${orders[0]!}`);
  await page.goBack();
  await expect(page.getByTestId('pay-all')).toHaveCount(0);
  if ((await tab.getByTestId('pay-all').count()) > 0) await tab.getByTestId('pay-all').click();
  await tab.reload();
  await expect(tab.getByTestId('order-status')).toHaveText(['Paid', 'Paid']);
  expect(await begun()).toEqual([1, 1]);
});

test('an order of an unpaid checkout offers to pay all of it, and itself alone', async ({ page, market, signIn }) => {
  const { buyer, url, orders, begun } = await placedCheckout(market);
  await signIn(buyer);
  await open(page, `/orders/${orders[0]!}`);
  await expect(page.getByTestId('pay-all')).toHaveText('Pay all 2 orders, € 38.00');
  await page.getByTestId('move-pay').click();
  await expect(page.getByTestId('order-status')).toHaveText('Paid');
  await open(page, `/orders/${orders[1]!}`);
  await expect(page.getByTestId('pay-all')).toHaveCount(0);
  await expect(page.getByTestId('move-pay')).toHaveText('Pay now, € 19.00');
  await open(page, url);
  await expect(page.getByTestId('pay-order')).toHaveCount(0);
  await expect(page.getByTestId('pay-all')).toHaveText('Pay € 19.00');
  await page.getByTestId('pay-all').click();
  await expect(page.getByTestId('order-status')).toHaveText(['Paid', 'Paid']);
  expect(await begun()).toEqual([1, 1]);
});

test('a visitor who adds to the basket signs in and comes back', async ({ page, market }) => {
  const shop = await market.openShop();
  await open(page, `/listings/${shop.listingId}`);
  await page.getByTestId('add-to-basket').click();
  await expect(page).toHaveURL(new RegExp(`/sign-in\\?next=%2Flistings%2F${shop.listingId}`));
});
