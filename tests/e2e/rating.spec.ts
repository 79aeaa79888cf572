import type { Page } from '@playwright/test';
import { expect, hydrated, test } from './lib/test.ts';

const toast = (page: Page) => page.getByTestId('toast');

test('a buyer rates, edits, withdraws and puts back; the badge is right at every step', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  await market.rate(shop, [5, 4]);
  const buyer = await market.register('Buyer');
  const order = await market.buy(buyer, shop);
  await signIn(buyer);

  const badge = page.getByTestId('seller-badge').first();
  const expectBadge = async (text: string) => {
    await page.goto(`/sellers/${shop.id}`);
    await expect(badge).toContainText(text);
  };
  await expectBadge('New Seller');

  await page.getByTestId('rate-seller').click();
  await expect(page).toHaveURL(`/orders/${order}/rate`);
  await hydrated(page);
  await page.getByRole('radio', { name: /^3 stars/ }).check();
  await expect(page.getByText('The badge goes from New Seller to 4.0.')).toBeVisible();
  await page.getByLabel('Comment').fill('Arrived chipped, <b>but</b> they answered at once.');
  await page.getByTestId('submit-rating').click();
  await expect(toast(page)).toContainText('now has 3 ratings');
  await expect(page).toHaveURL(new RegExp(String.raw`/sellers/${shop.id}\?thanks=1#rating-`));
  await expect(badge).toContainText('Rated 4.0 out of 5 from 3 ratings, 67 percent positive.');
  const own = page.getByTestId('rating').filter({ hasText: 'You' });
  await expect(own).toContainText('<b>but</b>'); // as text
  await expect(own).toContainText('Test purchase'); // the provider moves no money here
  await expect(own).not.toContainText('Edited');
  expect(await market.summary(shop.id)).toMatchObject({ sellerRating: 4, totalRatings: 3, positiveRatings: 2 });

  await own.getByRole('link', { name: 'Change' }).click();
  await page.getByTestId('edit-rating').click();
  await hydrated(page);
  await page.getByRole('radio', { name: /^5 stars/ }).check();
  await expect(page.getByText('3 → 5 stars moves the score from 4.000 (3 ratings) to 4.667 (3 ratings).')).toBeVisible();
  await page.getByTestId('save-rating').click();
  await expect(toast(page)).toContainText('Rating changed.');
  await expect(page.getByTestId('rating')).toContainText('Edited');
  await expectBadge('Rated 4.6 out of 5 from 3 ratings, 100 percent positive.');
  await page
    .getByTestId('rating')
    .filter({ hasText: 'You' })
    .getByRole('link', { name: /Edited/ })
    .click();
  await expect(page.getByRole('main').getByRole('img', { name: '3 out of 5 stars' })).toBeVisible();

  await page.goto('/ratings');
  await hydrated(page);
  await page.getByTestId('withdraw-rating').click();
  await expect(page.getByTestId('rating')).toHaveCount(0);
  await expect(toast(page)).toContainText('Rating withdrawn.');
  expect(await market.summary(shop.id)).toMatchObject({ totalRatings: 2, isNewSeller: true });
  await toast(page).getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page)).toContainText('Rating restored.');
  await expect(page.getByTestId('rating')).toContainText('Arrived chipped');
  expect(await market.summary(shop.id)).toMatchObject({ sellerRating: 4.67, totalRatings: 3, positivePercent: 100 });

  // The way back does not leave with the toast.
  await page.getByTestId('withdraw-rating').click();
  await expect(toast(page)).toContainText('Rating withdrawn.');
  await page.goto('/ratings');
  await hydrated(page);
  await expect(page.getByTestId('withdrawn')).toContainText(shop.fullName);
  await expect(page.getByTestId('withdrawn')).toContainText('Arrived chipped');
  await page.getByTestId('put-back').click();
  await expect(page.getByTestId('rating')).toContainText('Arrived chipped');
  await expect(page.getByTestId('withdrawn')).toHaveCount(0);
  expect(await market.summary(shop.id)).toMatchObject({ sellerRating: 4.67, totalRatings: 3 });
});

test('the question after a rating stands beside it, in sight', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  const buyer = await market.register('Buyer');
  const order = await market.buy(buyer, shop);
  await signIn(buyer);
  await page.goto(`/orders/${order}/rate`);
  await hydrated(page);
  await page.getByRole('radio', { name: /^4 stars/ }).check();
  await page.getByTestId('submit-rating').click();
  await expect(toast(page)).toContainText('Thank you.');
  await expect(page.getByTestId('feedback-form')).toBeInViewport({ ratio: 1 });
});

test('contact details in a comment are warned about while it is typed', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  const buyer = await market.register('Buyer');
  const order = await market.buy(buyer, shop);
  await signIn(buyer);
  await page.goto(`/orders/${order}/rate`);
  await hydrated(page);
  await page.getByLabel('Comment').fill('mail me at nora@x.example');
  await expect(page.getByTestId('contact-warning')).toContainText('This looks like an e-mail address.');
  await page.getByLabel('Comment').fill('Arrived on 29.11.2026.');
  await expect(page.getByTestId('contact-warning')).toBeEmpty();
});

