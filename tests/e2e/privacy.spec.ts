import { readFile } from 'node:fs/promises';
import { expectSound } from './lib/sound.ts';
import { expect, test } from './lib/test.ts';

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('the data of an account is downloaded with its password', async ({ page, market, signIn }) => {
      const account = await market.register('Archivist');
      await signIn(account);
      await page.goto('/account');
      await page.getByTestId('account-data').click();
      await expect(page).toHaveURL('/account/data');
      if (javaScriptEnabled) await expectSound(page);
      await page.getByLabel('Your password').fill('not my password');
      await page.getByTestId('download-data').click();
      await expect(page.getByRole('alert')).toContainText('password');
      await page.getByLabel('Your password').fill(account.password);
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('download-data').click()]);
      expect(download.suggestedFilename()).toBe('my-data.zip');
      expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK');
    });
  });

for (const javaScriptEnabled of [true, false])
  test.describe(`deletion ${javaScriptEnabled ? 'with' : 'without'} scripts`, () => {
    test.use({ javaScriptEnabled });

    test('an account is deleted on a page that says what goes and what stays', async ({ page, market, signIn }) => {
      const account = await market.register('Leaver');
      await signIn(account);
      await page.goto('/account');
      await page.getByTestId('account-delete').click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete your account');
      await expect(page.getByText('by “Former member”')).toBeVisible();
      await expect(page.getByText('for 10 years')).toBeVisible();
      if (javaScriptEnabled) await expectSound(page);
      await page.getByLabel('Your password').fill('not my password');
      await page.getByTestId('delete-account').click();
      await expect(page.getByText('password').last()).toBeVisible();
      await expect(page).toHaveURL(/\/account\/delete/);
      await page.getByLabel('Your password').fill(account.password);
      await page.getByTestId('delete-account').click();
      await expect(page).toHaveURL('/');
      await expect(page.getByTestId('toast')).toContainText('Your account is deleted.');
      await page.goto('/account');
      await expect(page).toHaveURL(/\/sign-in/);
    });
  });
