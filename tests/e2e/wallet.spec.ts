import { expect, open, test } from './lib/test.ts';
import { ICON, install, newKey, short } from './lib/wallet.ts';

test('a wallet comes in anew, gets a name, signs out, and comes in again to the same account', async ({ page, baseURL }) => {
  const key = newKey();
  const person = await install(page, { key });
  await open(page, '/sign-in?next=/orders');
  await expect(page.getByTestId('connect-wallet').locator('img')).toHaveAttribute('src', ICON);
  await page.getByTestId('connect-wallet').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What’s your name?');
  await expect(page.getByRole('main')).toContainText(short(key));
  expect(person.signed[0]).toContain(`${new URL(baseURL!).host} wants you to sign in with your Ethereum account:\n${key.address}`);
  const name = `Wanda ${Date.now()}`;
  await page.getByLabel('Your name').fill(name);
  await page.getByTestId('save-name').click();
  await expect(page).toHaveURL('/orders');

  await page.goto('/account');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page.getByTestId('wallet')).toContainText(short(key));
  // The only way in stays.
  await page.getByLabel(`Unlink ${short(key)}`).click();
  const unlink = page.getByTestId('wallet');
  await unlink.getByTestId('connect-wallet').click();
  await expect(unlink.getByText('Confirmed. Now finish your change.')).toBeVisible();
  await unlink.getByRole('button', { name: 'Unlink this wallet' }).click();
  await expect(page.getByRole('alert')).toContainText('This is your only way to sign in.');
  await page.getByTestId('sign-out').click();
  await expect(page).toHaveURL('/');

  await open(page, '/sign-in?next=/account');
  await page.getByTestId('connect-wallet').click();
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

test('a wallet is linked to an account with an e-mail, and is refused to another one', async ({ page, market, signIn, as }) => {
  const key = newKey();
  const account = await market.register('Linker');
  await install(page, { key, inWindow: true });
  await signIn(account);
  await open(page, '/account');
  await page.getByText('Link a wallet').click();
  await page.getByTestId('connect-wallet').click();
  await expect(page.getByRole('alert')).toContainText('Enter your password above');
  await page.getByTestId('link-password').fill(account.password);
  await page.getByTestId('connect-wallet').click();
  await expect(page.getByTestId('wallet-connected')).toContainText(short(key));
  await expect(page.getByTestId('wallet')).toContainText(short(key));

  const stranger = await market.register('Other');
  const other = await as(stranger);
  await install(other, { key });
  await open(other, '/account');
  await other.getByText('Link a wallet').click();
  await other.getByTestId('link-password').fill(stranger.password);
  await other.getByTestId('connect-wallet').click();
  await expect(other.getByRole('alert')).toContainText('This wallet is linked to another account.');

  await page.getByLabel(`Unlink ${short(key)}`).click();
  await page.getByTestId('unlink-password').fill(account.password);
  await page.getByRole('button', { name: 'Unlink this wallet' }).click();
  await expect(page.getByText('Wallet unlinked.')).toBeVisible();
  await expect(page.getByTestId('wallet')).toHaveCount(0);
});

test('declining, another network and an icon from elsewhere: the page says so and goes on', async ({ page }) => {
  const key = newKey();
  const person = await install(page, { key, name: 'Slow wallet', chainId: 5 });
  await install(page, { key: newKey(), name: 'Prying <b>wallet</b>', icon: 'https://evil.example/icon.svg' });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).host));
  await open(page, '/sign-in');
  await expect(page.getByRole('button', { name: 'Prying <b>wallet</b>' })).toBeVisible();
  const slow = page.getByRole('button', { name: 'Slow wallet' });
  await slow.click();
  await expect(page.getByRole('alert')).toContainText('Your wallet is on another network. We support Ethereum.');
  person.declines = true;
  await page.getByRole('button', { name: 'Switch to Ethereum' }).click();
  await expect(page.getByRole('alert')).toContainText('You declined in your wallet. Nothing was signed.');
  await expect(page).toHaveURL('/sign-in');
  person.declines = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page).toHaveURL(/\/account\/name/);
  expect(new Set(asked)).toEqual(new Set([new URL(page.url()).host]));
});

test('without a wallet the page says what to do', async ({ page }) => {
  await open(page, '/sign-in');
  await expect(page.getByText('No wallet found in this browser.')).toBeVisible();
  await expect(page.getByLabel('E-mail')).toBeVisible();
});
