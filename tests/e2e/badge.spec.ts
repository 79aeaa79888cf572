import { expect, test } from './lib/test.ts';

const jsonLd = (html: string) =>
  [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(
    ([, text]) => JSON.parse(text!) as Record<string, unknown>,
  );

for (const { stars, badge, structured } of [
  { stars: [], badge: 'New Seller, no ratings so far.' },
  { stars: [5, 5], badge: 'New Seller, 2 ratings so far.' },
  {
    stars: [5, 4, 4, 1],
    badge: 'Rated 3.5 out of 5 from 4 ratings, 75 percent positive.',
    structured: { ratingValue: '3.5', ratingCount: 4 },
  },
]) {
  test(`${stars.length} ratings: the same badge on every page, and metadata that says the same`, async ({ page, request, market }) => {
    const shop = await market.openShop();
    await market.rate(shop, stars);
    await page.goto(`/?q=${encodeURIComponent(shop.fullName)}`);
    await expect(page.getByTestId('sellers').getByTestId('seller-badge')).toContainText(badge);
    await page.goto(`/listings/${shop.listingId}`);
    await expect(page.getByTestId('seller-badge')).toContainText(badge);
    await page.goto(`/sellers/${shop.id}`);
    await expect(page.getByTestId('seller-badge').first()).toContainText(badge);

    const html = await (await request.get(`/sellers/${shop.id}`)).text();
    const [data] = jsonLd(html);
    const summary = await market.summary(shop.id);
    expect(data).toMatchObject({ '@type': 'Organization', name: shop.fullName });
    if (structured) {
      expect(data).toMatchObject({ aggregateRating: structured });
      expect(Number(structured.ratingValue)).toBe(summary.badgeAverage);
      expect(structured.ratingCount).toBe(summary.totalRatings);
    } else expect(data).not.toHaveProperty('aggregateRating');
    const description = /<meta name="description" content="([^"]*)"/.exec(html)![1];
    expect(description).toContain(stars.length < 3 ? 'a new seller' : 'rated 3.5 of 5 from 4 ratings, 75\u00a0% positive');
  });
}

test('imported ratings say so everywhere and are never called a verified purchase', async ({ page }) => {
  await page.goto('/?q=crate%20digger');
  await page.getByTestId('sellers').getByRole('link').first().click();
  await expect(page.getByTestId('seller-badge').first()).toContainText('Rated 4.6 out of 5 from 3 ratings');
  const ratings = page.getByTestId('rating');
  await expect(ratings).toHaveCount(3);
  for (const rating of await ratings.all()) {
    await expect(rating).toContainText('Imported');
    await expect(rating).not.toContainText('Verified purchase');
  }
});
