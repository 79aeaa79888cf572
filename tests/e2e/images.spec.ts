import { picture, rawPng } from '@assay/testing/pictures';
import type { Request } from '@playwright/test';
import { expectSound } from './lib/sound.ts';
import { expect, open, test } from './lib/test.ts';

const file = (name: string, buffer: Buffer, mimeType = 'image/jpeg') => ({ name, mimeType, buffer });

test('pictures of a listing: several at once, with progress, words, an order, and errors that say what to do', async ({
  page,
  market,
  signIn,
}) => {
  const shop = await market.openShop();
  await signIn(shop);
  await open(page, `/seller/listings/${shop.listingId}/edit`);
  const items = page.getByTestId('image-item');
  const order = () =>
    items.evaluateAll((rows) => rows.map((row) => row.querySelector('input[name=alt]')?.getAttribute('id') && row.dataset.image));

  // The line is held until it was seen that the files are on their way; then the third overtakes the first, and a refusal comes last.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const sent: Request[] = [];
  const taken = (place: number) => page.waitForResponse((answer) => answer.request() === sent[place - 1]);
  const [third, last] = [taken(3), taken(5)];
  await page.route('**/api/v1/images?**', async (route) => {
    const place = sent.push(route.request());
    await held;
    if (place === 1) await third;
    if (place === 4) await last;
    await route.continue();
  });
  const [front, back, foot] = [await picture(900, 700, 'jpeg', 1), await picture(300, 400, 'png', 2), await picture(500, 500, 'webp', 3)];
  await page
    .getByTestId('product-images')
    .setInputFiles([
      file('front.jpg', front),
      file('back.png', back, 'image/png'),
      file('foot.webp', foot, 'image/webp'),
      file('notes.jpg', Buffer.from('<!doctype html><script>alert(1)</script>')),
      file('half.jpg', front.subarray(0, front.length / 2)),
      file('scan.tiff', Buffer.from('II*'), 'image/tiff'),
    ]);
  const sending = page.getByTestId('image-sending');
  await expect(sending).toHaveCount(6);
  await expect(page.getByRole('progressbar')).toHaveCount(2); // two at a time
  await expect(page.getByRole('progressbar', { name: 'Uploading front.jpg' })).toBeVisible();
  await expect(sending.filter({ hasText: 'foot.webp' })).toContainText('Waiting');
  await expect(sending.filter({ hasText: 'scan.tiff' })).toContainText('not a JPEG, PNG, WebP, AVIF or GIF image');
  release();

  await expect(page.getByTestId('image-uploaded')).toHaveCount(3);
  await expect(sending.filter({ hasText: 'notes.jpg' })).toContainText('not a JPEG, PNG, WebP, AVIF or GIF image');
  await expect(items.filter({ hasText: 'half.jpg' })).toContainText('This image is damaged');
  await items.filter({ hasText: 'half.jpg' }).getByRole('button', { name: 'Remove half.jpg' }).click();
  for (const name of ['notes.jpg', 'scan.tiff']) await page.getByRole('button', { name: `Dismiss ${name}` }).click();
  await expect(sending).toHaveCount(0);
  await expect(items).toHaveCount(3);
  await expect(items.first().getByRole('button', { name: 'Remove front.jpg' })).toBeVisible(); // as they were chosen

  // In words; saved when the field is left.
  await items.first().getByTestId('image-alt').fill('The jug <i>from the front</i>');
  await page.keyboard.press('Tab');
  await expect(items.first().getByTestId('alt-saved')).toBeVisible();

  // By keyboard: the button keeps the focus.
  const [a, b, c] = await order();
  const down = page.getByRole('button', { name: 'Move front.jpg down' });
  await down.focus();
  await page.keyboard.press('Enter');
  await expect.poll(order).toEqual([b, a, c]);
  await expect(down).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(order).toEqual([b, c, a]);
  // By pointer: the last one is pulled to the top.
  await page.locator('#images').evaluate((section) => section.scrollIntoView());
  const grip = await items.last().locator('.grip').boundingBox();
  const top = await items.first().boundingBox();
  await page.mouse.move(grip!.x + 5, grip!.y + 10);
  await page.mouse.down();
  await page.mouse.move(top!.x + 60, top!.y + 20, { steps: 5 });
  const saved = page.waitForResponse(/images\.reorder/);
  await page.mouse.up();
  await expect.poll(order).toEqual([a, b, c]);

  await expectSound(page);

  // What buyers see.
  expect((await saved).status()).toBe(200);
  await page.reload();
  expect(await order()).toEqual([a, b, c]);
  const editor = page.url();
  await page.goto(`/listings/${shop.listingId}`);
  const shown = page.getByTestId('gallery').getByRole('img').first();
  await expect(shown).toHaveAttribute('alt', 'The jug <i>from the front</i>');
  await expect
    .poll(() => shown.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0 && img.currentSrc))
    .toMatch(/\/media\/.+\.avif$/);
  await open(page, editor);
  await items
    .nth(1)
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(items).toHaveCount(2);
  await page.getByTestId('put-image-back').click();
  await expect.poll(order).toEqual([a, c, b]);
});

