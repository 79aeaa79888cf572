import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, hydrated, open, test } from './lib/test.ts';

const total = 'search-total';

test.describe('finding listings', () => {
  test('by words and filters; each choice is in the address, and can be taken back', async ({ page, market }) => {
    const shop = await market.openShop('Finder');
    const word = `zeugma${Date.now().toString(36)}`;
    const list = (title: string, price: string, more: object = {}) =>
      market.rest.post(
        '/listings',
        { title, price, currency: 'EUR', category: 'lamps/desk-lamps', publish: true, ...more },
        { token: shop.token },
      );
    await list(`Lamp ${word}`, '50.00');
    await list(`Shade ${word}`, '12.00', { category: 'lamps/shades', escrowEnabled: true });
    await list(`Coin ${word}`, '0.5', { currency: 'ETH', category: 'other' });

    await open(page, '/');
    await page.getByRole('searchbox', { name: 'Search listings and sellers' }).fill(word.slice(0, -1));
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
    await expect(page).toHaveURL(/\/listings\?q=/);
    await expect(page.getByTestId(total)).toHaveText('3 listings');
    await hydrated(page);

    await page.getByTestId('search-currency').selectOption('EUR');
    await expect(page.getByTestId(total)).toHaveText('2 listings');
    await page.getByTestId('search-sort').selectOption('price-asc');
    await expect(page.getByTestId('found-listings').getByRole('link')).toHaveText([`Shade ${word}`, `Lamp ${word}`]);
    await page.getByTestId('search-priceMin').fill('20');
    await page.getByTestId('search-priceMin').press('Enter');
    await expect(page.getByTestId(total)).toHaveText('1 listing');
    await expect(page).toHaveURL(/currency=EUR&priceMin=20&sort=price-asc$/);
    await page.getByTestId('search-chip').filter({ hasText: 'From' }).click();
    await expect(page.getByTestId(total)).toHaveText('2 listings');
    await expect(page.getByTestId('search-priceMin')).toHaveValue('');
    // No filter promises an escrow that does not exist yet; an address that names it still narrows the list.
    await open(page, `${new URL(page.url()).pathname}${new URL(page.url()).search}&escrow=true`);
    await expect(page.getByTestId(total)).toHaveText('1 listing');

    await page.getByTestId('search-tabs').getByRole('link', { name: 'Sellers' }).click();
    await expect(page).toHaveURL(/\/\?q=zeugma/);
    await page.getByTestId('search-tabs').getByRole('link', { name: 'Listings' }).click();
    await expect(page.getByTestId(total)).toHaveText('3 listings');
    await page
      .getByRole('navigation', { name: 'Categories' })
      .getByRole('link', { name: /^Lamps 2/ })
      .click();
    await expect(page.getByTestId(total)).toHaveText('2 listings');
    await expect(page.getByRole('navigation', { name: 'Within Lamps' }).getByRole('link')).toHaveText([/^Desk lamps 1/, /^Shades 1/]);
  });

  test('both kinds of results are counted in the category that is chosen', async ({ page, market }) => {
    const word = `twokinds${Date.now().toString(36)}`;
    for (const category of ['lamps/shades', 'lamps/desk-lamps', 'other']) {
      const { token } = await market.register('Finder', `${word} ${category.replace('/', ' ')}`);
      await market.rest.post('/listings', { title: word, price: '1.00', currency: 'EUR', category, publish: true }, { token });
    }
    const counts = page.getByTestId('search-tabs').getByRole('link');
    for (const path of [`/listings?q=${word}`, `/?q=${word}`]) {
      await page.goto(path);
      await expect(counts, path).toHaveText(['Listings 3', 'Sellers 3']);
      await page.goto(`${path}&category=lamps`);
      await expect(counts, path).toHaveText(['Listings 2', 'Sellers 2']);
    }
    await page.goto(`/listings?q=${word}&category=lamps`);
    await expect(page.getByTestId('found-sellers').getByRole('heading')).toHaveCount(2);
    await counts.last().click();
    await expect(page).toHaveURL(/\/\?q=twokinds/);
    await expect(page.getByTestId('sellers').getByRole('heading')).toHaveCount(2);
  });

  test('the list goes on, and is as long as it was for who comes back', async ({ page, market }) => {
    const shop = await market.openShop('Long');
    const word = `longlist${Date.now().toString(36)}`;
    for (let i = 0; i < 30; i++)
      await market.rest.post('/listings', { title: `${word} ${i}`, price: '1.00', currency: 'EUR', publish: true }, { token: shop.token });
    await open(page, `/listings?q=${word}&sort=newest`);
    const titles = () => page.getByTestId('found-listings').getByRole('link').allTextContents();
    expect(await titles()).toHaveLength(24);
    await page.getByRole('link', { name: 'Load more listings' }).click();
    await expect.poll(async () => (await titles()).length).toBe(30);
    expect(new Set(await titles()).size).toBe(30);
    const last = page.getByRole('link', { name: `${word} 0`, exact: true });
    await last.click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${word} 0`);
    await page.goBack();
    await expect.poll(async () => (await titles()).length).toBe(30);
    await expect(last).toBeInViewport();
  });

  test('what cannot be asked is said at its field; what is not there, with a way on', async ({ page }) => {
    await open(page, '/listings?q=bowl&priceMax=3,5'); // in the usual currency, with a comma
    await expect(page.getByTestId('search-currency')).toHaveValue('GBP'); // of a browser in en-GB
    await expect(page.getByTestId('search-priceMax')).not.toHaveAttribute('aria-invalid');
    await open(page, '/listings?q=bowl&priceMax=much');
    await expect(page.getByRole('main')).toContainText('Enter a price such as 12.50.');
    await expect(page.getByTestId('search-priceMax')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByTestId(total)).toHaveText(/listing/);
    await open(page, '/listings?q=quillon'); // sellers are found by their names
    await expect(page.getByTestId('found-sellers')).toContainText('Quillon Pottery');
    await expect(page.getByTestId('search-tabs').getByRole('link')).toHaveText([/^Listings \d/, /^Sellers 1$/]);
    await open(page, '/listings?q=nobodyhasthis&category=lamps');
    await expect(page.getByRole('main')).toContainText('No results');
    await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex, follow');
    await open(page, '/listings?category=lamps');
    await expect(page.locator('meta[name=robots]')).toHaveCount(0);
    await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', /\/listings\?category=lamps$/);
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('searching, narrowing and going on are forms and links', async ({ page }) => {
    await page.goto('/listings');
    await page.getByTestId('search-words').fill('watch');
    await page.getByTestId('search-currency').selectOption('EUR');
    await page.getByTestId('search-priceMin').fill('200');
    await page.getByTestId('search-submit').click();
    await expect(page.getByTestId(total)).toHaveText('1 listing');
    await expect(page.getByTestId('found-listings')).toContainText('Hand-wound field watch');
    await page.getByTestId('search-chip').first().click();
    await expect(page.getByTestId('search-words')).toHaveValue('watch');
  });

  test('a file of listings is looked at, then taken', async ({ page, market, signIn }, info) => {
    const shop = await market.openShop('Files');
    await signIn(shop);
    const file = info.outputPath('listings.csv');
    writeFileSync(
      file,
      'title,price,currency,category,status\nOak stool,120.00,EUR,other/furniture,active\nBroken,1.234,EUR,other,draft\n',
    );
    await page.goto('/seller/listings/import');
    await page.getByTestId('import-file').setInputFiles(file);
    await page.getByTestId('import-check').click();
    await expect(page.getByTestId('import-row')).toContainText(['The price has more decimals than the currency.', 'new']);
    await page.getByTestId('import-take').click();
    await expect(page.getByTestId('import-done')).toContainText('1 new listing, 0 changed ones');
  });
});

test('a file of Shopify is shown as it would be stored, then taken once', async ({ page, market, signIn }) => {
  const shop = await market.openShop('Moves');
  await signIn(shop);
  await open(page, '/seller/listings/import');
  await expect(page.getByTestId('sell-ratings')).toBeVisible();
  const file = path.join(import.meta.dirname, '..', 'files', 'listings', 'shopify.csv');
  await page.getByTestId('import-file').setInputFiles(file);
  await page.getByTestId('import-check').click();
  await expect(page.getByTestId('import-notes')).toContainText('Read as a file of Shopify.');
  await expect(page.getByTestId('import-sample').first()).toContainText('Ash glaze & salt');
  await page.getByTestId('import-take').click();
  await expect(page.getByTestId('import-done')).toContainText('2 new listings');
  await page.getByTestId('import-file').setInputFiles(file);
  await page.getByTestId('import-check').click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('You imported this file before.');
});

test('an export that comes back changes nothing; a changed line changes its listing', async ({ page, market, signIn }, info) => {
  const shop = await market.openShop('Round');
  await signIn(shop);
  await open(page, '/seller/listings/import');
  const download = page.waitForEvent('download');
  await page.getByTestId('export-listings').click();
  const file = info.outputPath('mine.csv');
  await (await download).saveAs(file);
  await page.getByTestId('import-file').setInputFiles(file);
  await page.getByTestId('import-check').click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('there is nothing to do');
  const csv = await page.request.get('/api/v1/listings/mine.csv').then((answer) => answer.text());
  writeFileSync(file, csv.replace('12.50', '13.75'));
  await page.getByTestId('import-file').setInputFiles(file);
  await page.getByTestId('import-check').click();
  await expect(page.getByTestId('import-row')).toContainText('price');
  await page.getByTestId('import-take').click();
  await expect(page.getByTestId('import-done')).toContainText('0 new listings, 1 changed one');
  await page.goto(`/listings/${shop.listingId}`);
  await expect(page.getByRole('main')).toContainText('€\u00a013.75');
});
