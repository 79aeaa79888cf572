import type { Page } from '@playwright/test';
import { demoAccount, expect, test } from './lib/test.ts';
import type { Account, Market, Shop } from './lib/market.ts';

/** Words that no browser can break by itself, as long as each field takes them. */
const word = (length: number) => 'Donaudampfschifffahrtsgesellschaftskapitänsmütze'.repeat(10).slice(0, length);

interface Crowd {
  shop: Shop;
  buyer: Account;
  order: number;
  open: number;
  rating: number;
}

/** A shop, a buyer, orders and a rating, all of them named and described with one word. */
async function crowd(market: Market): Promise<Crowd> {
  const { rest } = market;
  const shop = await market.openShop('Seller', { name: word(55), title: word(200) });
  const buyer = await market.registerProved('Buyer', word(55));
  const as = { token: shop.token };
  const texts = {
    description: word(400),
    category: 'other',
    metadata: [{ name: word(40), value: word(200) }],
    shippingInfo: { shipsFrom: 'PT', handlingDays: { min: 1, max: 3 }, price: '6.50', destinations: 'worldwide', pickup: true },
  };
  const extra = { title: word(250), price: '9999999999.99', currency: 'EUR', publish: true, ...texts };
  expect((await rest.post('/listings', extra, as)).status).toBe(201);
  const policies = { shippingPolicy: word(300), returnsPolicy: word(300), contactPolicy: word(300) };
  expect((await rest.put('/store', { about: word(400), ...policies, accent: null, version: 0 }, as)).status).toBe(200);
  const { rating, order } = await rated(market, buyer, shop);
  expect((await rest.post(`/ratings/${rating}/reply`, { text: word(400) }, as)).status).toBeLessThan(300);
  const { body } = await rest.post('/orders', { listingId: shop.listingId }, { token: buyer.token });
  return { shop, buyer, order, rating, open: (body as { id: number }).id };
}

async function rated(market: Market, buyer: Account, shop: Shop): Promise<{ rating: number; order: number }> {
  const order = await market.buy(buyer, shop);
  const { id } = (await market.rest.post('/ratings', { sellerId: shop.id, rating: 4, comment: word(500) }, { token: buyer.token }))
    .body as {
    id: number;
  };
  return { rating: id, order };
}

/** How far the page can be scrolled to the side, and what sticks out. */
async function expectFits(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    const { over, wide } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const sticksOut = [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > clientWidth + 1);
      return { over: scrollWidth - clientWidth, wide: sticksOut.slice(0, 5).map((one) => `${one.tagName}.${one.className}`) };
    });
    expect({ path, over, wide: over > 0 ? wide : [] }).toEqual({ path, over: 0, wide: [] });
  }
}

for (const width of [320, 390, 1280]) {
  test.describe(`no word is wider than a screen of ${width} px`, { tag: width < 1280 ? '@phone' : [] }, () => {
    test.use({ viewport: { width, height: 700 } });

    test('for visitors and buyers', async ({ page, market, signIn }) => {
      const { shop, buyer, order, open, rating } = await crowd(market);
      const q = encodeURIComponent(word(90));
      const found = [`/?q=${q}`, `/listings?q=${q}`, `/listings?seller=${shop.id}&priceMax=1`];
      await expectFits(page, [
        '/',
        '/listings',
        `/sellers/${shop.id}`,
        `/sellers/${shop.id}/score`,
        `/listings/${shop.listingId}`,
        ...found,
      ]);
      await signIn(buyer);
      await market.rest.put(`/sellers/${shop.id}/follow`, undefined, { token: buyer.token });
      await expectFits(page, [
        '/orders',
        `/orders/${open}`,
        `/orders/${open}?ask=cancel`,
        `/orders/${order}`,
        `/orders/${open}/rate`,
        '/ratings',
      ]);
      await expectFits(page, [`/ratings?edit=${rating}`, `/ratings/${rating}/history?seller=${shop.id}`]);
      await expectFits(page, [`/ratings/${rating}/report?seller=${shop.id}`, '/following', '/account', '/account/name', '/decisions']);
    });

    test('for the seller and the admin', async ({ page, market, signIn, as }) => {
      const { shop, order, open, rating } = await crowd(market);
      await market.rest.post(`/ratings/${rating}/report`, { reason: 'other', detail: word(400) }, { token: shop.token });
      await signIn(shop);
      const listing = `/seller/listings/${shop.listingId}/edit`;
      await expectFits(page, [
        '/seller/dashboard',
        '/orders?as=seller',
        `/orders/${open}`,
        `/orders/${order}`,
        '/seller/listings',
        listing,
      ]);
      await expectFits(page, ['/seller/ratings', `/seller/ratings?reply=${rating}`, '/seller/store', '/seller/profile', '/seller/payout']);
      await expectFits(page, ['/seller/onboarding?step=profile', '/seller/listings/create', '/seller/listings/import']);
      const admin = await as(demoAccount('admin'));
      await admin.setViewportSize({ width, height: 700 });
      await expectFits(admin, ['/admin', '/admin/moderation', '/admin/audit', '/admin/verification', `/sellers/${shop.id}`]);
    });
  });
}
