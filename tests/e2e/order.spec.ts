import type { OrderDetail } from '@assay/contract';
import { expectSound } from './lib/sound.ts';
import { expect, hydrated, open, test } from './lib/test.ts';

test('where “Pay now” was, nothing comes that could be pressed; cancelling asks first', async ({ page, market, signIn }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  await signIn(buyer);
  await open(page, `/listings/${shop.listingId}`);
  await page.getByTestId('place-order').click();
  const pay = page.getByTestId('move-pay');
  const box = (await pay.boundingBox())!;
  await pay.click();
  await expect(page.getByTestId('order-status')).toHaveText('Paid');
  await expect(page.getByRole('heading', { name: 'Paid. Waiting for the seller to ship.' })).toBeFocused();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2); // the second press of a double one
  await page.mouse.click(box.x + 20, box.y + box.height / 2);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.getByTestId('ask-cancel').click();
  const dialog = page.getByRole('dialog', { name: 'Cancel this order?' });
  await expect(dialog).toContainText('Your payment is refunded in full.');
  await expect(dialog.getByTestId('keep')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByTestId('ask-cancel').click();
  await dialog.getByTestId('keep').click();
  await expect(page.getByTestId('order-status')).toHaveText('Paid');
  await page.getByTestId('ask-cancel').click();
  await dialog.getByTestId('move-cancel').click();
  await expect(page.getByTestId('order-status')).toHaveText('Cancelled');
  await expect(page.getByTestId('toast')).toContainText('Order cancelled. The payment is refunded.');
  await expect(page.getByTestId('order-steps')).toContainText('You cancelled the order');
});

test('a seller cancels items of an order, and reads when the rest of the payment is released', async ({ page, market, signIn, as }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const { body } = await market.rest.post('/orders', { listingId: shop.listingId, quantity: 3 }, { token: buyer.token });
  const { id } = body as { id: number };
  await market.rest.post(`/orders/${id}/pay`, undefined, { token: buyer.token });
  await signIn(shop);
  await open(page, `/orders/${id}`);
  await page.getByTestId('ask-items').click();
  const dialog = page.getByRole('dialog', { name: 'Cancel items of this order?' });
  await dialog.getByTestId('cancel-units').selectOption({ label: 'Cancel 1 of 3' });
  await dialog.getByTestId('items-reason').selectOption('out-of-stock');
  await dialog.getByTestId('cancel-items').dblclick();
  await expect(page.getByTestId('toast')).toContainText('Items cancelled. Their price is refunded.');
  await expect(page.getByTestId('cancelled-items')).toContainText('Cancelled by you');
  await expect(page.getByTestId('order-amounts')).toContainText('1 cancelled');
  await expectSound(page);
  const { refunds } = (await market.rest.get(`/orders/${id}`, { token: shop.token })).body as OrderDetail;
  expect(refunds.map(({ amount }) => amount)).toEqual(['12.50']);
  await page.goto(`/orders/${id}/packing-slip`);
  await expect(page.getByTestId('packing-slip').getByRole('cell', { name: '2', exact: true })).toBeVisible();

  await market.rest.post(`/orders/${id}/ship`, undefined, { token: shop.token });
  await open(page, `/orders/${id}`);
  await expect(page.getByTestId('order-release')).toContainText('The payment is released by');
  const other = await as(buyer);
  await open(other, `/orders/${id}`);
  await expect(other.getByTestId('cancelled-items')).toContainText('Cancelled by the seller');
  await expect(other.getByTestId('order-release')).toHaveCount(0);
  await market.rest.post(`/orders/${id}/complete`, undefined, { token: buyer.token });
  await open(page, `/orders/${id}`);
  await expect(page.getByTestId('order-release')).toContainText('It is available for payout from');
  await open(page, '/seller/balance');
  await expect(page.getByTestId('balance-pending')).toContainText('25.00');
  await expect(page.getByTestId('balance-available')).toContainText('0.00');
  await expectSound(page);
  await open(page, '/seller/payouts');
  await expect(page.getByTestId('next-payout')).toContainText('available for payout');
  await expectSound(page);
});

test('an order shows the picture of its listing, and says that there is none where there is none', async ({ page, market, signIn }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const { body } = await market.rest.post('/orders', { listingId: shop.listingId }, { token: buyer.token });
  const { id, image } = body as { id: number; image: unknown };
  expect(image).toBeNull();
  await signIn(buyer);
  for (const path of ['/orders', `/orders/${id}`, `/listings/${shop.listingId}`, `/sellers/${shop.id}`]) {
    await page.goto(path);
    await expect(page.getByTestId('no-picture').first(), path).toBeVisible();
  }
});

