import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, hydrated, open, test } from './lib/test.ts';

const ratings = (page: Page) => page.getByTestId('received').getByTestId('rating');

test('a reply is public, its change and that of the rating too, and no score moves', async ({ page, as, market, signIn }) => {
  const shop = await market.openShop();
  const [first] = await market.rate(shop, [2, 5, 5], 'The foot scratched my table.');
  const before = await market.summary(shop.id);
  await signIn(shop);
  await open(page, '/seller/ratings');
  await expect(page.getByTestId('unanswered')).toHaveText('3 awaiting reply');
  const rating = page.locator(`#rating-${first!.id}`);
  await rating.getByTestId('open-reply').click();
  await page.getByTestId('reply-text').fill('All new bowls have a <i>ground</i> foot.');
  await page.getByTestId('publish-reply').click();
  await expect(page.getByTestId('toast')).toContainText('Reply published.');
  await expect(rating.getByTestId('reply')).toContainText('a <i>ground</i> foot.'); // as text
  await expect(rating.getByTestId('reply')).not.toContainText('edited');
  await expect(page.getByTestId('unanswered')).toHaveText('2 awaiting reply');

  await rating.getByTestId('open-reply').click();
  await expect(page.getByTestId('reply-text')).toHaveValue('All new bowls have a <i>ground</i> foot.');
  await page.getByTestId('reply-text').fill('Felt pads are on their way.');
  await page.getByTestId('publish-reply').click();
  await expect(rating.getByTestId('reply')).toContainText('Felt pads are on their way.');

  const reader = await as(first!.buyer);
  await reader.goto(`/sellers/${shop.id}`);
  const reply = reader.locator(`#rating-${first!.id}`).getByTestId('reply');
  await expect(reply).toContainText(shop.fullName);
  await expect(reply).toContainText('edited');
  await expect(reply).toContainText('Felt pads are on their way.');
  await expect(reply).not.toContainText('ground');
  expect(await market.summary(shop.id)).toEqual(before);

  await market.rest.patch(`/ratings/${first!.id}`, { rating: 4, comment: 'With the pads it is fine.' }, { token: first!.buyer.token });
  await reader.reload();
  await expect(reply).toContainText('replied to an earlier version');
});

test('what the API refuses stays in the reply form', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  const [given] = await market.rate(shop, [3], 'Fine.');
  await signIn(shop);
  await open(page, `/seller/ratings?reply=${given!.id}`);
  await page.getByTestId('reply-text').evaluate((area) => area.removeAttribute('required'));
  await page.getByTestId('reply-text').fill('   ');
  await page.getByTestId('publish-reply').click();
  await expect(page.getByTestId('reply-form').getByRole('alert')).toBeVisible();
  await expect(page.getByTestId('reply-text')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByTestId('reply-text')).toHaveValue('   ');
});

test('ratings are found by words, stars, and what waits for a reply', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  await market.rate(shop, [5, 4], 'The Glaze is deeper than in the photographs.');
  await market.rate(shop, [2], 'It arrived late.');
  await market.rate(shop, [5]);
  await signIn(shop);
  await open(page, '/seller/ratings');
  await expect(ratings(page)).toHaveCount(4);

  await page.getByTestId('search-received').fill('glaze');
  await page.keyboard.press('Enter');
  await expect(ratings(page)).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Stars' }).selectOption('4');
  await expect(ratings(page)).toHaveCount(1);
  await expect(page).toHaveURL(/q=glaze.*stars=4|stars=4.*q=glaze/);
  await page.getByTestId('search-received').fill('100%_');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No results')).toBeVisible();
  await page.getByRole('link', { name: 'All ratings' }).click();
  await expect(ratings(page)).toHaveCount(4);
  await expect(page.getByTestId('search-received')).toHaveValue('');

  await page.getByLabel('Awaiting reply').check();
  await expect(ratings(page)).toHaveCount(3); // sellers need not answer stars without words
  await page.getByRole('link', { name: /^2 stars/ }).click();
  await expect(ratings(page)).toHaveCount(1);
  await expect(ratings(page)).toContainText('It arrived late.');
  await page.reload();
  await expect(ratings(page)).toHaveCount(1);
});

