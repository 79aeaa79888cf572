import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { demoAccount, expect, hydrated, test } from './lib/test.ts';

const PUBLIC = [
  '/',
  '/?q=pottery',
  '/?q=nobodyatall',
  '/sellers/2',
  '/sellers/2?stars=1',
  '/sellers/2/score',
  '/listings',
  '/listings?q=bowl&currency=EUR&priceMin=5',
  '/listings?q=nobodyatall&category=lamps&priceMax=3',
  '/listings/1',
  '/how-scores-work',
  '/sign-in',
  '/register',
  `/confirm-email/${'x'.repeat(32)}`,
  '/reset',
  `/reset/${'x'.repeat(32)}`,
  `/email-change/${'x'.repeat(32)}`,
];
/** What each of them looks at when signed in. */
const OF_ROLE = {
  buyer: [
    '/basket',
    '/orders',
    '/ratings',
    '/decisions',
    '/following',
    '/account',
    '/account/addresses',
    '/account/name',
    '/account/password',
    '/account/email',
    '/seller/dashboard',
    '/seller/listings/create',
    '/seller/onboarding',
  ],
  seller: [
    '/orders',
    '/following',
    '/seller/dashboard',
    '/seller/listings',
    '/seller/listings/create',
    '/seller/listings/import',
    '/seller/ratings',
    '/seller/store',
    '/seller/profile',
    '/seller/payout',
    '/seller/payouts',
    '/seller/balance',
    '/seller/invoices',
    '/seller/onboarding',
    '/seller/onboarding?step=wallet',
  ],
};
const ADMIN = [
  '/admin',
  '/admin/moderation',
  '/admin/categories',
  '/admin/verification',
  '/admin/flags',
  '/admin/flags/seller-ratings',
  '/admin/audit',
  '/admin/report',
  '/admin/tasks',
  '/admin/ledger',
  '/admin/fees',
  '/admin/payments',
  '/admin/payouts',
  '/admin/disputes',
];

const EVERYTHING = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that look at colours: another theme changes nothing else. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

