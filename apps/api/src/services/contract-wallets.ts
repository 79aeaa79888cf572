import { AppError } from '@assay/core';
import { createClient, http, type Transport } from 'viem';
import { verifyHash } from 'viem/actions';
import type { Logger } from '../logger.ts';
import type { Signed } from './wallet-proofs.ts';

const RPC_TIMEOUT_MS = 5000;

/**
 * Asks a node of the chain whether the contract at that address takes the signature for its own (EIP-1271, ERC-6492).
 * @throws AppError WALLET_NOT_CHECKED when the node does not answer: viem takes that for a no
 */
export async function isSignedByContract(rpcUrl: string, signed: Signed, log: Logger): Promise<boolean> {
  const transport = http(rpcUrl, { timeout: RPC_TIMEOUT_MS, retryCount: 1, fetchOptions: { redirect: 'error' } });
  let failure: unknown = null;
  const watched: Transport = (options) => {
    const inner = transport(options);
    const request = async (...call: Parameters<typeof inner.request>) => {
      try {
        return await inner.request(...call);
      } catch (error) {
        if (!isRevert(error)) failure = error;
        throw error;
      }
    };
    return { ...inner, request: request as typeof inner.request };
  };
  const valid = await verifyHash(createClient({ transport: watched }), signed).catch((error: unknown) => {
    failure ??= error;
    return false;
  });
  if (valid || failure === null) return valid;
  // Without the address of the node, which may have a key in it.
  const { name, code, status } = failure as { name?: string; code?: number; status?: number };
  log.warn({ err: { name, code, status } }, 'a contract wallet could not be checked');
  throw new AppError('WALLET_NOT_CHECKED', { retryAfterS: 5 });
}

/** The contract has said no: by EIP-1474's code for a revert, or in the words of the node. */
function isRevert(error: unknown): boolean {
  const { code, details } = error as { code?: number; details?: string };
  return code === 3 || /revert/i.test(details ?? '');
}
