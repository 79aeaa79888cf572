import type { ErrorCode, Problem, WalletNonce, WalletProof, WalletPurpose } from '@assay/contract';
import { csrfHeader } from '#lib/api.ts';
import type { FoundWallet, Provider } from './providers.ts';

const TIMEOUT_MS = 15_000;
// EIP-1193 and EIP-1474.
const REJECTED = 4001;
const BUSY_WITH_ANOTHER = -32_002;
const UNKNOWN_CHAIN = 4902;

/** Why it did not come to a signature, in words for the person. */
export class WalletRefusal extends Error {
  override readonly name = 'WalletRefusal';
  /** rejected: by the person. chain: the wallet is on another network. */
  readonly kind: 'rejected' | 'chain' | 'error';
  readonly code: ErrorCode | null;

  constructor(kind: WalletRefusal['kind'], message: string, code: ErrorCode | null = null) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

const UNREACHABLE = 'We could not reach the server. Check your connection and try again.';

/** A change through the REST API, from the page itself: it sets the session's cookies. @throws WalletRefusal */
export async function post<Answer>(path: string, body: object): Promise<Answer> {
  const send = (to: string, json: string | null) =>
    fetch(`/api/v1${to}`, {
      method: 'POST',
      headers: { ...csrfHeader(), ...(json === null ? {} : { 'content-type': 'application/json' }) },
      body: json,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {
      throw new WalletRefusal('error', UNREACHABLE);
    });
  let answer = await send(path, JSON.stringify(body));
  // The page may have been open for longer than an access token is good.
  if (answer.status === 401 && (await send('/auth/refresh', null)).ok) answer = await send(path, JSON.stringify(body));
  if (answer.ok) return (await answer.json()) as Answer;
  const problem = (await answer.json().catch(() => null)) as Problem | null;
  throw new WalletRefusal('error', problem?.detail ?? UNREACHABLE, (problem?.code ?? null) as ErrorCode | null);
}

/** What the wallet said, as something that a person can act on. */
function refusalOf(thrown: unknown): WalletRefusal {
  if (thrown instanceof WalletRefusal) return thrown;
  const { code } = (thrown ?? {}) as { code?: unknown };
  if (code === REJECTED) return new WalletRefusal('rejected', 'You declined in your wallet. Nothing was signed.');
  if (code === BUSY_WITH_ANOTHER) return new WalletRefusal('error', 'Your wallet already has an open request. Open it and answer there.');
  return new WalletRefusal('error', 'Your wallet could not do this. Open it, unlock it and try again.');
}

async function ask(provider: Provider, method: string, params?: unknown[]): Promise<unknown> {
  try {
    return await provider.request(params ? { method, params } : { method });
  } catch (thrown) {
    throw refusalOf(thrown);
  }
}

const toHex = (text: string) => `0x${[...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;

/** What is known once the wallet has said who it is, and the server what is to be signed. */
export interface ToSign {
  address: string;
  message: string;
}

/**
 * Asks a wallet who it is, the server for a message, and the wallet to sign it.
 * @param shown called before the wallet is asked to sign
 * @throws WalletRefusal
 */
export async function signWith(
  { provider }: FoundWallet,
  purpose: WalletPurpose,
  chainIds: readonly number[],
  shown: (toSign: ToSign) => void,
): Promise<WalletProof> {
  const [address] = (await ask(provider, 'eth_requestAccounts')) as unknown[];
  if (typeof address !== 'string') throw new WalletRefusal('error', 'Your wallet shares no account. Choose one in the wallet.');
  const chainId = Number(await ask(provider, 'eth_chainId'));
  if (!chainIds.includes(chainId)) throw new WalletRefusal('chain', 'Your wallet is on another network.');
  const toSign = await post<WalletNonce>('/auth/wallet/nonce', { address, chainId, purpose });
  const { message } = toSign;
  shown(toSign);
  const signature = await ask(provider, 'personal_sign', [toHex(message), address]);
  if (typeof signature !== 'string') throw new WalletRefusal('error', 'Your wallet gave no signature. Try again.');
  return { message, signature };
}

/** Asks a wallet to go to another network. @throws WalletRefusal */
export async function switchChain({ provider }: FoundWallet, chainId: number): Promise<void> {
  try {
    await provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: `0x${chainId.toString(16)}` }] });
  } catch (thrown) {
    const unknown = (thrown as { code?: unknown } | null)?.code === UNKNOWN_CHAIN;
    throw unknown ? new WalletRefusal('chain', 'Your wallet does not know this network. Add it there.') : refusalOf(thrown);
  }
}

const CHAINS: Record<number, string> = {
  1: 'Ethereum',
  10: 'OP Mainnet',
  100: 'Gnosis',
  137: 'Polygon',
  8453: 'Base',
  42_161: 'Arbitrum One',
  11_155_111: 'Sepolia',
};

export const chainName = (chainId: number): string => CHAINS[chainId] ?? `network ${chainId}`;
