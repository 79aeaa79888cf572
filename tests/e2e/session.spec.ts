import { demo, expect, hydrated, test } from './lib/test.ts';

test('signing in leads back to where one was going; signing out ends it', async ({ page }) => {
  await page.goto('/orders?as=seller');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Forders%3Fas%3Dseller/);
  await page.getByLabel('E-mail').fill(demo.seller);
  await page.getByLabel('Password').fill('not this one');
  await page.getByTestId('sign-in').click();
  await expect(page.getByRole('alert')).toContainText('Wrong e-mail or password.');
  await expect(page.getByLabel('E-mail')).toHaveValue(demo.seller);
  await page.getByLabel('Password').fill(demo.password);
  await page.getByTestId('sign-in').click();
  await expect(page).toHaveURL('/orders?as=seller');
  await page.goto('/account');
  await page.getByTestId('sign-out').click();
  await expect(page).toHaveURL('/');
  await page.goto('/orders');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('signing in never leads to another site', async ({ page }) => {
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByLabel('E-mail').fill(demo.buyer);
    await page.getByLabel('Password').fill(demo.password);
    await page.getByTestId('sign-in').click();
    await expect(page).toHaveURL('/');
  }
});

test('a session whose access token has ended goes on by its refresh token', async ({ page, context, signIn }) => {
  await signIn({ email: demo.buyer, password: demo.password });
  const access = (await context.cookies()).filter(({ httpOnly }) => httpOnly).map(({ name }) => name);
  expect(access).toContain('assay_access');
  await context.clearCookies({ name: 'assay_access' });
  await page.goto('/orders');
  await expect(page).toHaveURL('/orders');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('what was typed before the scripts arrived stays', async ({ page, context }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await context.route('**/_app/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.getByLabel('E-mail').fill('early@bird.example');
  await page.getByLabel('Password').fill('typed before');
  release();
  await hydrated(page);
  await expect(page.getByLabel('E-mail')).toHaveValue('early@bird.example');
  await expect(page.getByLabel('Password')).toHaveValue('typed before');
});

test("another person's order is not found", async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  const order = await market.buy(await market.register('Buyer'), shop);
  await signIn(await market.register('Stranger'));
  const answer = await page.goto(`/orders/${order}`);
  expect(answer!.status()).toBe(404);
  await expect(page.getByRole('main')).not.toContainText(shop.title);
});
