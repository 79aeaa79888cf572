import { expect, test, type Page } from '@playwright/test';

const PAGES = ['/', '/listings', '/how-scores-work', '/sign-in', '/register'];

test.beforeEach(async ({ page }) => {
  // Read-only: a page that would send anything else fails its test.
  await page.route('**/*', (route) => (['GET', 'HEAD'].includes(route.request().method()) ? route.continue() : route.abort()));
});

/** Opens a page and returns what a visitor's browser complains of: errors, refused resources, failed requests. */
async function complaintsOf(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const blocked = message.text() === 'Service Worker registration blocked by Playwright'; // as the configuration wants it
    if (message.type() === 'error' && !blocked) complaints.push(`console: ${message.text()}`);
  });
  page.on('response', (answer) => answer.status() >= 500 && complaints.push(`${answer.status()} ${answer.url()}`));
  page.on('request', (request) => !['GET', 'HEAD'].includes(request.method()) && complaints.push(`${request.method()} ${request.url()}`));
  await page.goto(path);
  await expect(page.locator('h1').first()).toBeVisible();
  await page.waitForLoadState('load');
  return complaints;
}

for (const path of PAGES)
  test(`${path} loads without an error, and is no wider than the window`, async ({ page }) => {
    expect(await complaintsOf(page, path)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
  });

test('the pages of a seller lead from the store to the numbers behind the score', async ({ page, request }) => {
  const { items } = (await (await request.get('/api/v1/sellers?limit=1')).json()) as { items: { id: number; name: string }[] };
  for (const { id, name } of items) {
    expect(await complaintsOf(page, `/sellers/${id}`)).toEqual([]);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    expect(await complaintsOf(page, `/sellers/${id}/score`)).toEqual([]);
  }
});
