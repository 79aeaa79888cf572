import type { Page } from '@playwright/test';
import { marketAt, type Account } from './lib/market.ts';
import { expectSound } from './lib/sound.ts';
import { startStripeProduct, type StripeProduct } from './lib/stripe-product.ts';
import { expect, open, test as base } from './lib/test.ts';

const test = base.extend<{ stripe: StripeProduct }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright wants the braces
  stripe: async ({}, use) => {
    const product = await startStripeProduct();
    await use(product);
    await product.stop();
  },
});

async function signInAt(page: Page, url: string, { email, password }: Account): Promise<void> {
  expect((await page.request.post(`${url}/api/v1/auth/login`, { data: { email, password } })).status()).toBe(200);
}

/** Proves the owner, and goes on to Stripe's page. */
async function toStripe(page: Page, { password }: Account): Promise<void> {
  await page.getByTestId('open-account').getByLabel('Your password').fill(password);
  await page.getByTestId('set-up-stripe').click();
  await page.getByTestId('to-stripe').click();
  await expect(page.getByRole('heading', { name: 'Stripe' })).toBeVisible();
}

// Each starts a product of its own.
test.slow();

test('a seller sets up payouts with Stripe, is paid out, and reads that a payout came back', async ({ page, stripe }) => {
  const { url, on, twin, db } = stripe;
  const market = marketAt(url);
  const seller = await market.openShop();
  await signInAt(page, url, seller);
  await on.earn(seller, 9400n);

  await open(page, `${url}/seller/payouts`);
  await expect(page.getByTestId('next-payout')).toContainText('Add your payout details to get paid.');
  await page.getByTestId('next-payout').getByRole('link', { name: 'Payout details' }).click();
  await expectSound(page);
  await page.getByLabel('Country of your bank account').selectOption('DE');
  await toStripe(page, seller);

  // They leave Stripe before the end, and come again.
  await page.getByRole('link', { name: 'Back to the marketplace' }).click();
  await expect(page.getByTestId('payout-account-state')).toContainText('Not finished');
  await expect(page.getByTestId('payout-account-missing').getByRole('listitem')).toHaveText(['Bank account', 'Identity document']);
  await toStripe(page, seller);
  await page.getByRole('button', { name: 'Enter everything' }).click();
  await expect(page.getByTestId('toast')).toContainText('Payouts with Stripe are set up.');
  await expect(page.getByTestId('payout-account-state')).toContainText('Ready');
  await expect(page.getByTestId('payout-account-state')).toContainText('•••• 3000, EUR');
  await expectSound(page);

  await open(page, `${url}/seller/payouts`);
  await expect(page.getByTestId('next-payout')).toContainText('to Stripe, •••• 3000');
  const laterMs = await stripe.payOut();
  await open(page, `${url}/seller/payouts`);
  const row = page.getByTestId('payouts').getByRole('listitem').first();
  await expect(row).toContainText('On its way');
  const bank = (await on.callOf((await on.payoutOf(seller)).id, 'payout'))!.reference!;
  twin.payoutArrived(bank);
  await stripe.deliver(laterMs);
  await expect(row).toContainText('Paid'); // without a reload

  // An admin reads what Stripe was asked for, and looks it up.
  const admin = await market.register('Admin');
  await db.database.prisma.userRole.createMany({ data: [{ userId: admin.id, role: 'admin' }] });
  const context = await page.context().browser()!.newContext();
  const desk = await context.newPage();
  await signInAt(desk, url, admin);
  await open(desk, `${url}/admin/payouts`);
  await expect(desk.getByTestId('payout-call')).toHaveText([/^Transfer: tr_\d+ to acct_\d+$/, `Payout: ${bank}`]);
  await expectSound(desk);
  twin.payoutReturned(bank);
  await desk.getByTestId('look-up').click();
  await expect(desk.getByTestId('toast')).toContainText('Payout 1 is paid.');
  await expect(desk.getByTestId('payout-call')).toHaveCount(3);
  await context.close();

  await stripe.deliver(laterMs);
  await open(page, `${url}/seller/payouts`);
  await expect(row).toContainText('Returned');
  await expect(page.getByTestId('next-payout')).toContainText('Your last payout came back.');
});

test('Stripe counts as payout details where a store is opened, and can be left again', async ({ page, stripe }) => {
  const { url } = stripe;
  const owner = await marketAt(url).register('Opener');
  await signInAt(page, url, owner);
  await open(page, `${url}/seller/onboarding?step=profile`);
  await page.getByTestId('bio').fill('Oak, by hand.');
  await page.getByTestId('next-step').click();
  await expect(page.getByTestId('onboarding-image')).toBeVisible();
  await open(page, `${url}/seller/onboarding?step=payout`);
  await expectSound(page);
  await expect(page.getByTestId('later')).toBeVisible();
  await page.getByLabel('Country of your bank account').selectOption('PT');
  await toStripe(page, owner);
  await page.getByRole('button', { name: 'Enter everything' }).click();

  await expect(page).toHaveURL(`${url}/seller/onboarding?step=payout`);
  await expect(page.getByTestId('payout-account-state')).toContainText('Ready');
  await expect(page.getByTestId('next-step')).toBeVisible();
  await page.getByTestId('complete-onboarding').click();
  await expect(page.getByTestId('todo').getByRole('link')).not.toContainText(['Add payout details']);

  await open(page, `${url}/seller/payout`);
  await page.getByText('Stop using Stripe', { exact: true }).first().click();
  await page.locator('form[action="?/stopAccount"]').getByLabel('Your password').fill(owner.password);
  await page.getByTestId('stop-stripe').click();
  await expect(page.getByTestId('payout-account-state')).toContainText('Not in use');
  await open(page, `${url}/seller/dashboard`);
  await expect(page.getByTestId('todo')).toContainText('Add payout details');
});
