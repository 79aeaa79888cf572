import type { APIRequestContext, Page } from '@playwright/test';
import { demoAccount, expect, open, test } from './lib/test.ts';

type Fields = Record<string, string>;

/** Sends a form as a browser without scripts does, and returns the page that answers. */
async function sendPlain(request: APIRequestContext, baseURL: string, path: string, form: Fields): Promise<string> {
  const answer = await request.post(path, { form, headers: { origin: baseURL, accept: 'text/html' }, maxRedirects: 0 });
  expect(answer.status(), path).toBeGreaterThanOrEqual(400);
  return answer.text();
}

/** How many alerts a page shows, and the names of the controls that its summary of errors leads to; null for one that is not there. */
const shownBy = (page: Page, html: string) =>
  page.evaluate((text) => {
    const shown = new DOMParser().parseFromString(text, 'text/html');
    const links = [...shown.querySelectorAll('[data-testid=error-summary] a')];
    return {
      alerts: shown.querySelectorAll('main [role=alert]').length,
      controls: links.map((link) => shown.getElementById(link.getAttribute('href')!.slice(1))?.getAttribute('name') ?? null),
    };
  }, html);

const GONE = '999999';
const LISTING = { title: 'Bowl', price: '12.50', currency: 'EUR', category: 'other', shipsFrom: 'PT', shipsTo: 'worldwide' };

test('a refusal is shown once by the page of its form, also where the form is not there any more', async ({
  page,
  market,
  signIn,
  baseURL,
}) => {
  const shop = await market.openShop();
  await signIn(shop);
  await page.goto('/offline');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const closing = { form: { closedUntil: tomorrow }, headers: { origin: baseURL! }, maxRedirects: 0 };
  expect((await page.request.post('/seller/store?/vacation', closing)).status()).toBeLessThan(400);
  const cases: [string, Fields][] = [
    ['/seller/store?/vacation', { closedUntil: '1999-01-01' }], // of a store that is closed
    ['/seller/store?/removeImage', { purpose: 'none', subjectId: String(shop.id), imageId: GONE }],
    ['/seller/store?/feature', { listingIds: GONE }],
    ['/seller/store?/save', { version: 'x', about: '' }],
    ['/seller/payout?/payout', { method: 'crypto', wallet: 'none', currency: 'USDC' }], // without a wallet
    ['/seller/payout?/payout', { method: 'bank', holder: 'A', iban: 'x' }],
    ['/seller/profile?/submitDocuments', { legalName: 'A', country: 'PT' }], // without files
    ['/seller/profile?/removeDocument', { id: GONE }],
    ['/seller/profile?/save', { fullName: '' }],
    ['/seller/onboarding?/payout&step=payout', { method: 'crypto', wallet: 'none', currency: 'USDC' }],
    ['/seller/ratings?/reply', { ratingId: GONE, text: 'Thank you.' }],
    ['/decisions?/appeal', { decisionId: GONE, text: 'It was about the goods.' }],
    [`/ratings?/edit&edit=${GONE}`, { id: GONE, rating: '5', comment: '' }],
    [`/sellers/${shop.id}?/helpful`, { ratingId: GONE }], // of a store without ratings
    [`/sellers/${shop.id}?/follow`, { sellerId: GONE }],
  ];
  for (const [path, form] of cases)
    expect(await shownBy(page, await sendPlain(page.request, baseURL!, path, form)), path).toMatchObject({ alerts: 1 });
});

test('a refusal is shown once by the pages for operators', async ({ page, signIn, baseURL }) => {
  await signIn(demoAccount('admin'));
  await page.goto('/offline');
  const flag = '/admin/flags/seller-mobile-optimization';
  const cases: [string, Fields][] = [
    [`${flag}?/targets`, { form: 'targets', version: '0', targets: 'user x\nteam y' }],
    [`${flag}?/variants`, { form: 'variants', version: '0', variants: 'a -1' }],
    [`${flag}?/details`, { form: 'details', version: '0', description: 'x'.repeat(600), owner: '', expires: '' }],
    [`${flag}?/start`, { form: 'start', phases: '0, 200', waitMinutes: 'x', requestsMin: '', errorRatePercentMax: '', p95MaxMs: '' }],
    [`${flag}?/rollout`, { version: '0', percentage: 'x' }],
    ['/admin/verification?/approve', { id: GONE }],
    ['/admin/verification?/reject', { id: GONE, reason: 'Not readable.' }],
    ['/admin/moderation?/strike', { ratingId: GONE, decision: 'strike', statement: 'x' }],
    ['/admin/moderation?/appeal', { appealId: GONE, decision: 'appeal', statement: 'x', grant: 'false' }],
    [`/admin?/close&close=${GONE}`, { id: GONE, note: '' }],
    ['/admin/categories?/rename', { path: 'none', name: '' }],
    ['/admin/categories?/add', { parent: '', name: '' }],
    ['/admin/tasks?/retry', { id: GONE }],
  ];
  for (const [path, form] of cases)
    expect(await shownBy(page, await sendPlain(page.request, baseURL!, path, form)), path).toMatchObject({ alerts: 1 });
});

