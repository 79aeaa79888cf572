import { picture } from '@assay/testing/pictures';
import { confirmationLink, letterTo } from './lib/mail.ts';
import { expectSound } from './lib/sound.ts';
import { demoAccount, expect, hydrated, open, test } from './lib/test.ts';
import { install, newKey, short } from './lib/wallet.ts';

const PDF = { name: 'passport.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n') };
const IBAN = 'DE89 3704 0044 0532 0130 00';

test('the documents’ flow: a wallet from the start page to an open store', async ({ page }) => {
  const key = newKey();
  await install(page, { key });
  await open(page, '/');
  await page.click('[data-testid="connect-wallet"]');
  await page.waitForSelector('[data-testid="wallet-connected"]');
  await page.goto('/seller/onboarding');
  await page.fill('[data-testid="display-name"]', 'Test Seller');
  await page.fill('[data-testid="bio"]', 'Test seller bio');
  await page.click('[data-testid="next-step"]');
  await expect(page.getByTestId('onboarding-image')).toBeVisible();
  await hydrated(page);
  await page.setInputFiles('[data-testid="profile-image"]', {
    name: 'test-image.jpg',
    mimeType: 'image/jpeg',
    buffer: await picture(400, 400, 'jpeg', Date.now() % 1000),
  });
  await page.waitForSelector('[data-testid="image-uploaded"]');
  await page.click('[data-testid="complete-onboarding"]');
  await page.waitForSelector('[data-testid="onboarding-complete"]');
  expect(await page.textContent('[data-testid="seller-name"]')).toBe('Test Seller');
  await expect(page.getByTestId('todo').getByRole('link')).toHaveText(['Get verified', 'Add payout details', 'Create a listing']);

  // Buyers see the mark of the wallet.
  await page.goto('/seller/profile');
  await page.getByRole('link', { name: 'View store' }).click();
  await expect(page.getByTestId('verification-marks')).toHaveText('Wallet linked');
});

test('with an e-mail: every step, on two devices, each sound, to a store with nothing left to do', async ({ page, market, as, signIn }) => {
  const account = await market.register('Opener');
  await signIn(account);
  await open(page, '/seller/onboarding');
  await expect(page).toHaveURL('/seller/onboarding?step=wallet');
  await expectSound(page);
  await page.getByTestId('later').click();

  await expect(page.getByTestId('onboarding-profile')).toBeVisible();
  await page.getByTestId('display-name').fill('');
  await page.getByTestId('next-step').click();
  await expect(page.getByTestId('onboarding-profile')).toBeVisible(); // the form asks for a name
  await page.getByTestId('display-name').fill(account.fullName);
  await page.getByTestId('bio').fill('Oak, by hand.');
  await expectSound(page);
  await page.getByTestId('next-step').click();
  await expect(page.getByTestId('onboarding-image')).toBeVisible();
  await expectSound(page);
  await page.getByTestId('later').click();
  await expect(page.getByTestId('onboarding-verification')).toBeVisible();

  // Another device is at the same place; the address is confirmed there, and this page knows at once.
  const other = await as(account);
  await open(other, '/seller/onboarding');
  await expect(other).toHaveURL('/seller/onboarding?step=verification');
  const state = page.getByTestId('state-email');
  await expect(state).toHaveText('Pending');
  const link = await confirmationLink(account.email);
  await other.goto(link);
  await other.reload(); // looking uses nothing up
  await expectSound(other);
  await other.getByTestId('confirm-email').click();
  await expect(other.getByTestId('toast')).toHaveText(/Your e-mail address is confirmed/);
  await expect(state).toHaveText('Verified');
  await other.goto(link);
  await expect(other.getByText('This link was already used')).toBeVisible();
  await expectSound(page);

  await page.getByTestId('next-step').click();
  await expect(page.getByTestId('onboarding-payout')).toBeVisible();
  await page.getByTestId('holder').fill('Ola Opener');
  await page.getByTestId('iban').fill('DE89 3704 0044 0532 0130 01');
  await page.getByTestId('payout-password').fill(account.password);
  await page.getByTestId('save-bank').click();
  await expect(page.getByTestId('error-summary').getByText('Look for a mistyped digit')).toBeVisible();
  await expect(page.getByTestId('iban')).toHaveValue('DE89 3704 0044 0532 0130 01');
  await expectSound(page);
  await page.getByTestId('iban').fill(IBAN);
  await page.getByTestId('payout-password').fill(account.password);
  await page.getByTestId('save-bank').click();

  await expect(page.getByTestId('onboarding-listing')).toBeVisible();
  await expectSound(page);
  await page.getByTestId('complete-onboarding').click();
  await expect(page.getByTestId('onboarding-complete')).toBeVisible();
  await expect(page.getByTestId('todo').getByRole('link')).toHaveText(['Add a profile image', 'Create a listing', 'Link a wallet']);
  await expectSound(page);
  await letterTo(account.email, 'DE89 =E2=80=A2=E2=80=A2=E2=80=A2=E2=80=A2 3000');
  await open(page, '/seller/payout');
  await expect(page.getByTestId('payout-now')).toContainText('DE89 •••• 3000');
  await expectSound(page);
});

