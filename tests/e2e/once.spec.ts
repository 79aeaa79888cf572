import type { Page } from '@playwright/test';
import { expect, hydrated, open, test } from './lib/test.ts';
import type { Account, Market } from './lib/market.ts';

const ORDER = /\/orders\/\d+$/;
const buy = (page: Page) => page.getByTestId('place-order');
const isOrder = (url: URL) => url.search === '?/order';

async function ordersOf(market: Market, { token }: Account): Promise<number> {
  const { body } = await market.rest.get('/orders?as=buyer', { token });
  return (body as { items: unknown[] }).items.length;
}

test('a double click buys once, and the button is busy meanwhile', async ({ page, market, signIn }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  await signIn(buyer);
  await open(page, `/listings/${shop.listingId}`);
  const slow = Promise.withResolvers<void>();
  let sent = 0;
  await page.route(isOrder, async (route) => {
    sent++;
    await slow.promise;
    await route.continue();
  });
  await buy(page).dblclick();
  await expect(buy(page)).toHaveAttribute('aria-busy', 'true');
  await buy(page).press('Enter');
  slow.resolve();
  await expect(page).toHaveURL(ORDER);
  expect(sent).toBe(1);
  expect(await ordersOf(market, buyer)).toBe(1);
});

test('Back and buying again leads to the same order; a new visit places another one', async ({ page, market, signIn }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  await signIn(buyer);
  await open(page, `/sellers/${shop.id}`);
  const listing = page.getByRole('link', { name: shop.title });
  await listing.click();
  await buy(page).click();
  await expect(page).toHaveURL(ORDER);
  const first = page.url();
  await page.goBack();
  await buy(page).click();
  await expect(page).toHaveURL(first);
  expect(await ordersOf(market, buyer)).toBe(1);

  await open(page, `/sellers/${shop.id}`);
  await listing.click();
  await buy(page).click();
  await expect(page).toHaveURL(ORDER);
  expect(page.url()).not.toBe(first);
  expect(await ordersOf(market, buyer)).toBe(2);
});

test('an answer that is lost costs no second order: not by trying again, not after loading the page again', async ({ browser, market }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const context = await browser.newContext(); // nothing listens to its console: a broken connection is what this is about
  await context.request.post('/api/v1/auth/login', { data: { email: buyer.email, password: buyer.password } });
  const page = await context.newPage();
  let losing = true;
  await page.route(isOrder, async (route) => {
    if (!losing) return route.continue();
    await route.fetch({ maxRedirects: 0 });
    await route.abort();
  });
  const lose = async () => {
    losing = true;
    await buy(page).click();
    await expect(page.getByRole('alert')).toContainText('We got no answer.');
    losing = false;
  };

  await open(page, `/listings/${shop.listingId}`);
  await lose();
  expect(await ordersOf(market, buyer)).toBe(1);
  await buy(page).click();
  await expect(page).toHaveURL(ORDER);
  expect(await ordersOf(market, buyer)).toBe(1);

  await open(page, `/listings/${shop.listingId}`);
  await lose();
  await page.reload();
  await hydrated(page);
  await buy(page).click();
  await expect(page).toHaveURL(ORDER);
  expect(await ordersOf(market, buyer)).toBe(2); // one for each visit
  await context.close();
});

test('a question stays open while its answer is lost, and says so; a refusal is shown where it closes', async ({ browser, market }) => {
  const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
  const { body } = await market.rest.post('/orders', { listingId: shop.listingId }, { token: buyer.token });
  const { id } = body as { id: number };
  const context = await browser.newContext(); // as above
  await context.request.post('/api/v1/auth/login', { data: { email: buyer.email, password: buyer.password } });
  const page = await context.newPage();
  await page.routeWebSocket('**/api/live', () => {}); // or else the page hears that the order has moved, and closes the question
  let losing = true;
  await page.route(
    ({ search }) => search === '?/move',
    (route) => (losing ? route.abort() : route.continue()),
  );
  await open(page, `/orders/${id}`);
  await page.getByTestId('ask-cancel').click();
  const dialog = page.getByRole('dialog', { name: 'Cancel this order?' });
  await dialog.getByTestId('move-cancel').click();
  await expect(dialog.getByRole('alert')).toContainText('We got no answer.');
  losing = false;
  await market.rest.post(`/orders/${id}/pay`, undefined, { token: buyer.token });
  await market.rest.post(`/orders/${id}/ship`, undefined, { token: shop.token }); // an order that is shipped cannot be cancelled
  await dialog.getByTestId('move-cancel').click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('main').getByRole('alert')).toBeFocused();
  await context.close();
});

test('a refused form that is corrected is sent, and one that is sent again after it was done is sent anew', async ({
  page,
  market,
  signIn,
}) => {
  const shop = await market.openShop();
  await signIn(shop);
  await open(page, '/seller/profile');
  const save = async (name: string, website: string) => {
    await page.getByTestId('display-name').fill(name);
    await page.getByTestId('website').fill(website);
    await page.getByTestId('save-profile').click();
  };
  await save('First', 'not an address');
  await expect(page.getByTestId('error-summary').getByText('A website is an address that begins with https://.')).toBeVisible();
  for (const name of ['First', 'Second', 'First']) {
    await save(name, 'https://shop.example/');
    await expect(page.getByTestId('toast')).toContainText('Profile saved.');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.reload();
    await hydrated(page);
    await expect(page.getByTestId('display-name')).toHaveValue(name);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a double submission, and Back and buying again, place one order', async ({ page, context, baseURL, market, signIn }) => {
    const [shop, buyer] = [await market.openShop(), await market.register('Buyer')];
    await signIn(buyer);
    await page.goto(`/listings/${shop.listingId}`);
    const fields = page.locator('form', { has: buy(page) }).locator('input');
    const form: Record<string, string> = {};
    for (const field of await fields.all()) form[(await field.getAttribute('name'))!] = await field.inputValue();
    const submit = () =>
      context.request.post(`/listings/${shop.listingId}?/order`, {
        form,
        headers: { origin: baseURL!, accept: 'text/html' },
        maxRedirects: 0,
      });
    const [one, other] = await Promise.all([submit(), submit()]); // at the same moment
    expect([one.status(), other.status()]).toEqual([303, 303]);
    expect(one.headers().location).toMatch(ORDER);
    expect(other.headers().location).toBe(one.headers().location);
    expect(await ordersOf(market, buyer)).toBe(1);

    await page.goto(`/listings/${shop.listingId}`);
    await buy(page).dblclick();
    await expect(page).toHaveURL(ORDER);
    const second = page.url();
    expect(await ordersOf(market, buyer)).toBe(2);
    await page.goBack();
    await buy(page).click();
    await expect(page).toHaveURL(second);
    expect(await ordersOf(market, buyer)).toBe(2);
  });
});
