import { totpCode } from '@assay/testing/totp';
import type { Page } from '@playwright/test';
import { expect, test } from './lib/test.ts';

const enterPassword = async (page: Page, { email, password }: { email: string; password: string }, next = '/orders') => {
  await page.goto(next);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByTestId('sign-in').click();
};

/** Turns two-step verification on in the page. Returns the secret and the recovery codes. */
async function turnOn(page: Page, password: string) {
  await page.goto('/account');
  await page.getByTestId('two-step').getByRole('link', { name: 'Set up' }).click();
  await page.getByLabel('Your password').fill(password);
  await page.getByTestId('set-up').click();
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
  const secret = (await page.getByTestId('secret').textContent())!.replaceAll(' ', '');
  await page.getByLabel('6-digit code').fill('000000');
  await page.getByTestId('confirm-code').click();
  await expect(page.getByRole('alert')).toContainText('This code is wrong');
  await page.getByLabel('6-digit code').fill(totpCode(secret, -1));
  await page.getByTestId('confirm-code').click();
  const listed = page.getByTestId('recovery-codes').getByRole('listitem');
  await expect(listed).toHaveCount(10);
  const codes = await listed.allTextContents();
  await page.getByRole('link', { name: 'I saved them' }).click();
  await expect(page.getByTestId('two-step')).toContainText('10 recovery codes left');
  return { secret, codes };
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'in the browser' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('two-step verification is set up, asked for, and turned off', async ({ page, context, market, signIn }) => {
      const account = await market.register('Tess');
      await signIn(account);
      const { secret, codes } = await turnOn(page, account.password);

      await context.clearCookies();
      await enterPassword(page, account);
      await expect(page).toHaveURL('/sign-in/code?next=%2Forders');
      await page.getByLabel('Code').fill('000 000');
      await page.getByTestId('enter-code').click();
      await expect(page.getByRole('alert')).toContainText('This code is wrong');
      await page.getByLabel('Code').fill(totpCode(secret));
      await page.getByTestId('enter-code').click();
      await expect(page).toHaveURL('/orders');

      await context.clearCookies();
      await enterPassword(page, account);
      await page.getByRole('link', { name: 'Use a recovery code' }).click();
      await page.getByLabel('Recovery code').fill(codes[0]!);
      await page.getByTestId('enter-code').click();
      await expect(page).toHaveURL('/orders');

      await page.goto('/account/two-step');
      await expect(page.getByRole('main')).toContainText('9 of 10 left');
      await page.getByLabel('Your password').last().fill(account.password);
      await page.getByTestId('turn-off').click();
      await expect(page.getByTestId('toast')).toContainText('Two-step verification is off.');
      await context.clearCookies();
      await enterPassword(page, account);
      await expect(page).toHaveURL('/orders');
    });
  });

test('the page for the code leads back to the sign-in where no sign-in waits for one', async ({ page }) => {
  await page.goto('/sign-in/code?next=%2Forders');
  await expect(page).toHaveURL('/sign-in?next=%2Forders');
});
