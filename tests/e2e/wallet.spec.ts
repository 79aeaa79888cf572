import type { Page } from '@playwright/test';
import { generatePrivateKey, privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';
import { expect, open, test } from './lib/test.ts';

const ICON =
  'data:image/svg+xml;base64,' +
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#2c4358"/></svg>').toString(
    'base64',
  );
const newKey = () => privateKeyToAccount(generatePrivateKey());

interface Wallet {
  key: PrivateKeyAccount;
  name?: string;
  icon?: string;
  chainId?: number;
  /** Not by EIP-6963, but as older wallets do it. */
  inWindow?: boolean;
}

/** What the person does in their wallet. */
interface Person {
  declines: boolean;
  /** What was signed, word by word. */
  signed: string[];
}

let serial = 0;

/** Puts a wallet into the page: its key is a real one, and stays outside. */
async function install(page: Page, { key, name = 'Test wallet', icon = ICON, chainId = 1, inWindow = false }: Wallet): Promise<Person> {
  const person: Person = { declines: false, signed: [] };
  const bridge = `sign${++serial}`;
  await page.exposeFunction(bridge, async (hex: string) => {
    if (person.declines) return null;
    const message = Buffer.from(hex.slice(2), 'hex').toString();
    person.signed.push(message);
    return key.signMessage({ message });
  });
  await page.addInitScript(
    (wallet) => {
      let chain = wallet.chainId;
      const refuse = (code: number) => Promise.reject(Object.assign(new Error('refused'), { code }));
      const provider = {
        async request({ method, params }: { method: string; params?: unknown[] }): Promise<unknown> {
          if (method === 'eth_requestAccounts') return [wallet.address];
          if (method === 'eth_chainId') return `0x${chain.toString(16)}`;
          if (method === 'wallet_switchEthereumChain') {
            chain = Number((params![0] as { chainId: string }).chainId);
            return null;
          }
          if (method !== 'personal_sign' || params![1] !== wallet.address) return refuse(4200);
          const sign = (window as unknown as Record<string, (message: string) => Promise<string | null>>)[wallet.bridge]!;
          return (await sign(params![0] as string)) ?? refuse(4001);
        },
      };
      if (wallet.inWindow) {
        Object.assign(window, { ethereum: provider });
        return;
      }
      const detail = Object.freeze({
        info: { uuid: wallet.bridge, name: wallet.name, icon: wallet.icon, rdns: 'example.wallet' },
        provider,
      });
      const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
      window.addEventListener('eip6963:requestProvider', announce);
      announce();
    },
    { address: key.address.toLowerCase(), name, icon, chainId, inWindow, bridge },
  );
  return person;
}

const short = ({ address }: PrivateKeyAccount) => `${address.slice(0, 6)}…${address.slice(-4)}`;

test('a wallet comes in anew, gets a name, signs out, and comes in again to the same account', async ({ page, baseURL }) => {
  const key = newKey();
  const person = await install(page, { key });
  await open(page, '/sign-in?next=/orders');
  await expect(page.getByTestId('connect-wallet').locator('img')).toHaveAttribute('src', ICON);
  await page.getByTestId('connect-wallet').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What shall we call you?');
  await expect(page.getByRole('main')).toContainText(short(key));
  expect(person.signed[0]).toContain(`${new URL(baseURL!).host} wants you to sign in with your Ethereum account:\n${key.address}`);
  const name = `Wanda ${Date.now()}`;
  await page.getByLabel('Your name').fill(name);
  await page.getByTestId('save-name').click();
  await expect(page).toHaveURL('/orders');

  await page.goto('/account');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page.getByTestId('wallet')).toContainText(short(key));
  // The only way in stays.
  await page.getByRole('button', { name: `Unlink ${short(key)}` }).click();
  await expect(page.getByRole('alert')).toContainText('This is the only way into your account.');
  await page.getByTestId('sign-out').click();
  await expect(page).toHaveURL('/');

  await open(page, '/sign-in?next=/account');
  await page.getByTestId('connect-wallet').click();
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

test('a wallet is linked to an account with an e-mail, and is refused to another one', async ({ page, market, signIn, as }) => {
  const key = newKey();
  const account = await market.register('Linker');
  await install(page, { key, inWindow: true });
  await signIn(account);
  await open(page, '/account');
  await page.getByText('Link a wallet').click();
  await page.getByTestId('connect-wallet').click();
  await expect(page.getByTestId('wallet-connected')).toContainText(short(key));
  await expect(page.getByTestId('wallet')).toContainText(short(key));

  const other = await as(await market.register('Other'));
  await install(other, { key });
  await open(other, '/account');
  await other.getByText('Link a wallet').click();
  await other.getByTestId('connect-wallet').click();
  await expect(other.getByRole('alert')).toContainText('This wallet belongs to another account.');

  await page.getByRole('button', { name: `Unlink ${short(key)}` }).click();
  await expect(page.getByText('That wallet is unlinked.')).toBeVisible();
  await expect(page.getByTestId('wallet')).toHaveCount(0);
});

test('declining, another network and an icon from elsewhere: the page says so and goes on', async ({ page }) => {
  const key = newKey();
  const person = await install(page, { key, name: 'Slow wallet', chainId: 5 });
  await install(page, { key: newKey(), name: 'Prying <b>wallet</b>', icon: 'https://evil.example/icon.svg' });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).host));
  await open(page, '/sign-in');
  await expect(page.getByRole('button', { name: 'Prying <b>wallet</b>' })).toBeVisible();
  const slow = page.getByRole('button', { name: 'Slow wallet' });
  await slow.click();
  await expect(page.getByRole('alert')).toContainText('Your wallet is on another network. We take Ethereum.');
  person.declines = true;
  await page.getByRole('button', { name: 'Switch to Ethereum' }).click();
  await expect(page.getByRole('alert')).toContainText('You declined in your wallet. Nothing was signed.');
  await expect(page).toHaveURL('/sign-in');
  person.declines = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page).toHaveURL(/\/account\/name/);
  expect(new Set(asked)).toEqual(new Set([new URL(page.url()).host]));
});

test('without a wallet the page says what to do', async ({ page }) => {
  await open(page, '/sign-in');
  await expect(page.getByText('No wallet found in this browser.')).toBeVisible();
  await expect(page.getByLabel('E-mail')).toBeVisible();
});
