import { expect, test } from './lib/test.ts';

test.use({ javaScriptEnabled: false });

test('registering, buying, rating, editing, withdrawing and signing out need no JavaScript', async ({ page, market }) => {
  const shop = await market.openShop();
  const mark = `${process.pid}${Date.now()}`;
  await page.goto(`/listings/${shop.listingId}`);
  await page.getByTestId('place-order').click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Your name').fill('Noa Script');
  await page.getByLabel('E-mail').fill(`noa-${mark}@example.test`);
  await page.getByLabel('Password').fill('no scripts were harmed');
  await page.getByTestId('register').click();
  await expect(page).toHaveURL(`/listings/${shop.listingId}`);

  await page.getByTestId('place-order').click();
  await expect(page).toHaveURL(/\/orders\/\d+$/);
  const order = new URL(page.url()).pathname.split('/').at(-1)!;
  await page.getByTestId('move-pay').click();
  await expect(page.getByTestId('order-status')).toContainText('Paid');
  await market.rest.post(`/orders/${order}/ship`, undefined, { token: shop.token });
  await page.reload();
  await page.getByTestId('move-complete').click();
  await page.getByTestId('rate-order').click();

  await page.getByTestId('submit-rating').click(); // the browser asks for stars first
  await expect(page.getByTestId('rating-form')).toBeVisible();
  await page.getByRole('radio', { name: /^4 stars/ }).check();
  await page.getByLabel('Comment').fill('Plain and good.');
  await page.getByTestId('submit-rating').click();
  await expect(page.getByTestId('toast')).toContainText('now has 1 rating.');
  await expect(page.getByTestId('rating')).toContainText('Plain and good.');

  await page.getByTestId('rating').getByRole('link', { name: 'Change' }).click();
  await page.getByTestId('edit-rating').click();
  await page.getByRole('radio', { name: /^1 star:/ }).check();
  await page.getByTestId('save-rating').click();
  await expect(page.getByTestId('toast')).toContainText('Rating changed.');
  expect((await market.summary(shop.id)).histogram[1]).toBe(1);

  await page.getByTestId('withdraw-rating').click();
  expect((await market.summary(shop.id)).totalRatings).toBe(0);
  await page.getByTestId('toast').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('rating')).toContainText('Plain and good.');
  expect((await market.summary(shop.id)).totalRatings).toBe(1);

  await page.goto('/account');
  await page.getByTestId('sign-out').click();
  await page.goto('/orders');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a store opens with its first listing; wrong input keeps what was typed', async ({ page, market, signIn }) => {
  const account = await market.register('Maker');
  await signIn(account);
  await page.goto('/seller/dashboard');
  await page.getByRole('link', { name: 'New listing' }).click();
  await page.getByTestId('listing-title').fill('Oak stool');
  await page.getByTestId('listing-price').fill('twelve');
  await page.getByTestId('publish-listing').click();
  await expect(page.getByTestId('error-summary')).toContainText('Please fix 1 field:');
  await expect(page.getByTestId('error-summary')).toBeFocused(); // without scripts, too
  await page.getByTestId('error-summary').getByRole('link', { name: 'Enter a price such as 12.50.' }).click();
  await expect(page.locator(':target')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByTestId('listing-title')).toHaveValue('Oak stool');
  await page.getByTestId('listing-price').fill('12,5');
  await page.getByTestId('publish-listing').click();
  await expect(page.getByTestId('listing-saved')).toBeVisible();
  await page.getByRole('link', { name: 'View listing' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Oak stool');
  await expect(page.getByRole('main')).toContainText('€\u00a012.50');
});

test('sorting and filtering are links and forms', async ({ page, market }) => {
  const shop = await market.openShop();
  await market.rate(shop, [5, 5, 2], 'A comment.');
  await page.goto(`/sellers/${shop.id}`);
  await page.getByRole('link', { name: /^2 stars/ }).click();
  await expect(page.getByTestId('rating')).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Stars' }).selectOption('5');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByTestId('rating')).toHaveCount(2);
  await expect(page).toHaveURL(/stars=5/);
});