async function expectSound(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
  // As high as the page: bars that stick to an edge cover nothing then, as when a visitor scrolls.
  const { width } = page.viewportSize()!;
  await page.setViewportSize({ width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
  await expect(page).toHaveTitle(/ · Assay$|^Assay/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }); // nothing is on its way to another colour
    const axe = new AxeBuilder({ page });
    const { violations } = await (colorScheme === 'light' ? axe.withTags(EVERYTHING) : axe.withRules(COLOURS)).analyze();
    expect(violations.map(({ id, nodes }) => `${path} ${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }
}

async function expectNoOverflow(page: Page, path: string): Promise<void> {
  await page.goto(path);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    `${path} is wider than the screen`,
  ).toBe(0);
  // Its buttons stand beside the name of the site, not below it.
  expect(await page.locator('header.top').evaluate((header) => header.clientHeight), `the header of ${path}`).toBeLessThan(80);
}

for (const path of PUBLIC) {
  test(`${path} has no accessibility faults, light or dark`, async ({ page }) => {
    await expectSound(page, path);
  });
}

for (const role of ['buyer', 'seller'] as const) {
  for (const path of OF_ROLE[role]) {
    test(`${path} of a ${role} has no accessibility faults, light or dark`, async ({ page, signIn }) => {
      await signIn(demoAccount(role));
      await expectSound(page, path);
    });
  }

  test(`pages that only a ${role} has have no accessibility faults, light or dark`, async ({ page, signIn }) => {
    await signIn(demoAccount(role));
    for (const path of await ownPages(page)) await expectSound(page, path);
  });
}

for (const path of ADMIN) {
  test(`${path} has no accessibility faults, light or dark`, async ({ page, signIn }) => {
    await signIn(demoAccount('admin'));
    await expectSound(page, path);
  });
}

test.describe('no page is wider than a screen of 320 px', { tag: '@phone' }, () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('for visitors', async ({ page }) => {
    for (const path of PUBLIC) await expectNoOverflow(page, path);
  });

  for (const role of ['buyer', 'seller'] as const) {
    test(`for a ${role}`, async ({ page, signIn }) => {
      await signIn(demoAccount(role));
      for (const path of [...OF_ROLE[role], ...(await ownPages(page))]) await expectNoOverflow(page, path);
    });
  }

  test('for an admin', async ({ page, signIn }) => {
    await signIn(demoAccount('admin'));
    for (const path of ADMIN) await expectNoOverflow(page, path);
  });
});

/** What is smaller than 24 px in one direction and can be pressed (WCAG 2.5.8); links within a sentence and areas over a card are excepted. */
const smallTargets = (page: Page) =>
  page.evaluate(() => {
    const isWithinText = (one: Element) =>
      getComputedStyle(one).display === 'inline' &&
      [...one.parentNode!.childNodes].some((node) => node.nodeType === 3 && node.nodeValue!.trim().length > 2);
    const fits = ({ width, height }: DOMRect) => width > 23.5 && height > 23.5;
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
      .filter((one) => one.checkVisibility() && one.matches(':not(.skip, .sr-only *)') && !isWithinText(one))
      .filter((one) => getComputedStyle(one, '::after').position !== 'absolute')
      .filter((one) => !fits((one.closest('label') ?? one).getBoundingClientRect()))
      .map((one) => `${one.tagName} ${one.textContent.trim()}`);
  });

test('what can be pressed is at least 24 px wide and high', { tag: '@phone' }, async ({ page, signIn }) => {
  const pages = {
    buyer: ['/', '/listings/1', '/sellers/2/score', '/orders', '/following', '/account'],
    seller: ['/orders?as=seller', '/seller/listings', '/seller/listings/import', '/seller/store'],
    admin: ['/admin', '/admin/audit', '/admin/verification', '/admin/flags/seller-ratings', '/admin/report'],
  };
  for (const role of ['buyer', 'seller', 'admin'] as const) {
    await page.context().clearCookies();
    await signIn(demoAccount(role));
    for (const path of pages[role]) {
      await page.goto(path);
      expect(await smallTargets(page), path).toEqual([]);
    }
  }
});

const OWN = [
  /^\/orders\/\d+$/,
  /^\/orders\/\d+\/rate$/,
  /^\/ratings\?edit=/,
  /^\/ratings\/\d+\/history$/,
  /^\/ratings\/\d+\/report\?seller=/,
  /^\/seller\/ratings\?reply=/,
  /^\/seller\/listings\/\d+\/edit$/,
];

/** Orders and ratings that this account has links to: its own, what it can answer, and one to report. */
async function ownPages(page: Page): Promise<string[]> {
  const links: string[] = [];
  for (const start of ['/orders', '/ratings', '/seller/ratings', '/seller/listings', '/sellers/2']) {
    await page.goto(start);
    const found = await page
      .getByRole('main')
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
    for (const pattern of OWN) {
      const match = found.find((href) => pattern.test(href));
      if (match && !links.some((link) => pattern.test(link))) links.push(match);
    }
  }
  return links;
}

test('a page that is not there says so, with a way on', async ({ page }) => {
  for (const path of ['/nowhere', '/sellers/999999999', '/sellers/abc', '/listings/0']) {
    const answer = await page.goto(path);
    expect(answer!.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
  }
});

test('pages carry a strict policy, and nothing that invites a frame or a guess', async ({ request }) => {
  const headers = (await request.get('/')).headers();
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+'/);
  expect(headers['content-security-policy']).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
  expect(headers).not.toHaveProperty('strict-transport-security');
  expect(headers).not.toHaveProperty('x-powered-by');
});

test('the list goes on: “Load more” adds and repeats nothing', async ({ page }) => {
  await page.goto('/sellers/2');
  await hydrated(page);
  const ids = () => page.getByTestId('rating').evaluateAll((all) => all.map(({ id }) => id));
  const first = await ids();
  await page.getByRole('link', { name: 'Load more ratings' }).click();
  await expect.poll(async () => (await ids()).length).toBeGreaterThan(first.length);
  const both = await ids();
  expect(new Set(both).size).toBe(both.length);
  expect(both.slice(0, first.length)).toEqual(first);
});
