import { firstChars } from '@assay/contract';

/** What a wallet in the browser is (EIP-1193). */
export interface Provider {
  request(call: { method: string; params?: unknown[] }): Promise<unknown>;
}

export interface FoundWallet {
  id: string;
  name: string;
  /** A picture as a data URI; null where the wallet has none that may be shown. */
  icon: string | null;
  provider: Provider;
}

const NAME_MAX = 40;
const ICON_MAX = 200_000;
const ICON = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,]/i;
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/** Only data: pictures. Any other address would reveal to a third party who signs in, and where. */
export function iconOf(icon: unknown): string | null {
  return typeof icon === 'string' && icon.length <= ICON_MAX && ICON.test(icon) ? icon : null;
}

/** A wallet's name for itself, as one line of text. */
export function nameOf(name: unknown): string {
  const text = typeof name === 'string' ? name.replace(INVISIBLE, '').trim() : '';
  return firstChars(text, NAME_MAX) || 'A wallet without a name';
}

const isProvider = (value: unknown): value is Provider => typeof (value as Provider | null | undefined)?.request === 'function';

/** What a wallet announced (EIP-6963); null when that is no wallet. */
export function announced(detail: unknown): FoundWallet | null {
  const { info, provider } = (detail ?? {}) as { info?: { uuid?: unknown; name?: unknown; icon?: unknown } | null; provider?: unknown };
  if (!isProvider(provider) || typeof info?.uuid !== 'string') return null;
  return { id: info.uuid, name: nameOf(info.name), icon: iconOf(info.icon), provider };
}

/**
 * Reports the wallets in this browser, and again when another one announces itself: those of EIP-6963, or the one that an
 * older wallet puts into the window. Returns how to stop.
 */
export function watchWallets(tell: (wallets: FoundWallet[]) => void): () => void {
  const found = new Map<string, FoundWallet>();
  const hear = (event: Event) => {
    const wallet = announced((event as CustomEvent).detail);
    if (!wallet || found.has(wallet.id)) return;
    found.set(wallet.id, wallet);
    tell([...found.values()]);
  };
  window.addEventListener('eip6963:announceProvider', hear);
  window.dispatchEvent(new Event('eip6963:requestProvider'));
  const { ethereum } = window as { ethereum?: unknown };
  if (found.size === 0) tell(isProvider(ethereum) ? [{ id: 'window', name: 'Browser wallet', icon: null, provider: ethereum }] : []);
  return () => window.removeEventListener('eip6963:announceProvider', hear);
}
