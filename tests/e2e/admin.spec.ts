import type { Page } from '@playwright/test';
import { demo, demoAccount, expect, open, test } from './lib/test.ts';

const newestRun = (page: Page) => page.getByTestId('run').first();
/** Of the runs that the page shows in full. */
const runId = async (page: Page) =>
  Number(
    await newestRun(page)
      .getAttribute('data-run')
      .catch(() => 0),
  );

/** Presses a button of the console and waits, on the same page, until a run that began after that is done. */
async function runAndWait(page: Page, button: 'run-verify' | 'run-recalculate'): Promise<void> {
  const before = (await page.getByTestId('run').count()) > 0 ? await runId(page) : 0;
  await page.getByTestId(button).click(); // waits while another test has one under way
  await expect(page.getByTestId('toast')).toContainText('Run requested.');
  await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
  // The last run is a verification: one follows each recalculation.
  const state = async () => ({
    isLater: (await runId(page)) > before,
    is: (await newestRun(page).getByRole('heading').innerText()).trim(),
  });
  await expect.poll(state).toEqual({ isLater: true, is: 'Verification finished' });
  expect(await page.evaluate(() => 'sameDocument' in globalThis)).toBe(true);
}

test('all scores are verified from the console, and the page follows', async ({ page, signIn, market }) => {
  await market.rate(await market.openShop(), [5, 4, 3]);
  await signIn(demoAccount('admin'));
  await open(page, '/admin');
  await expect(page.getByTestId('live')).toHaveText('Live');
  await runAndWait(page, 'run-verify');
  await expect(newestRun(page).getByTestId('run-done')).toHaveText(/^([\d,]+) of \1 accounts$/);
  await expect(newestRun(page)).toContainText('100\u00a0%');
  await expect(page.locator('#discrepancies')).toContainText(/All [\d,]+ stored scores agree with their ratings\./);
  await page.goto('/admin/audit?action=maintenance.verify');
  await expect(page.getByTestId('audit-entry').first()).toContainText('Ada Admin');
});

test('all scores are recalculated, which changes none that is right', async ({ page, signIn, market }) => {
  const shop = await market.openShop();
  await market.rate(shop, [5, 1, 1]);
  const before = await market.summary(shop.id);
  await signIn(demoAccount('ops'));
  await open(page, '/admin');
  await expect(page.getByTestId('live')).toHaveText('Live');
  await runAndWait(page, 'run-recalculate');
  await expect(page.getByRole('row', { name: /^Recalculation/ }).first()).toBeVisible();
  expect(await market.summary(shop.id)).toEqual(before);
});

test('a rating moves the console while it is open', async ({ page, signIn, market }) => {
  const shop = await market.openShop();
  await signIn(demoAccount('ops'));
  await open(page, '/admin');
  await expect(page.getByTestId('live')).toHaveText('Live');
  const inAll = async () =>
    Number((await page.getByText('Total ratings').locator('..').innerText()).match(/[\d,]{3,}/)![0].replace(',', ''));
  const before = await inAll();
  await market.rate(shop, [5]);
  await expect.poll(inAll).toBeGreaterThan(before);
});