test('a page that takes long shows that it is loading', async ({ page }) => {
  await open(page, '/listings');
  const slow = Promise.withResolvers<void>();
  await page.route(/__data\.json/, async (route) => {
    await slow.promise;
    await route.continue();
  });
  await page.getByRole('banner').getByRole('link', { name: 'Assay' }).click();
  await expect(page.getByRole('progressbar', { name: 'Loading' })).toBeVisible();
  slow.resolve();
  await expect(page.getByTestId('loading')).toHaveCount(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('cancelling an order asks on a page of its own', async ({ page, market, signIn }) => {
    const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
    const { body } = await market.rest.post('/orders', { listingId: shop.listingId }, { token: buyer.token });
    await signIn(buyer);
    await page.goto(`/orders/${(body as { id: number }).id}`);
    await expect(page.getByTestId('move-cancel')).toBeHidden();
    await page.getByTestId('ask-cancel').click();
    await expect(page.getByText('Nothing was paid, so nothing is charged.')).toBeVisible();
    await page.getByTestId('keep').click();
    await expect(page.getByTestId('move-cancel')).toBeHidden();
    await page.getByTestId('ask-cancel').click();
    await page.getByTestId('move-cancel').click();
    await expect(page.getByTestId('order-status')).toHaveText('Cancelled');
  });
});

test('a form with errors says which, takes the focus, and leads to each field; pages are not left with unsaved changes', async ({
  page,
  market,
  signIn,
}) => {
  const shop = await market.openShop();
  await signIn(shop);
  await open(page, '/seller/listings/create');
  await page.getByTestId('listing-price').fill('twelve');
  await page.getByTestId('publish-listing').click();
  const summary = page.getByTestId('error-summary');
  await expect(summary).toContainText('Please fix 1 field:');
  await expect(summary).toBeFocused();
  await summary.getByRole('link', { name: 'Title is required.' }).click();
  await expect(page.getByTestId('listing-title')).toBeFocused();
  await expect(page.getByTestId('listing-title')).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.type('Bowl');
  await expect(page.getByTestId('listing-title')).not.toHaveAttribute('aria-invalid');

  await page.getByRole('checkbox', { name: 'I ship it' }).check();
  await page.getByTestId('publish-listing').click();
  await expect(summary).toContainText('Please fix 2 fields:'); // the country, and the price
  await expect(summary).toBeFocused();
  await summary.getByRole('link', { name: 'Choose a country.' }).click();
  await expect(page.getByLabel('Item location')).toBeFocused();
  await summary.getByRole('link', { name: 'Enter a price such as 12.50.' }).click();
  await expect(page.getByTestId('listing-price')).toBeFocused();

  await page.getByRole('navigation', { name: 'Seller' }).getByRole('link', { name: 'Dashboard' }).click();
  const unsaved = page.getByTestId('unsaved');
  await expect(unsaved).toContainText('Leave without saving?');
  await unsaved.getByRole('button', { name: 'Stay on this page' }).click();
  await expect(page.getByTestId('listing-title')).toHaveValue('Bowl');
  await page.getByTestId('listing-price').fill('12,50');
  await page.getByLabel('Item location').selectOption('PT');
  await page.getByTestId('publish-listing').click();
  await expect(page.getByTestId('listing-saved')).toContainText('Your listing is published.');
  await expect(page.getByTestId('listing-price')).toHaveValue('12.50');
  await page.getByRole('navigation', { name: 'Seller' }).getByRole('link', { name: 'Dashboard' }).click();
  await expect(page).toHaveURL('/seller/dashboard'); // nothing to save, nothing to ask
  await hydrated(page);
});

test('a seller refunds a part of an order, and both sides see it', async ({ page, market, signIn }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const { body } = await market.rest.post('/orders', { listingId: shop.listingId }, { token: buyer.token });
  const { id } = body as { id: number };
  await market.rest.post(`/orders/${id}/pay`, undefined, { token: buyer.token });
  await signIn(shop);
  await open(page, `/orders/${id}`);
  const amount = page.getByLabel('Amount in EUR');
  await amount.fill('1000000');
  await page.getByRole('region', { name: 'Refund the buyer' }).getByLabel('Reason').selectOption('damaged');
  await page.getByTestId('send-refund').click();
  await expect(page.getByRole('alert')).toContainText('This is more than is left of the payment.');
  await amount.fill('1');
  await page.getByTestId('send-refund').click();
  await expect(page.getByTestId('toast')).toContainText('Refund sent to the buyer.');
  await expect(page.getByTestId('refund')).toContainText('Item damaged');
  await expect(page.getByTestId('refunded')).toContainText('1.00');
  await page.context().clearCookies();
  await signIn(buyer);
  await open(page, `/orders/${id}`);
  await expect(page.getByTestId('refund')).toContainText('Refunded');
  await expect(page.getByTestId('send-refund')).toHaveCount(0);
});
