import { expect, open, test } from './lib/test.ts';

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a store that closes for vacation takes no orders, and the pages say until when', async ({ page, market, signIn, as }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const shopper = await as(buyer);
  await open(shopper, `/listings/${shop.listingId}`); // before it closes

  await signIn(shop);
  await open(page, '/seller/store');
  await page.getByTestId('closed-until').fill(dayIn(9));
  // The control writes it as the browser does; the page says it in its own words.
  const words = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  await expect(page.getByTestId('closed-until')).toHaveAccessibleDescription(new RegExp(`Chosen: ${words.format(new Date(dayIn(9)))}\\.$`));
  await page.getByTestId('close-store').click();
  await expect(page.getByTestId('toast')).toContainText('Store closed.');
  await expect(page.getByTestId('open-store')).toBeVisible();

  await shopper.getByTestId('place-order').click(); // from the page as it was
  await expect(shopper.getByRole('alert')).toContainText('This store is closed until');
  await open(shopper, `/listings/${shop.listingId}`);
  await expect(shopper.getByTestId('store-closed')).toContainText('closed until');
  await expect(shopper.getByTestId('place-order')).toHaveCount(0);
  await open(shopper, `/sellers/${shop.id}`);
  await expect(shopper.getByTestId('store-closed')).toContainText('Closed until');

  await page.getByTestId('open-store').click();
  await expect(page.getByTestId('toast')).toContainText('Store reopened.');
  await open(shopper, `/listings/${shop.listingId}`);
  await expect(shopper.getByTestId('place-order')).toBeVisible();
});

test('the page of an order follows what the other side does', async ({ page, market, signIn, as }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const seller = await as(shop);
  await open(seller, '/orders?as=seller');
  await expect(seller.getByTestId('live')).toHaveText('Live');

  await signIn(buyer);
  await open(page, `/listings/${shop.listingId}`);
  await page.getByTestId('place-order').click();
  await expect(page).toHaveURL(/\/orders\/\d+$/);
  await expect(page.getByTestId('live')).toHaveText('Live');
  await expect(seller.getByRole('link', { name: shop.title })).toBeVisible(); // without a reload

  await page.getByTestId('move-pay').click();
  await expect(page.getByText('Paid. Waiting for the seller to ship.')).toBeVisible();
  const { rest } = market;
  const id = Number(/\d+$/.exec(page.url())![0]);
  await rest.post(`/orders/${id}/ship`, undefined, { token: shop.token });
  await expect(page.getByTestId('move-complete')).toBeVisible(); // without a reload
});
