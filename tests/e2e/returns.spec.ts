import { expectSound } from './lib/sound.ts';
import type { Page } from '@playwright/test';
import type { Account } from './lib/market.ts';
import { expect, open, test } from './lib/test.ts';

/** The seller accepts the return on the page of the order, and says where it is sent. */
async function accept(page: Page): Promise<void> {
  await page.getByTestId('ask-return-accept').click();
  const form = page.locator('form', { has: page.getByTestId('return-accept') });
  await form.getByLabel('Country').selectOption('PT');
  await form.getByLabel('Name', { exact: true }).fill('Ana Silva');
  await form.getByLabel('Street and number').fill('Rua das Flores 12');
  await form.getByLabel('Postal code').fill('4050-262');
  await form.getByLabel('City').fill('Porto');
}

/** The buyer asks for a return of what arrived broken. */
async function ask(page: Page): Promise<void> {
  await page.getByTestId('ask-return').click();
  await page.getByTestId('return-reason').selectOption('damaged');
  await page.getByTestId('return-text').fill('The jug arrived with a crack.');
}

test('a buyer returns an item, the seller accepts it with an address and confirms its receipt', async ({ page, market, signIn, as }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const id = await market.buy(buyer, shop);
  await signIn(buyer);
  await open(page, `/orders/${id}`);
  await ask(page);
  await expectSound(page);
  await page.getByTestId('send-return').dblclick();
  await expect(page.getByTestId('return-status')).toHaveText('Waiting for the seller');
  await expect(page.getByTestId('return-next')).toContainText('The seller pays for sending it back.');
  await expect(page.getByTestId('return')).toHaveCount(1);

  const seller = await as(shop);
  await open(seller, `/orders/${id}`);
  await expect(seller.getByTestId('to-return')).toHaveText('Return: waiting for the seller');
  await expect(seller.getByTestId('return-events')).toContainText('The jug arrived with a crack.');
  await accept(seller);
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

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  /** The other side takes over in the same window. */
  async function become(page: Page, signIn: (account: Account) => Promise<void>, account: Account): Promise<void> {
    await page.context().clearCookies();
    await signIn(account);
  }

  test('a return goes from the request to the refund, with the wrong input in between', async ({ page, market, signIn }) => {
    const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
    const id = await market.buy(buyer, shop);
    await become(page, signIn, buyer);
    await page.goto(`/orders/${id}`);
    await ask(page);
    await page.getByTestId('return-text').fill('Broken one'); // ten characters
    await page.getByTestId('return-units').selectOption('');
    await page.getByTestId('send-return').click();
    await expect(page.getByTestId('return-text')).toHaveValue('Broken one'); // nothing was chosen, and what was typed is kept
    await expect(page.getByRole('main')).toContainText('Choose at least one item.');
    await page.getByTestId('return-units').selectOption({ label: 'Return it' });
    await page.getByTestId('send-return').click();
    await expect(page.getByTestId('return-status')).toHaveText('Waiting for the seller');

    await become(page, signIn, shop);
    await page.goto(`/orders/${id}`);
    await accept(page);
    await page.getByTestId('return-accept').click();
    await expect(page.getByTestId('return-status')).toHaveText('To be sent back');

    await become(page, signIn, buyer);
    await page.goto(`/orders/${id}`);
    await page.getByTestId('ask-return-send').click();
    await page.getByTestId('return-send').click();
    await expect(page.getByTestId('return-status')).toHaveText('On its way back');

    await become(page, signIn, shop);
    await page.goto(`/orders/${id}`);
    await page.getByTestId('ask-return-receive').click();
    await page.getByTestId('return-receive').click();
    await expect(page.getByTestId('return-status')).toHaveText('Refunded');
    await expect(page.getByTestId('refund')).toContainText('12.50');
  });

  test('a buyer opens a dispute about a return that the seller declined', async ({ page, market, signIn }) => {
    const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
    const id = await market.buy(buyer, shop);
    await become(page, signIn, buyer);
    await page.goto(`/orders/${id}`);
    await ask(page);
    await page.getByTestId('send-return').click();
    await become(page, signIn, shop);
    await page.goto(`/orders/${id}`);
    await page.getByTestId('ask-return-decline').click();
    await page.getByTestId('return-text-of-decline').fill('It was sound when I sent it.');
    await page.getByTestId('return-decline').click();
    await expect(page.getByTestId('return-status')).toHaveText('Declined');
    await become(page, signIn, buyer);
    await page.goto(`/orders/${id}`);
    await expect(page.getByTestId('return-events')).toContainText('It was sound when I sent it.');
    await page.getByTestId('ask-return-escalate').click();
    await page.getByTestId('return-escalate').click();
    await expect(page.getByTestId('return-status')).toHaveText('In dispute');
    await expect(page.getByTestId('order-status')).toHaveText('In dispute');
  });
});
