import type { Page } from '@playwright/test';
import { generatePrivateKey, privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';

export const ICON =
  'data:image/svg+xml;base64,' +
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#2c4358"/></svg>').toString(
    'base64',
  );
/** A key of its own: what it signs is signed. */
export const newKey = () => privateKeyToAccount(generatePrivateKey());

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
export async function install(
  page: Page,
  { key, name = 'Test wallet', icon = ICON, chainId = 1, inWindow = false }: Wallet,
): Promise<Person> {
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

/** "0x7a3F…c41E" */
export const short = ({ address }: PrivateKeyAccount) => `${address.slice(0, 6)}…${address.slice(-4)}`;
