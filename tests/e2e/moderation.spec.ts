import type { Page } from '@playwright/test';
import { demoAccount, expect, open, test } from './lib/test.ts';
import type { Shop } from './lib/market.ts';

const toast = (page: Page) => page.getByTestId('toast');
/** Everybody's tests share the queue: each looks at its own shop's entries. */
const reported = (page: Page, shop: Shop) => page.getByTestId('reported').filter({ hasText: shop.fullName });
const appealed = (page: Page, shop: Shop) => page.getByRole('main').getByTestId('appeal').filter({ hasText: shop.fullName });

test('reported, struck out, appealed, granted: the score is right at every step, and both sides read why', async ({
  page: seller,
  as,
  market,
  signIn,
}) => {
  const shop = await market.openShop();
  await market.rate(shop, [5, 5, 5]);
  const { id, buyer } = await market.rateAs(await market.register('Rater'), shop, 1, 'Half of the money back and it becomes five.');
  const scoreOf = async () => (await market.summary(shop.id)).sellerRating;
  expect(await scoreOf()).toBe(4);

  await signIn(shop);
  await open(seller, '/seller/ratings');
  await seller.locator(`#rating-${id}`).getByTestId('report-rating').click();
  await expect(seller.getByRole('main')).toContainText('Half of the money back');
  await seller.getByRole('radio', { name: 'Stars were traded for money or goods.' }).check();
  await seller.getByTestId('report-detail').fill('See the messages of the order.');
  await seller.getByTestId('send-report').click();
  await expect(toast(seller)).toContainText('Report sent.');
  expect(await scoreOf()).toBe(4); // until a moderator decides

  const admin = await as(demoAccount('admin'));
  await open(admin, '/admin/moderation');
  const item = reported(admin, shop);
  await expect(item).toContainText('See the messages of the order.');
  await expect(item).toContainText(buyer.fullName);
  await item.getByTestId('open-strike').click();
  // The reports decide nothing: rule and statement are the moderator's.
  const statement = item.getByTestId('strike-form').getByLabel('Statement of reasons');
  await expect(item.getByLabel('Rule that it breaks').first()).toHaveValue('');
  await expect(statement).toHaveValue('');
  await item.getByTestId('confirm-strike').click();
  await expect(item.getByTestId('error-summary')).toContainText('Please fix 2 fields:');
  await item.getByLabel('Rule that it breaks').first().selectOption('blackmail');
  await expect(statement).toHaveValue(''); // a template is inserted where it is asked for
  await item.getByTestId('insert-template').first().click();
  await expect(statement).toHaveValue(/^Messages show that/);
  await statement.fill('The messages ask for money in exchange for stars.');
  await item.getByTestId('confirm-strike').click();
  await expect(toast(admin)).toContainText('Rating struck out.');
  await expect(item).toHaveCount(0);
  expect(await market.summary(shop.id)).toMatchObject({ sellerRating: 5, totalRatings: 3 });

  await open(seller, `/sellers/${shop.id}`);
  await expect(seller.getByTestId('seller-badge').first()).toContainText('Rated 5.0 out of 5 from 3 ratings');
  await expect(seller.getByTestId('ratings')).not.toContainText('Half of the money back');
  await expect(seller.getByTestId('struck')).toContainText('Half of the money back');
  await expect(seller.getByTestId('struck')).toContainText('The messages ask for money in exchange for stars.');

  const rater = await as(buyer);
  await open(rater, '/decisions');
  const decision = rater.getByTestId('decision').first();
  await expect(decision).toContainText('The messages ask for money in exchange for stars.');
  await decision.getByTestId('open-appeal').click();
  await rater.getByTestId('appeal-text').fill('The money was for the broken handle, as agreed.');
  await rater.getByTestId('send-appeal').click();
  await expect(rater.getByTestId('appeal-status')).toContainText('Waiting for a moderator');
  await expect(rater.getByTestId('open-appeal')).toHaveCount(0);

  await open(admin, '/admin/moderation');
  await expect(appealed(admin, shop)).toContainText('This is about an appeal against your own decision.');
  await expect(appealed(admin, shop).getByTestId('grant-appeal')).toHaveCount(0);
  const colleague = await as(demoAccount('moderator'));
  await open(colleague, '/admin/moderation');
  const appeal = appealed(colleague, shop);
  await expect(appeal).toContainText('The money was for the broken handle, as agreed.');
  await appeal.getByLabel('Statement of reasons').fill('The refund was agreed before the rating was written.');
  await appeal.getByTestId('grant-appeal').click();
  await expect(toast(colleague)).toContainText('Appeal decided.');
  await expect(appeal).toHaveCount(0);
  expect(await market.summary(shop.id)).toMatchObject({ sellerRating: 4, totalRatings: 4 });

  await seller.reload();
  await expect(seller.getByTestId('struck')).toHaveCount(0);
  await expect(seller.getByTestId('ratings')).toContainText('Half of the money back');
  await rater.reload();
  await expect(rater.getByTestId('decision').first()).toContainText('Appeal granted: it counts again.');
  await expect(rater.getByTestId('decision').first()).toContainText('The refund was agreed before');
});

