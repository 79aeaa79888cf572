// "Real-time notifications" of the founding documents, with an order that another browser places and pays.
import { expect, open, test } from './lib/test.ts';

test('an order that is paid in another browser is announced to its seller, on every page, until they look', async ({
  page,
  market,
  signIn,
  as,
}) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const messages: { type: string }[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => messages.push(JSON.parse(String(payload)) as { type: string })),
  );
  await signIn(shop);
  await open(page, '/seller/dashboard');
  await expect.poll(() => messages).toContainEqual(expect.objectContaining({ type: 'subscribed', channel: 'account' }));
  const notification = page.getByTestId('new-order-notification');

  const shopper = await as(buyer);
  await open(shopper, `/listings/${shop.listingId}`);
  await shopper.getByTestId('place-order').click();
  await expect(shopper).toHaveURL(/\/orders\/\d+$/);
  const orderUrl = shopper.url();
  await expect(notification).toHaveCount(0); // nothing to ship before it is paid
  await shopper.getByTestId('move-pay').click();
  await expect(shopper.getByTestId('order-status')).toHaveText('Paid');

  await expect(notification).toContainText('You have a new order.');
  expect(messages.filter(({ type }) => type === 'new_order')).toHaveLength(1);
  await expect(shopper.getByTestId('new-order-notification')).toHaveCount(0);

  await page.getByRole('link', { name: 'Listings' }).first().click(); // it stays on the next page
  await expect(page).toHaveURL(/\/listings/);
  const { id } = await order(shop, buyer);
  await expect(notification).toContainText('You have 2 new orders.');
  await notification.getByRole('link', { name: 'View orders' }).click();
  await expect(page).toHaveURL(/\/orders\?as=seller$/);
  await expect(notification).toHaveCount(0);
  await expect(page.locator(`a[href="/orders/${id}"]`).first()).toBeVisible();
  await expect(page.locator(`a[href="${new URL(orderUrl).pathname}"]`).first()).toBeVisible();

  async function order({ listingId }: typeof shop, { token }: typeof buyer) {
    const placed = (await market.rest.post('/orders', { listingId }, { token })).body as { id: number };
    await market.rest.post(`/orders/${placed.id}/pay`, undefined, { token });
    return placed;
  }
});