test('each field that is refused leads to its control', async ({ page, market, signIn, baseURL }) => {
  await signIn(await market.openShop());
  await page.goto('/offline');
  const flag = '/admin/flags/seller-mobile-optimization';
  const create = '/seller/listings/create?/save';
  const store = { version: '0', about: '', accent: 'none', own: '#112233' };
  const cases: [string, Fields, string[]][] = [
    [create, { ...LISTING, title: '', price: 'x', currency: '?', category: 'none' }, ['currency']],
    [create, { ...LISTING, title: '', price: 'x', ships: 'on', shipsFrom: '' }, ['title', 'price', 'shipsFrom']],
    [create, { ...LISTING, ships: 'on', handlingMin: 'x', handlingMax: '3' }, ['handlingMin']],
    [create, { ...LISTING, ships: 'on', handlingMin: '2', handlingMax: '3.5' }, ['handlingMax']],
    [create, { ...LISTING, ships: 'on', handlingMin: '5', handlingMax: '3' }, ['handlingMax']],
    [create, { ...LISTING, ships: 'on', handlingMin: '95', handlingMax: '95' }, ['handlingMin', 'handlingMax']],
    [create, { ...LISTING, ships: 'on', shipsTo: 'listed', countries: 'Spain, Atlantis' }, ['countries']],
    [create, { ...LISTING, ships: 'on', shipsTo: 'listed', countries: '' }, ['countries']],
    [create, { ...LISTING, ships: 'on', shippingPrice: '1.234' }, ['shippingPrice']],
    [create, { ...LISTING, 'attribute-1-name': 'Height', 'attribute-1-value': '' }, ['attribute-1-value']],
    [create, { ...LISTING, 'attribute-0-name': 'A', 'attribute-0-value': 'a', 'attribute-4-value': 'b' }, ['attribute-4-name']],
    [
      create,
      { ...LISTING, ...Object.fromEntries([0, 2].flatMap((i) => ['name', 'value'].map((cell) => [`attribute-${i}-${cell}`, 'Same']))) },
      ['attribute-0-name'],
    ],
    ['/seller/store?/save', { ...store, accent: 'own', own: '#ffff00' }, ['accent']],
    ['/seller/store?/save', { ...store, accent: 'own', own: 'yellow' }, ['accent']],
    ['/seller/store?/save', { ...store, about: 'x'.repeat(9000), shippingPolicy: 'x'.repeat(9000) }, ['about', 'shippingPolicy']],
    ['/seller/store?/vacation', { closedUntil: 'soon' }, ['closedUntil']],
    ['/seller/payout?/payout', { method: 'bank', holder: '', iban: '', current: 'x'.repeat(300) }, ['holder', 'iban', 'current']],
    [
      '/seller/profile?/save',
      { fullName: '', website: 'x', contactEmail: 'x', 'social-instagram': '/' },
      ['fullName', 'contactEmail', 'website', 'social-instagram'],
    ],
  ];
  const byAdmin: [string, Fields, string[]][] = [
    [`${flag}?/targets`, { form: 'targets', version: '0', targets: 'user x\nteam y' }, ['targets', 'targets']],
    [`${flag}?/variants`, { form: 'variants', version: '0', variants: 'a -1' }, ['variants']],
    ['/admin/categories?/add', { parent: '', name: '' }, ['name']],
  ];
  const check = async (all: typeof cases) => {
    for (const [path, form, controls] of all) {
      const shown = await shownBy(page, await sendPlain(page.request, baseURL!, path, form));
      expect(shown.controls.sort(), `${path} ${JSON.stringify(form).slice(0, 200)}`).toEqual(controls.sort());
    }
  };
  await check(cases);
  await page.context().clearCookies();
  await signIn(demoAccount('admin'));
  await check(byAdmin);
});

test('what no control of a form can correct is plain text in its summary', async ({ page, market, signIn }) => {
  await signIn(await market.openShop());
  await open(page, '/seller/store');
  await page.locator('input[name=version]').evaluate((input: HTMLInputElement) => (input.value = 'x'));
  await page.getByTestId('save-store').click();
  const summary = page.getByTestId('error-summary');
  await expect(summary.getByRole('listitem')).toHaveCount(1);
  await expect(summary.getByRole('link')).toHaveCount(0);
});
