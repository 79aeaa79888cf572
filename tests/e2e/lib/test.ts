import { test as base, expect, type Page } from '@playwright/test';
import { marketAt, type Account, type Market } from './market.ts';

interface Fixtures {
  market: Market;
  /** Opens a session in the page's context without going through the form. */
  signIn: (account: Pick<Account, 'email' | 'password'>) => Promise<void>;
  /** What the console said that it should not have: a broken policy, a failed hydration, an exception. */
  complaints: string[];
}

/** Every test fails on complaints of the console, the content security policy's among them. */
export const test = base.extend<Fixtures>({
  market: ({ baseURL }, use) => use(marketAt(baseURL!)),

  signIn: ({ context }, use) =>
    use(async ({ email, password }) => {
      const answer = await context.request.post('/api/v1/auth/login', { data: { email, password } });
      expect(answer.status()).toBe(200);
    }),

  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        const refusal = message.text().includes('the server responded with a status of 4'); // the browser's own line: tests look at statuses
        if (['error', 'warning'].includes(message.type()) && !refusal) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
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

export const demo = { buyer: 'buyer@assay.example', seller: 'seller@assay.example', admin: 'admin@assay.example', password: 'assay-demo' };
