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
  await expect(page).toHaveURL('/account/two-step'); // the account page asks for the password too
  await page.getByLabel('Your password').fill(password);
  await page.getByTestId('set-up').click();
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
  const secret = (await page.getByTestId('secret').textContent())!.replaceAll(' ', '');
  await page.getByLabel('6-digit code').fill('000000');
  await page.getByTestId('confirm-code').click();
  await expect(page.getByRole('alert')).toContainText('This code is wrong');
  await page.getByLabel('6-digit code').fill(totpCode(secret));
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
      await page.getByLabel('Code').fill(totpCode(secret, 1)); // the current one was used to set it up
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

test('a passkey is added, signs in without a code, and is removed', async ({ page, context, market, baseURL }) => {
  const account = await market.register('Pia');
  const client = await context.newCDPSession(page);
  await client.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const;
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  });
  // Browsers make no passkeys for a numeric address.
  const origin = baseURL!.replace('127.0.0.1', 'localhost');
  const enter = async () => {
    await page.goto(`${origin}/sign-in?next=%2Faccount`);
    await page.getByLabel('E-mail').fill(account.email);
    await page.getByLabel('Password').fill(account.password);
    await page.getByTestId('sign-in').click();
    await expect(page).toHaveURL(`${origin}/account`);
  };
  await enter();
  await page.getByText('Add a passkey', { exact: true }).click();
  await page.getByTestId('passkey-name').fill('Work laptop');
  await page.getByTestId('passkey-password').fill('not this one');
  await page.getByTestId('add-passkey').click();
  await expect(page.getByRole('alert')).toContainText('Your current password is wrong.');
  await page.getByTestId('passkey-password').fill(account.password);
  await page.getByTestId('add-passkey').click();
  await expect(page.getByTestId('passkeys')).toContainText('Work laptop');

  await context.clearCookies();
  await page.goto(`${origin}/sign-in?next=%2Forders`);
  await page.getByTestId('sign-in-passkey').click();
  await expect(page).toHaveURL(`${origin}/orders`);

  await page.goto(`${origin}/account`);
  await expect(page.getByTestId('passkeys')).toContainText('last used');
  await page.getByTestId('passkeys').getByText('Remove', { exact: true }).click();
  await page.getByTestId('remove-passkey-password').fill(account.password);
  await page.getByRole('button', { name: 'Remove this passkey' }).click();
  await expect(page.getByTestId('toast')).toContainText('Passkey removed.');
  await context.clearCookies();
  await page.goto(`${origin}/sign-in`);
  await page.getByTestId('sign-in-passkey').click();
  await expect(page.getByRole('alert')).toContainText('does not belong to an account');
});
