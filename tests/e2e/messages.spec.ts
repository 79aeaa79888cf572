import { expectSound } from './lib/sound.ts';
import { demoAccount, expect, open, test } from './lib/test.ts';

test('a buyer asks about a listing, and both sides talk on open pages', async ({ page, market, signIn, as }) => {
  const [shop, buyer] = [await market.openShop(), await market.registerProved('Buyer')];
  await signIn(buyer);
  const seller = await as(shop);
  await open(seller, '/messages');
  await expect(seller.getByText('No messages yet')).toBeVisible();
  await expectSound(seller);

  await open(page, `/listings/${shop.listingId}`);
  await page.getByTestId('ask-seller').click();
  await expect(page.getByTestId('thread-subject')).toHaveText(shop.title);
  await page.getByTestId('message-text').fill('Is the glaze safe for food?');
  await page.reload(); // the draft is kept
  await expect(page.getByTestId('message-text')).toHaveValue('Is the glaze safe for food?');
  await page.getByTestId('send-message').click();
  await expect(page).toHaveURL(/\/messages\/\d+#latest$/);
  await expect(page.getByTestId('message')).toContainText('Is the glaze safe for food?');
  await expect(page.getByTestId('message-text')).toHaveValue('');

  // The seller's open page follows.
  await expect(seller.getByTestId('unread-count')).toHaveText('1');
  await expect(seller.getByTestId('thread')).toContainText('Is the glaze safe for food?');
  await seller.getByTestId('open-thread').click();
  await expect(seller.getByTestId('unread-count')).toBeHidden();
  await expect(page.getByTestId('message-seen')).toBeVisible();
  await seller.getByTestId('message-text').fill('Yes, it is.');
  await seller.getByTestId('message-text').press('Control+Enter');
  await expect(seller.getByTestId('message')).toHaveCount(2);
  await expect(seller.getByTestId('message-text')).toHaveValue('');
  await seller.getByTestId('message-text').fill('And for the dishwasher.');
  await seller.getByTestId('send-message').click();
  await expect(page.getByTestId('message')).toHaveCount(3);
  await expect(page.getByTestId('message').last()).toContainText('And for the dishwasher.');
  await expect(page.getByTestId('unread-count')).toBeHidden(); // it is in sight
  await expectSound(page);

  // The page of the listing leads to the same thread.
  await open(page, `/listings/${shop.listingId}`);
  await page.getByTestId('ask-seller').click();
  await expect(page.getByTestId('message')).toHaveCount(3);

  await open(page, '/messages');
  await page.getByTestId('search-messages').fill('dishwasher');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByTestId('thread')).toHaveCount(1);
  await expectSound(page);
  await page.getByTestId('archive-thread').click();
  await expect(page.getByText('No messages yet')).toBeVisible();
  await page.getByTestId('message-boxes').getByText('Archived').click();
  await expect(page.getByTestId('thread')).toHaveCount(1);
});

test('contact details before a purchase are held, and the sender reads why', async ({ page, market, signIn, as }) => {
  const [shop, buyer] = [await market.openShop(), await market.registerProved('Buyer')];
  await signIn(buyer);
  await open(page, `/sellers/${shop.id}`);
  await page.getByTestId('contact-store').click();
  await page.getByTestId('message-text').fill('Call me on +351 912 345 678');
  await expect(page.getByTestId('message-warning')).toContainText('a phone number');
  await page.getByTestId('send-message').click();
  await expect(page.getByTestId('message-held')).toContainText('Not delivered: this looks like a phone number.');
  await expectSound(page);
  const seller = await as(shop);
  await open(seller, '/messages');
  await expect(seller.getByText('No messages yet')).toBeVisible();

  const order = await market.buy(buyer, shop);
  await open(page, `/orders/${order}`);
  await page.getByTestId('message-order').click();
  await page.getByTestId('message-text').fill('Call me on +351 912 345 678');
  await expect(page.getByTestId('message-warning')).toBeEmpty();
  await page.getByTestId('send-message').click();
  await expect(page.getByTestId('message')).toContainText('+351 912 345 678');
  await open(seller, `/orders/${order}`);
  await seller.getByTestId('message-order').click();
  await expect(seller.getByTestId('message')).toContainText('+351 912 345 678');
  await expectSound(seller);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a message is a form, which adds one message however often it is sent', async ({ page, market, signIn, as }) => {
    const [shop, buyer] = [await market.openShop(), await market.registerProved('Buyer')];
    await signIn(buyer);
    await page.goto(`/listings/${shop.listingId}`);
    await page.getByTestId('ask-seller').click();
    await page.getByTestId('message-text').fill('Is it blue?');
    await page.getByTestId('send-message').click();
    await expect(page.getByTestId('message')).toHaveCount(1);
    const thread = page.url();
    const form = { once: await page.locator('form.composer [name=once]').inputValue(), text: 'And how heavy?' };
    const { origin, pathname } = new URL(thread);
    for (let i = 0; i < 3; i++) await page.request.post(`${pathname}?/send`, { form, headers: { origin } });
    await page.goto(pathname);
    await expect(page.getByTestId('message')).toHaveCount(2);
    const seller = await as(shop);
    await seller.goto(new URL(thread).pathname);
    await expect(seller.getByTestId('message').first()).toContainText('Is it blue?');
    await expect(seller.getByTestId('unread-count')).toBeHidden();
  });
});

test('a seller blocks a buyer and reports a message, and a moderator removes it', async ({ page, market, signIn, as }) => {
  const [shop, buyer] = [await market.openShop(), await market.registerProved('Buyer')];
  const clientId = 'aaaaaaaa-0000-4000-8000-'.padEnd(36, String(shop.id));
  const text = `Buy followers from ${buyer.fullName}`;
  await market.rest.post('/messages', { kind: 'store', subjectId: shop.id, clientId, text }, { token: buyer.token });
  await signIn(shop);
  await open(page, '/messages');
  await page.getByTestId('open-thread').click();
  await page.getByTestId('report-message').click();
  await page.getByLabel('It is advertising.').check();
  await expectSound(page);
  await page.getByTestId('send-report').click();
  await expect(page.getByTestId('toast')).toContainText('Report sent.');
  await page.getByTestId('block').click();
  await expect(page.getByText('You blocked this person. Unblock them to write.')).toBeVisible();
  await expectSound(page);

  const admin = await as(demoAccount('admin'));
  await open(admin, '/admin/messages');
  const reported = admin.getByTestId('reported-message').filter({ hasText: text });
  await expect(reported).toContainText('by the seller');
  await expectSound(admin);
  await reported.getByTestId('remove-message').click();
  await expect(reported).toHaveCount(0);
  await expect(page.getByTestId('message')).toContainText('A moderator removed this message.');

  const other = await as(buyer);
  await open(other, `/sellers/${shop.id}`);
  await other.getByTestId('contact-store').click();
  await other.getByTestId('message-text').fill('Are you there?');
  await other.getByTestId('send-message').click();
  await expect(other.getByText('This person does not take messages from you.')).toBeVisible();
  await expect(other.getByTestId('message-text')).toHaveValue('Are you there?');
});
