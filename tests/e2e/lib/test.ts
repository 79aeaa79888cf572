import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { marketAt, type Account, type Market } from './market.ts';

type Credentials = Pick<Account, 'email' | 'password'>;

interface Fixtures {
  market: Market;
  /** Opens a session in the page's context without going through the form. */
  signIn: (account: Credentials) => Promise<void>;
  /** Another person at a browser of their own, signed in. */
  as: (account: Credentials) => Promise<Page>;
  /** What the console said that it should not have: a broken policy, a failed hydration, an exception. */
  complaints: string[];
}

async function openSession(context: BrowserContext, { email, password }: Credentials): Promise<void> {
  const answer = await context.request.post('/api/v1/auth/login', { data: { email, password } });
  expect(answer.status()).toBe(200);
}

function listenTo(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    const refusal = message.text().includes('the server responded with a status of 4'); // the browser's own line: tests look at statuses
    const blocked = message.text() === 'Service Worker registration blocked by Playwright'; // as the configuration wants it
    const offline = message.text().includes('net::ERR_INTERNET_DISCONNECTED'); // a test took the network away
    if (['error', 'warning'].includes(message.type()) && !refusal && !blocked && !offline) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
}

/** Every test fails on complaints of the console, the content security policy's among them. */
export const test = base.extend<Fixtures>({
  market: ({ baseURL }, use) => use(marketAt(baseURL!)),

  signIn: ({ context }, use) => use((account) => openSession(context, account)),

  as: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (account) => {
      const context = await browser.newContext();
      contexts.push(context);
      await openSession(context, account);
      const page = await context.newPage();
      listenTo(page, complaints);
      return page;
    });
    for (const context of contexts) await context.close();
  },

  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      listenTo(page, complaints);
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Resolves when scripts have taken over; before that forms work too, but as forms. SvelteKit adds its announcer when it has mounted. */
export async function hydrated(page: Page): Promise<void> {
  await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
}

/** Opens a page and waits until its scripts have taken over. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

export const demo = {
  buyer: 'buyer@assay.example',
  seller: 'seller@assay.example',
  admin: 'admin@assay.example',
  moderator: 'moderator@assay.example',
  ops: 'ops@assay.example',
  password: 'assay-demo',
};
export const demoAccount = (role: Exclude<keyof typeof demo, 'password'>): Credentials => ({ email: demo[role], password: demo.password });
