import { demoAccount, expect, open, test } from './lib/test.ts';

test('an admin sets a commission, and its seller sees what a sale costs', async ({ page, as, signIn, market }) => {
  const shop = await market.openShop();
  await signIn(demoAccount('admin'));
  await open(page, '/admin/fees');
  const form = page.getByTestId('add-rule');
  await form.getByLabel('Percent').fill('6.555');
  await page.getByTestId('add-rule-button').click();
  await expect(form.getByRole('alert')).toContainText('two decimals at most');
  await form.getByLabel('Percent').fill('6,5');
  await form.getByLabel(/^Seller number/).fill(String(shop.id));
  await page.getByTestId('add-rule-button').click();
  await expect(page.getByTestId('toast')).toContainText('Rule added. It charges orders from now on.');
  const rule = page.getByTestId('rule').filter({ hasText: shop.fullName });
  await expect(rule).toContainText('6.5');

  const preview = page.getByTestId('preview');
  await preview.getByLabel('Price').fill('10');
  await preview.getByLabel(/^Shipping/).fill('2.30');
  await preview.getByLabel(/^Seller number/).fill(String(shop.id));
  await page.getByTestId('preview-button').click();
  await expect(page.getByTestId('receives')).toHaveText('€\u00a011.35');

  const order = await market.buy(await market.register('Buyer'), shop);
  const seller = await as(shop);
  await open(seller, `/seller/listings/${shop.listingId}/edit`);
  await expect(seller.getByTestId('receives')).toHaveText('€\u00a011.54');
  await seller.getByTestId('listing-price').fill('100');
  await expect(seller.getByTestId('receives')).toHaveText('€\u00a092.26');
  await open(seller, `/orders/${order}`);
  await expect(seller.getByTestId('fees')).toContainText('VAT on commission (19\u00a0%, DE)');
  await expect(seller.getByTestId('receives')).toHaveText('€\u00a011.54');

  await expect(seller.getByTestId('documents')).toContainText(/Receipt TR-\d{4}-\d{6}[\s\S]*Invoice TC-/);
  await open(seller, '/seller/invoices');
  await expect(seller.getByTestId('invoice')).toContainText('€\u00a00.96');
  const download = seller.waitForEvent('download');
  await seller.getByTestId('invoice').getByRole('link', { name: /^TC-/ }).click();
  expect((await download).suggestedFilename()).toMatch(/^TC-\d{4}-\d{6}\.pdf$/);

  await rule.getByTestId('ask-end').click();
  await page.getByTestId('end-rule').filter({ visible: true }).click();
  await expect(page.getByTestId('toast')).toContainText('Rule ended.');
  await open(page, '/admin/fees?ended');
  await expect(page.getByTestId('rule').filter({ hasText: shop.fullName })).toContainText('Ended');
});

test('a seller says who they are on invoices', async ({ page, signIn, market }) => {
  const shop = await market.openShop();
  await signIn(shop);
  await open(page, '/seller/invoices');
  const form = page.getByTestId('tax-details');
  await form.getByLabel('Name').fill('Atelier Haut');
  await form.getByLabel('Address').fill('1 rue Haute\n69001 Lyon');
  await form.getByLabel('Country').selectOption('FR');
  await form.getByLabel(/^VAT number/).fill('FR40303265046');
  await page.getByTestId('save-tax-details').click();
  await expect(form.getByRole('alert')).toContainText('mistyped digit');
  await form.getByLabel(/^VAT number/).fill('FR 40 303 265 045');
  await page.getByTestId('save-tax-details').click();
  await expect(page.getByTestId('toast')).toContainText('Invoice details saved.');
  await expect(form.getByLabel(/^VAT number/)).toHaveValue('FR40303265045');
});