test('documents: submitted, rejected with a reason, submitted again, approved; the seller’s page follows', async ({
  page,
  market,
  as,
  signIn,
}) => {
  const shop = await market.openShop('Prover');
  await signIn(shop);
  const papers = async () => {
    await page.getByTestId('paper-file').setInputFiles(PDF);
    await page.getByTestId('add-paper').click();
    await hydrated(page);
    await page.getByTestId('legal-name').fill('Petra Prover');
    await page.getByTestId('country').selectOption({ label: 'Portugal' });
    await page.getByTestId('submit-papers').click();
    await expect(page.getByTestId('state-documents')).toHaveText('Pending');
  };
  await open(page, '/seller/profile');
  await page.getByTestId('paper-file').setInputFiles({ ...PDF, buffer: Buffer.from('<html>') });
  await page.getByTestId('add-paper').click();
  await expect(page.getByRole('alert')).toContainText('This file is not a PDF');
  await hydrated(page);
  await papers();
  await expectSound(page);

  const admin = await as(demoAccount('admin'));
  await open(admin, '/admin/verification');
  const item = admin.getByTestId('case').filter({ hasText: shop.fullName });
  await expect(item).toContainText('Petra Prover');
  await expect(item).toContainText('Portugal');
  await expectSound(admin);
  const [download] = await Promise.all([admin.waitForEvent('download'), item.getByRole('link', { name: 'File 1' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^document-\d+\.pdf$/);
  await item.getByTestId('open-reject').click();
  await item.getByTestId('reason').fill('The name cannot be read.');
  await item.getByTestId('reject').click();
  await expect(admin.getByTestId('toast')).toBeVisible();
  await expect(page.getByTestId('state-documents')).toHaveText('Rejected');
  await expect(page.getByTestId('rejection')).toHaveText('The name cannot be read.');
  await letterTo(shop.email, 'The name cannot be read.');

  await papers();
  await item.getByTestId('approve').click();
  await expect(page.getByTestId('state-documents')).toHaveText('Verified');
  await page.goto(`/sellers/${shop.id}`);
  await expect(page.getByTestId('verification-marks')).toContainText('Identity verified');
});

test('a profile says where else a seller is; what is wrong is kept, with an error at its field', async ({ page, market, signIn }) => {
  const shop = await market.openShop('Linked');
  await signIn(shop);
  await open(page, '/seller/profile');
  await page.getByTestId('website').fill('http://plain.example');
  await page.getByLabel('Instagram').fill('@kiln');
  await page.getByLabel('Contact e-mail').fill('hello@kiln.example');
  await page.getByTestId('save-profile').click();
  await expect(page.getByTestId('error-summary').getByText('A website is an address that begins with https://.')).toBeVisible();
  await expect(page.getByLabel('Instagram')).toHaveValue('@kiln');
  await page.getByTestId('website').fill('https://kiln.example');
  await page.getByTestId('save-profile').click();
  await expect(page.getByTestId('toast')).toContainText('Profile saved.');
  const links = page.getByTestId('seller-links').getByRole('link');
  await page.goto(`/sellers/${shop.id}`);
  await expect(links).toHaveText(['kiln.example', 'Instagram']); // the e-mail is not shown unless that is said
  await expect(links.first()).toHaveAttribute('rel', /nofollow.*noopener/);
  await expectSound(page);
});

test('a wallet is linked on the way, and money can go to it', async ({ page, market, signIn }) => {
  const key = newKey();
  await install(page, { key });
  const account = await market.register('Holder');
  await signIn(account);
  await open(page, '/seller/onboarding');
  await page.getByLabel('Your password').fill(account.password);
  await page.getByTestId('connect-wallet').click();
  await expect(page.getByTestId('wallet-connected')).toContainText(short(key));
  await page.getByTestId('next-step').click();
  await expect(page.getByTestId('onboarding-profile')).toBeVisible();
  await page.getByTestId('next-step').click();
  await expect(page.getByTestId('onboarding-image')).toBeVisible();
  await open(page, '/seller/payout');
  await page.getByText('Wallet payout').click();
  await page.getByTestId('crypto-form').getByTestId('payout-password').fill(account.password);
  await page.getByTestId('save-crypto').click();
  await expect(page.getByTestId('payout-now')).toContainText(`USDC to a wallet ${short(key)}`);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a store opens step by step, an address is confirmed and papers are handed in', async ({ page, market, signIn }) => {
    const account = await market.register('Plain');
    await signIn(account);
    await page.goto('/seller/onboarding');
    await page.getByTestId('later').click();
    await page.getByTestId('display-name').fill(account.fullName);
    await page.getByTestId('next-step').click();
    await expect(page.getByTestId('onboarding-image')).toBeVisible();
    await page
      .getByTestId('profile-image')
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: await picture(300, 300, 'png', 7) });
    await page.getByRole('button', { name: 'Upload' }).click();
    await expect(page.getByTestId('onboarding-image')).toBeVisible();
    await page.getByTestId('next-step').click();
    await page.getByTestId('paper-file').setInputFiles(PDF);
    await page.getByTestId('add-paper').click();
    await expect(page.getByTestId('papers').getByRole('listitem')).toHaveCount(1);
    await page.getByTestId('legal-name').fill('Pia Plain');
    await page.getByTestId('country').selectOption('PT');
    await page.getByTestId('submit-papers').click();
    await expect(page.getByTestId('state-documents')).toHaveText('Pending');
    await page.goto(await confirmationLink(account.email));
    await page.getByTestId('confirm-email').click();
    await expect(page.getByTestId('toast')).toContainText('confirmed');
    await page.goto('/seller/onboarding?step=verification');
    await expect(page.getByTestId('state-email')).toHaveText('Verified');
    await page.getByTestId('next-step').click();
    await page.getByTestId('holder').fill('Pia Plain');
    await page.getByTestId('iban').fill(IBAN);
    await page.getByTestId('payout-password').fill('wrong password');
    await page.getByTestId('save-bank').click();
    await expect(page.getByRole('alert')).toContainText('Your current password is wrong.');
    await expect(page.getByTestId('iban')).toHaveValue(IBAN);
    await page.getByTestId('payout-password').fill(account.password);
    await page.getByTestId('save-bank').click();
    await expect(page.getByTestId('onboarding-listing')).toBeVisible();
    await page.getByTestId('complete-onboarding').click();
    await expect(page.getByTestId('onboarding-complete')).toBeVisible();
    expect(await page.textContent('[data-testid="seller-name"]')).toBe(account.fullName);
  });
});