test('a rating appears on the open page, and all numbers move; what is being typed stays', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  const [given] = await market.rate(shop, [5, 5, 4], 'Level and well packed.');
  await signIn(shop);
  await open(page, `/seller/ratings?reply=${given!.id}`);
  await expect(page.getByTestId('live')).toHaveText('Live');
  await expect(page.getByTestId('seller-badge')).toContainText('Rated 4.6 out of 5 from 3 ratings');
  await page.getByTestId('reply-text').fill('Half of a sent');
  await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));

  const { id, buyer } = await market.rateAs(await market.register('Live'), shop, 1, 'Came broken.');
  await expect(page.locator(`#rating-${id}`)).toContainText('Came broken.');
  await expect(page.getByTestId('seller-badge')).toContainText('Rated 3.7 out of 5 from 4 ratings, 75 percent positive.');
  await expect(page.getByTestId('sell-ratings')).toContainText('4');
  await expect(page.getByRole('link', { name: /^1 star: 1 rating, 25.%/ })).toBeVisible();
  await expect(page.getByTestId('score-events').getByRole('listitem').first()).toContainText('4.6667 → 3.7500 · 3 → 4');

  await market.rest.patch(`/ratings/${id}`, { rating: 5, comment: 'They sent another one.' }, { token: buyer.token });
  await expect(page.locator(`#rating-${id}`)).toContainText('They sent another one.');
  await expect(page.getByTestId('score-events').getByRole('listitem').first()).toContainText('1 → 5 stars');
  await expect(page.getByTestId('reply-text')).toHaveValue('Half of a sent');
  expect(await page.evaluate(() => 'sameDocument' in globalThis)).toBe(true);
});

test('after a lost connection the page says so, and catches up', async ({ page, context, market, signIn }) => {
  const shop = await market.openShop();
  await market.rate(shop, [5]);
  await signIn(shop);
  const sockets: { close(): Promise<void> }[] = [];
  await page.routeWebSocket('**/api/live', (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await open(page, '/seller/ratings');
  await expect(page.getByTestId('live')).toHaveText('Live');
  await context.setOffline(true);
  await sockets.at(-1)!.close();
  await expect(page.getByTestId('live')).toHaveText('Reconnecting…');
  await market.rate(shop, [4], 'While the page was closed.');
  await context.setOffline(false);
  await expect(ratings(page).filter({ hasText: 'While the page was closed.' })).toBeVisible();
  await expect(page.getByTestId('live')).toHaveText('Live');
});

test('the ratings come as CSV, formulas as text', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  const [given] = await market.rate(shop, [3], '=1+1 is what "two" means');
  await market.rate(shop, [5]);
  await signIn(shop);
  await open(page, '/seller/ratings');
  const download = page.waitForEvent('download');
  await page.getByTestId('export-csv').click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain('id,given_at,changed_at,stars,comment');
  expect(lines[2]).toContain(`${given!.id},`);
  expect(lines[2]).toContain(`"'=1+1 is what ""two"" means"`);
});

test('windows switch in place; one that is no window counts as not chosen', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  await market.rate(shop, [5, 4, 3]);
  await signIn(shop);
  await open(page, '/seller/ratings?window=7');
  const windows = page.getByTestId('windows');
  const chosen = windows.locator('[aria-current]');
  await expect(chosen).toHaveText('365 days');
  for (const [name, shown] of [
    ['30 days', '30 days: 3 ratings'],
    ['Lifetime', 'Lifetime: 3 ratings'],
  ] as const) {
    await windows.getByRole('link', { name, exact: true }).click();
    await expect(chosen).toHaveText(name);
    await expect(page.getByRole('heading', { name: shown })).toBeVisible();
  }
  await expect(page).toHaveURL(/window=lifetime/);
  const lifetime = page.getByRole('row', { name: /^Lifetime/ });
  await expect(lifetime).toContainText('4.00');
  await expect(lifetime).toContainText('67\u00a0%');
});

test('under 3 ratings there is no score, no trend and no window', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  await signIn(shop);
  await page.goto('/seller/ratings');
  await expect(page.getByText('No ratings yet')).toBeVisible();
  await market.rate(shop, [1, 1]);
  await page.reload();
  await hydrated(page);
  await expect(page.getByTestId('seller-badge')).toContainText('New Seller, 2 ratings so far.');
  await expect(page.getByRole('heading', { name: 'Trend' })).toHaveCount(0);
  await expect(page.getByRole('main')).not.toContainText('1.0');
  await page.goto(`/sellers/${shop.id}/score`);
  await expect(page.getByRole('heading', { name: 'Periods', exact: true })).toHaveCount(0);
});
