import { confirmationLink, letterTo } from './lib/mail.ts';
import { expectSound } from './lib/sound.ts';
import { expect, test } from './lib/test.ts';

/** The path of a link in an e-mail with that subject. */
const linkIn = async (address: string, subject: string, path: string) =>
  new RegExp(`/${path}/[\\w-]{32}`).exec(await letterTo(address, subject))![0];

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a forgotten password is set anew by a link', async ({ page, market }) => {
      const account = await market.register('Forgetful');
      await page.goto('/sign-in');
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      if (javaScriptEnabled) await expectSound(page);
      await page.getByLabel('E-mail').fill(account.email);
      await page.getByTestId('ask-reset').click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your e-mail');
      if (javaScriptEnabled) await expectSound(page);

      const link = await linkIn(account.email, 'Set a new password', 'reset');
      await page.goto(link);
      if (javaScriptEnabled) await expectSound(page);
      await page.getByLabel('New password').fill('qwertyuiop');
      await page.getByTestId('reset-password').click();
      await expect(page.getByText('This password is on lists of common passwords. Choose another one.')).toBeVisible();
      await page.getByLabel('New password').fill('an unforgettable phrase');
      await page.getByTestId('reset-password').click();
      await expect(page).toHaveURL('/sign-in');
      await expect(page.getByTestId('toast')).toContainText('Password changed. Sign in with the new one.');
      await page.getByLabel('E-mail').fill(account.email);
      await page.getByLabel('Password').fill('an unforgettable phrase');
      await page.getByTestId('sign-in').click();
      await expect(page).toHaveURL('/');
      await page.goto(link);
      await expect(page.getByText('This link was already used.')).toBeVisible();
    });

    test('another address is confirmed at both', async ({ page, market, signIn }) => {
      const account = await market.register('Mover');
      await signIn(account);
      await page.goto(await confirmationLink(account.email));
      await page.getByTestId('confirm-email').click();
      await expect(page).toHaveURL('/account');
      await page.getByRole('link', { name: 'Change your e-mail' }).click();
      if (javaScriptEnabled) await expectSound(page);
      const to = `moved-${account.email}`;
      await page.getByLabel('New e-mail').fill(to);
      await page.getByLabel('Your password').fill(account.password);
      await page.getByTestId('change-email').click();
      await expect(page.getByText('Links are on their way.')).toContainText(to);

      await page.goto(await linkIn(to, 'Confirm your new e-mail address', 'email-change'));
      await page.getByTestId('confirm-change').click();
      await expect(page.getByTestId('toast')).toContainText('Now open the link we sent to your other address.');
      await page.goto(await linkIn(account.email, 'Your e-mail address is about to change', 'email-change'));
      if (javaScriptEnabled) await expectSound(page);
      await expect(page.getByTestId('refuse-change')).toBeVisible();
      await page.getByTestId('confirm-change').click();
      await expect(page.getByTestId('toast')).toContainText('Your e-mail address is changed.');
      await expect(page.getByText(to).first()).toBeVisible();
    });
  });