test('a seller appeals against a rating that stays: granting needs a rule; what was struck out can be put back', async ({
  page: seller,
  as,
  market,
  signIn,
}) => {
  const shop = await market.openShop();
  await market.rate(shop, [4, 4, 4]);
  const { id } = await market.rateAs(await market.register('Rater'), shop, 2, 'The shop next door was closed.');
  await market.rest.post(`/ratings/${id}/report`, { reason: 'other' }, { token: shop.token });
  const admin = await as(demoAccount('admin'));
  await open(admin, '/admin/moderation');
  await reported(admin, shop).getByTestId('open-dismiss').click();
  const kept = reported(admin, shop).getByTestId('dismiss-form').getByLabel('Statement of reasons');
  await expect(kept).toHaveValue('');
  await kept.fill('It describes the opening hours of the shop and breaks no rule.');
  await reported(admin, shop).getByTestId('confirm-dismiss').click();
  await expect(toast(admin)).toContainText('Rating kept.');
  expect(await market.summary(shop.id)).toMatchObject({ sellerRating: 3.5, totalRatings: 4 });

  await signIn(shop);
  await open(seller, '/decisions');
  await expect(seller.getByTestId('decision')).toContainText('Reports dismissed: it stays as it is.');
  await seller.getByTestId('open-appeal').click();
  await seller.getByTestId('appeal-text').fill('It is about another shop altogether.');
  await seller.getByTestId('send-appeal').click();
  await expect(seller.getByTestId('appeal-status')).toContainText('Waiting for a moderator');

  const colleague = await as(demoAccount('moderator'));
  await open(colleague, '/admin/moderation');
  const appeal = appealed(colleague, shop);
  await appeal.getByLabel('Statement of reasons').fill('It says nothing about this shop.');
  await appeal.getByTestId('grant-appeal').click();
  await expect(appeal.getByRole('alert')).toBeVisible();
  await expect(appeal.getByLabel('Rule that it breaks')).toHaveAttribute('aria-invalid', 'true');
  await expect(appeal.getByLabel('Statement of reasons')).toHaveValue('It says nothing about this shop.');
  expect((await market.summary(shop.id)).totalRatings).toBe(4);
  await appeal.getByLabel('Rule that it breaks').selectOption('not-about-purchase');
  await appeal.getByTestId('grant-appeal').click();
  await expect(toast(colleague)).toContainText('Appeal decided.');
  expect(await market.summary(shop.id)).toMatchObject({ sellerRating: 4, totalRatings: 3 });
  await seller.reload();
  await expect(seller.getByTestId('decision').first()).toContainText('Appeal granted: it no longer counts.');

  const struck = colleague.locator('.struck').filter({ hasText: shop.fullName });
  await struck.getByTestId('open-restore').click();
  await struck.getByLabel('Statement of reasons').fill('We looked at it again: it breaks no rule.');
  await struck.getByTestId('confirm-restore').click();
  await expect(toast(colleague)).toContainText('Rating restored.');
  expect(await market.summary(shop.id)).toMatchObject({ sellerRating: 3.5, totalRatings: 4 });
});

test('a person reports once; the report keeps what was typed', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  const [given] = await market.rate(shop, [1], 'Came late.');
  await signIn(await market.register('Reader'));
  await open(page, `/sellers/${shop.id}`);
  for (const answer of ['Report sent.', 'You already reported this rating.']) {
    await page.goto(`/ratings/${given!.id}/report?seller=${shop.id}`);
    await page.getByRole('radio', { name: 'It gives away personal data.' }).check();
    await page.getByTestId('report-detail').fill('The street.');
    await page.getByTestId('send-report').click();
    await expect(page.getByText(answer)).toBeVisible();
  }
  await expect(page.getByTestId('report-detail')).toHaveValue('The street.');
  await expect(page.getByRole('radio', { name: 'It gives away personal data.' })).toBeChecked();
});
