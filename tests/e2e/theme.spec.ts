import { expect, hydrated, test } from './lib/test.ts';

const background = () => getComputedStyle(document.body).backgroundColor;
const isDark = (color: string) =>
  color
    .match(/[\d.]+/g)!
    .slice(0, 3)
    .map(Number)
    .reduce((sum, part) => sum + part, 0) < (color.startsWith('oklch') ? 1 : 150);

test('light, dark and system, remembered, without a flash', async ({ page, context, request }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  expect(isDark(await page.evaluate(background))).toBe(false);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(isDark(await page.evaluate(background))).toBe(true); // as the system says

  await hydrated(page);
  const theme = page.getByTestId('theme-switch');
  const chosen = () => page.locator('html').getAttribute('data-theme');
  const saved = page.waitForResponse((response) => response.url().includes('/theme'));
  await theme.click();
  await saved;
  expect(await chosen()).toBe('light');
  expect(isDark(await page.evaluate(background))).toBe(false);

  // The very first bytes carry the choice: nothing is painted in the other theme before.
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const html = await (await request.get('/', { headers: { cookie: cookies } })).text();
  expect(html.slice(0, 200)).toContain('data-theme="light"');
  await page.reload();
  expect(isDark(await page.evaluate(background))).toBe(false);
});

test('the theme changes without JavaScript too', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL! });
  const page = await context.newPage();
  await page.goto('/how-scores-work');
  await page.getByTestId('theme-switch').click();
  await expect(page).toHaveURL('/how-scores-work');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.getByTestId('theme-switch').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await context.close();
});