test('a store gets its face and its cover', async ({ page, market, signIn }) => {
  const shop = await market.openShop();
  await signIn(shop);
  await open(page, '/seller/profile');
  await page.getByTestId('profile-image').setInputFiles(file('me.png', await picture(400, 500, 'png', 4), 'image/png'));
  await page.waitForSelector('[data-testid="image-uploaded"]');
  await page.getByTestId('profile-image').setInputFiles(file('bomb.png', rawPng(30_000, 30_000, Buffer.alloc(9)), 'image/png'));
  await expect(page.getByTestId('image-sending')).toContainText('This image is too large');
  await open(page, '/seller/store');
  await page.getByTestId('cover-image').setInputFiles(file('cover.jpg', await picture(1600, 500, 'jpeg', 5)));
  await expect(page.getByTestId('image-uploaded')).toHaveCount(1);
  await page.goto(`/sellers/${shop.id}`);
  await expect(page.getByTestId('account').locator('img.sharp')).toHaveCount(1); // the account's button in the header
  for (const image of await page.locator('.cover img.sharp, .avatar.l img.sharp').all())
    await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)).toBe(true);
  await expect(page.locator('.cover img.sharp')).toHaveCount(1);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a picture is uploaded, described and removed by forms', async ({ page, market, signIn }) => {
    const shop = await market.openShop();
    await signIn(shop);
    await page.goto(`/seller/listings/${shop.listingId}/edit`);
    await page.getByTestId('product-images').setInputFiles(file('x.jpg', Buffer.from('<svg/>')));
    await page.getByRole('button', { name: 'Upload' }).click();
    await expect(page.getByRole('alert')).toContainText('not a JPEG, PNG, WebP, AVIF or GIF image');
    await page.getByTestId('product-images').setInputFiles(file('jug.jpg', await picture(200, 200)));
    await page.getByRole('button', { name: 'Upload' }).click();
    const item = page.getByTestId('image-item');
    await expect(item).toHaveCount(1);
    await item.getByTestId('image-alt').fill('A jug');
    await item.getByRole('button', { name: 'Save' }).click();
    await expect(item.getByTestId('image-alt')).toHaveValue('A jug');
    await expect(async () => {
      await page.goto(`/listings/${shop.listingId}`);
      await expect(page.getByTestId('gallery').getByRole('img', { name: 'A jug' })).toBeVisible({ timeout: 1000 });
    }).toPass();
    await page.getByTestId('edit-listing').click();
    await item.getByRole('button', { name: /^Remove/ }).click();
    await expect(item).toHaveCount(0);
    await page.goto(`/listings/${shop.listingId}`);
    await expect(page.getByTestId('gallery')).toHaveCount(0);
  });
});