test('after a second purchase a new rating takes the place of the first; the history keeps both', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  await market.rate(shop, [5, 5]);
  const { id, buyer } = await market.rateAs(await market.register('Buyer'), shop, 2, 'The first one leaked.');
  expect(await market.summary(shop.id)).toMatchObject({ sellerRating: 4, totalRatings: 3 });
  const order = await market.buy(buyer, shop);
  await signIn(buyer);
  await page.goto(`/orders/${order}`);
  await page.getByTestId('rate-order').or(page.getByTestId('rate-again')).click();
  await hydrated(page);
  await expect(page.getByRole('main')).toContainText('new rating replaces the earlier one');
  await page.getByRole('radio', { name: /^5 stars/ }).check();
  await page.getByLabel('Comment').fill('The second one holds water.');
  await page.getByTestId('submit-rating').click();
  await expect(toast(page)).toContainText('3 ratings');
  expect(await market.summary(shop.id)).toMatchObject({ sellerRating: 5, totalRatings: 3 });
  const ratings = page.getByTestId('rating');
  await expect(ratings.filter({ hasText: 'The second one holds water.' })).toHaveCount(1);
  await expect(ratings.filter({ hasText: 'The first one leaked.' })).toHaveCount(0);
  await page.goto(`/ratings/${id}/history`);
  await expect(page.getByRole('main')).toContainText('Rated again after a new purchase');
  await expect(page.getByRole('main').getByRole('img', { name: '2 out of 5 stars' })).toBeVisible();
});

test('stars are chosen with the keyboard and named for screen readers', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  const buyer = await market.register('Buyer');
  const order = await market.buy(buyer, shop);
  await signIn(buyer);
  await page.goto(`/orders/${order}/rate`);
  await hydrated(page);
  const group = page.getByRole('group', { name: `Your stars for ${shop.fullName}` });
  await expect(group.getByRole('radio')).toHaveCount(5);
  await group.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await expect(group.getByRole('radio', { name: '4 stars: good' })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Comment')).toBeFocused();
  await page.keyboard.type('By keyboard alone.');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('submit-rating')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('rating')).toContainText('By keyboard alone.');
  expect((await market.summary(shop.id)).histogram).toEqual({ 1: 0, 2: 0, 3: 0, 4: 1, 5: 0 });
});

test('a withdrawal that the server refuses comes back into the list', async ({ page, market, signIn, complaints }) => {
  const shop = await market.openShop();
  const buyer = await market.register('Buyer');
  await market.buy(buyer, shop);
  await market.rest.post('/ratings', { sellerId: shop.id, rating: 2, comment: 'Stays.' }, { token: buyer.token });
  await signIn(buyer);
  await page.goto('/ratings');
  await hydrated(page);
  await page.route('**/ratings?/withdraw', (route) => route.abort());
  await page.getByTestId('withdraw-rating').click();
  await expect(page.getByRole('alert').or(page.getByRole('heading', { level: 1 }))).toBeVisible();
  await page.unroute('**/ratings?/withdraw');
  await page.goto('/ratings');
  await expect(page.getByTestId('rating')).toContainText('Stays.');
  complaints.length = 0; // the request that was cut off
});

test('refusals say why: no purchase, own store, rated already', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  const buyer = await market.register('Buyer');
  const order = await market.buy(buyer, shop);
  await market.rest.post('/ratings', { sellerId: shop.id, rating: 5 }, { token: buyer.token });
  await signIn(buyer);
  await page.goto(`/orders/${order}/rate`);
  await expect(page.getByTestId('rating-form')).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText('You already rated this seller');
  await page.goto(`/sellers/${shop.id}`);
  await expect(page.getByTestId('rate-seller')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Change your rating' })).toBeVisible();
});

test('“Helpful” counts at once, once a person, and can be taken back', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  await market.rate(shop, [4], 'Well packed.');
  await signIn(await market.registerProved('Reader'));
  await page.goto(`/sellers/${shop.id}`);
  await hydrated(page);
  const rating = page.getByTestId('rating');
  await rating.getByRole('button', { name: 'Helpful' }).click();
  await expect(rating).toContainText('1 person found this helpful');
  await expect(rating.getByRole('button', { name: 'Helpful' })).toHaveAttribute('aria-pressed', 'true');
  await rating.getByRole('button', { name: 'Helpful' }).click();
  await expect(rating).not.toContainText('found this helpful');
});

test('an edit starts from the comment as it is, also when the pen was quicker than the scripts', async ({
  page,
  context,
  market,
  signIn,
}) => {
  const shop = await market.openShop();
  const buyer = await market.register('Early');
  const order = await market.buy(buyer, shop);
  const rated = await market.rest.post(
    '/ratings',
    { sellerId: shop.id, rating: 4, comment: 'As it was.', orderId: order },
    { token: buyer.token },
  );
  await signIn(buyer);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await context.route('**/_app/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/ratings?edit=${rated.body.id}`, { waitUntil: 'commit' });
  await expect(page.getByLabel('Comment')).toHaveValue('As it was.');
  await page.getByLabel('Comment').fill('As it was, and more.');
  release();
  await hydrated(page);
  await expect(page.getByLabel('Comment')).toHaveValue('As it was, and more.');
});
