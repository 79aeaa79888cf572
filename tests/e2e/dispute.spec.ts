import { expectSound } from './lib/sound.ts';
import { demoAccount, expect, open, test } from './lib/test.ts';

test('a buyer opens a dispute with evidence, the seller contests it, an admin decides, and the buyer appeals', async ({
  page,
  market,
  signIn,
  as,
}) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const { body } = await market.rest.post('/orders', { listingId: shop.listingId }, { token: buyer.token });
  const { id } = body as { id: number };
  await market.rest.post(`/orders/${id}/pay`, undefined, { token: buyer.token });
  await market.rest.post(`/orders/${id}/ship`, { carrier: 'dhl', trackingNumber: '00340' }, { token: shop.token });

  await signIn(buyer);
  await open(page, `/orders/${id}`);
  await page.getByTestId('open-dispute').click();
  await page.getByTestId('dispute-reason').selectOption('damaged');
  await page.getByTestId('dispute-text').fill('The bowl arrived with a crack.');
  await page.getByTestId('send-dispute').click();
  await expect(page.getByTestId('order-status')).toHaveText('In dispute');
  await expect(page.getByTestId('dispute-next')).toContainText('Without an answer, you are refunded in full.');
  await page
    .getByTestId('evidence-file')
    .setInputFiles({ name: 'crack.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') });
  await page.getByTestId('add-evidence').click();
  await expect(page.getByTestId('evidence')).toContainText('from you');
  await expectSound(page);

  const seller = await as(shop);
  await open(seller, '/seller/dashboard');
  await seller.getByRole('link', { name: '1 order in dispute' }).click();
  await expect(seller.locator(`a[href="/orders/${id}"]`).first()).toBeVisible();
  await open(seller, `/orders/${id}`);
  await expect(seller.getByTestId('dispute-events')).toContainText('The bowl arrived with a crack.');
  await expectSound(seller);
  await seller.getByTestId('ask-dispute-contest').click();
  await seller.getByTestId('text-of-contest').fill('It was sound when I sent it.');
  await seller.getByTestId('dispute-contest').click();
  await expect(seller.getByTestId('dispute-status')).toHaveText('Waiting for the buyer');

  await open(page, `/orders/${id}`);
  await page.getByTestId('ask-dispute-escalate').click();
  await page.getByTestId('dispute-escalate').click();
  await expect(page.getByTestId('dispute-status')).toHaveText('In review');

  const admin = await as(demoAccount('admin'));
  await open(admin, '/admin/disputes');
  await admin.getByRole('link', { name: `Order ${id}` }).click();
  await admin.getByLabel('Refund in part').check();
  await admin.getByTestId('decision-amount').fill('1.00');
  await admin.getByTestId('statement').fill('The picture shows a crack at the rim.');
  await expectSound(admin);
  await admin.getByTestId('decide').click();
  await expect(admin.getByTestId('dispute-status')).toHaveText('Decided');

  await open(page, `/orders/${id}`);
  await expect(page.getByTestId('dispute-events')).toContainText('The picture shows a crack at the rim.');
  await page.getByTestId('ask-dispute-appeal').click();
  await page.getByTestId('text-of-appeal').fill('It cannot be used any more.');
  await page.getByTestId('dispute-appeal').click();
  await expect(page.getByTestId('dispute-status')).toHaveText('Appeal in review');
});