test('what operators see is for operators; only admins decide about ratings', async ({ page, signIn, request }) => {
  const places = ['/admin', '/admin/moderation', '/admin/audit', '/admin/report', '/admin/tasks'];
  const report = '/api/v1/operations/success-report';
  await page.goto('/admin/audit?action=rating.');
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent('/admin/audit?action=rating.')}`);
  expect((await request.get(report)).status()).toBe(401);

  await signIn(demoAccount('seller'));
  for (const place of [...places, report]) expect((await page.request.get(place)).status(), `${place} as a seller`).toBe(403);
  await page.goto('/admin');
  await expect(page.getByRole('main')).toContainText('This page is for operators.');
  await expect(page.getByTestId('admin')).toHaveCount(0);

  await page.context().clearCookies();
  await signIn(demoAccount('ops'));
  for (const place of [...places, report]) {
    expect((await page.request.get(place)).status(), `${place} as ops`).toBe(place === '/admin/moderation' ? 403 : 200);
  }
  await page.goto('/admin');
  await expect(page.getByRole('navigation', { name: 'Admin' })).not.toContainText('Moderation');
});

test('the success report has every goal with its value, its basis and a verdict', async ({ page, signIn }) => {
  await signIn(demoAccount('admin'));
  await open(page, '/admin/report');
  await expect(page.getByTestId('verdict')).toContainText(/^\d of 7 goals met/);
  await expect(page.getByTestId('goal')).toHaveCount(7);
  for (const goal of await page.getByTestId('goal').all()) await expect(goal).toContainText(/Met|Not met|Not measured/);
  await page.getByTestId('report-days').getByRole('link', { name: '90 days' }).click();
  await expect(page).toHaveURL(/days=90/);
  await expect(page.getByText('--days 90')).toBeVisible();
  const address = await page.getByRole('link', { name: 'View as JSON' }).getAttribute('href');
  const answer = await page.request.get(address!);
  expect(await answer.json()).toMatchObject({ days: 90, goals: expect.arrayContaining([expect.objectContaining({ id: 'average' })]) });
});

test('the audit log is found by what was done and to what', async ({ page, signIn, market }) => {
  const [given] = await market.rate(await market.openShop(), [2], 'Came late.');
  await signIn({ email: demo.admin, password: demo.password });
  await open(page, '/admin/audit');
  await page.getByLabel('Action', { exact: true }).fill('account.signed');
  await page.getByTestId('filter-audit').click();
  await expect(page).toHaveURL(/action=account\.signed/);
  await expect(page.getByTestId('audit-entry').first()).toContainText('account.signed-in');
  await page.getByLabel('Entity id').fill(`0${given!.id}`);
  await page.getByTestId('filter-audit').click();
  await expect(page.getByText('No results')).toBeVisible();
  await page.getByRole('link', { name: 'All entries' }).first().click();
  await expect(page.getByTestId('audit-entry').first()).toBeVisible();
});

test('a task that failed on every attempt is retried or dismissed by an operator', async ({ page, signIn }, { project }) => {
  await signIn(demoAccount('ops'));
  await open(page, '/admin');
  await page.getByRole('link', { name: 'Tasks', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Failed tasks' })).toBeVisible();

  const own = page.getByTestId('dead-task').filter({ hasText: `request-${project.name}` }); // both projects share the database
  const payment = own.filter({ hasText: 'payment.capture' });
  await expect(payment).toContainText('The provider did not answer.');
  await payment.getByTestId('retry-task').click();
  await expect(page.getByTestId('toast')).toContainText('Task queued again.');
  const email = own.filter({ hasText: 'email.send' });
  await expect(email.getByTestId('retry-task')).toHaveCount(0); // its text is erased
  await email.getByTestId('ask-dismiss').click();
  await email.getByTestId('dismiss-task').click();
  await expect(page.getByTestId('toast')).toContainText('Task dismissed.');
  await page.goto('/admin/audit?action=task.');
  await expect(page.getByTestId('audit-entry').filter({ hasText: 'task.retried' }).first()).toContainText('payment.capture');
  await expect(page.getByTestId('audit-entry').filter({ hasText: 'task.dismissed' }).first()).toContainText('email.send');
});

test('a share of a flag is changed after a question that names the number of people', async ({ page, signIn }) => {
  await signIn(demoAccount('admin'));
  await open(page, '/admin/flags/seller-mobile-optimization');
  const state = () => page.getByTestId('reach').innerText();
  const before = await state();
  for (const testid of ['share-0', 'switch-flag', 'ask-kill']) {
    await page.getByTestId(testid).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(/about [\d,]+ people/);
    await dialog.getByTestId('keep').click();
    await expect(dialog).toHaveCount(0);
  }
  expect(await state()).toBe(before);
  await page.getByLabel('Custom percentage').fill('99');
  await page.getByRole('button', { name: 'Set…' }).click();
  await page.getByTestId('confirm-share').click();
  await expect(page.getByTestId('reach')).toContainText('99');
  await page.getByTestId('share-100').click();
  await page.getByTestId('confirm-share').click();
  await expect(page.getByTestId('reach')).toHaveText('On for everyone');
});
