import { expectSound } from './lib/sound.ts';
import { demoAccount, expect, open, test } from './lib/test.ts';

test('an admin finds an order by its buyer, sees where its money is, and refunds it once', async ({ page, market, signIn, as }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const id = await market.buy(buyer, shop);
  await signIn(demoAccount('admin'));
  await open(page, '/admin');
  await page.getByRole('navigation', { name: 'Admin' }).getByRole('link', { name: 'Orders' }).click();
  await page.getByLabel('Find an order').fill(buyer.email);
  await page.getByTestId('find-orders').click();
  await expectSound(page);
  await page.getByRole('link', { name: `Order ${id}` }).click();
  await expect(page.getByTestId('order-status')).toHaveText('Completed');
  await expect(page.getByTestId('order-money')).toContainText('Captured');
  await expect(page.getByTestId('order-steps')).toContainText('The buyer paid');
  await expect(page.getByTestId('ledger-entry')).toHaveCount(2);
  await expect(page.getByTestId('audit-entry').first()).toContainText('order.viewed');
  await expectSound(page);

  await page.getByLabel('Amount').fill('2.50');
  await page.getByLabel('Reason').selectOption('damaged');
  await page.getByTestId('refund-note').fill('The picture shows a crack.');
  await page.getByTestId('send-refund').dblclick();
  await expect(page.getByTestId('toast')).toContainText('Refund sent to the buyer.');
  await expect(page.getByTestId('refund')).toHaveCount(1);
  await expect(page.getByTestId('refund')).toContainText('2.50');
  await expect(page.getByTestId('audit-entry').filter({ hasText: 'refund.begun' })).toContainText('The picture shows a crack.');

  const seller = await as(shop);
  await open(seller, `/orders/${id}`);
  await expect(seller.getByTestId('refund')).toContainText('2.50');
});

test('a search that finds nothing says so; members see no such page', async ({ page, market, signIn, as }) => {
  await signIn(demoAccount('admin'));
  await open(page, '/admin/orders?q=unknown@example.test');
  await expect(page.getByRole('heading', { name: 'No order found' })).toBeVisible();
  expect((await page.goto('/admin/orders/999999999'))!.status()).toBe(404);
  const member = await as(await market.register('Buyer'));
  for (const path of ['/admin/orders', '/admin/orders/1']) expect((await member.goto(path))!.status()).toBe(403);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an admin finds an order by its number, and refunds it', async ({ page, market, signIn }) => {
    const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
    const id = await market.buy(buyer, shop);
    await signIn(demoAccount('admin'));
    await page.goto('/admin/orders');
    await page.getByLabel('Find an order').fill(`#${id}`);
    await page.getByTestId('find-orders').click();
    await page.getByRole('link', { name: `Order ${id}` }).click();
    await page.getByLabel('Amount').fill('1000');
    await page.getByLabel('Reason').selectOption('other');
    await page.getByTestId('refund-note').fill('Agreed on the telephone.');
    await page.getByTestId('send-refund').click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByTestId('refund-note')).toHaveValue('Agreed on the telephone.');
    await page.getByLabel('Amount').fill('1.00');
    await page.getByTestId('send-refund').click();
    await expect(page.getByTestId('refund')).toContainText('1.00');
  });
});
