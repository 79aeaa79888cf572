import { expectSound } from './lib/sound.ts';
import { expect, open, test } from './lib/test.ts';

test('a buyer returns an item, the seller accepts it with an address and confirms its receipt', async ({ page, market, signIn, as }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const id = await market.buy(buyer, shop);
  await signIn(buyer);
  await open(page, `/orders/${id}`);
  await page.getByTestId('ask-return').click();
  await page.getByTestId('return-reason').selectOption('damaged');
  await page.getByTestId('return-text').fill('The jug arrived with a crack.');
  await expectSound(page);
  await page.getByTestId('send-return').dblclick();
  await expect(page.getByTestId('return-status')).toHaveText('Waiting for the seller');
  await expect(page.getByTestId('return-next')).toContainText('The seller pays for sending it back.');
  await expect(page.getByTestId('return')).toHaveCount(1);

  const seller = await as(shop);
  await open(seller, `/orders/${id}`);
  await expect(seller.getByTestId('return-events')).toContainText('The jug arrived with a crack.');
  await seller.getByTestId('ask-return-accept').click();
  const accept = seller.locator('form', { has: seller.getByTestId('return-accept') });
  await accept.getByLabel('Country').selectOption('PT');
  await accept.getByLabel('Name', { exact: true }).fill('Ana Silva');
  await accept.getByLabel('Street and number').fill('Rua das Flores 12');
  await accept.getByLabel('Postal code').fill('4050-262');
  await accept.getByLabel('City').fill('Porto');
  await expectSound(seller);
  await seller.getByTestId('return-accept').click();
  await expect(seller.getByTestId('return-status')).toHaveText('To be sent back');

  await open(page, `/orders/${id}`);
  await expect(page.getByTestId('return')).toContainText('Rua das Flores 12');
  await page.getByTestId('ask-return-send').click();
  await page.getByTestId('return-send').click();
  await expect(page.getByTestId('return-status')).toHaveText('On its way back');

  await open(seller, `/orders/${id}`);
  await seller.getByTestId('ask-return-receive').click();
  await seller.getByTestId('return-receive').click();
  await expect(seller.getByTestId('return-status')).toHaveText('Refunded');
  await expectSound(seller);
  await open(page, `/orders/${id}`);
  await expect(page.getByTestId('return-next')).toContainText('You were refunded');
  await expect(page.getByTestId('return-next')).toContainText('12.50');
  await expectSound(page);
});
