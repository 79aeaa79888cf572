import { createHash, randomBytes } from 'node:crypto';
import { AppError, type WalletMessage, type WalletProofs } from '@assay/core';
import { createClient, http, type Address, type Hash, type Hex, type HttpTransport, type Transport } from 'viem';
import { verifyHash } from 'viem/actions';
import { createSiweMessage, parseSiweMessage, type SiweMessage } from 'viem/siwe';
import { getAddress, hashMessage, recoverAddress } from 'viem/utils';
import type { Logger } from '../logger.ts';

const RPC_TIMEOUT_MS = 5000;
/** r, s and v of a key's signature, in hexadecimal with 0x. */
const KEY_SIGNATURE_LENGTH = 132;

/**
 * What wallets sign (EIP-4361), and who signed it: a key offline, a contract (EIP-1271, or ERC-6492 before it is deployed) by
 * asking a node of its chain.
 * @param rpcUrls a node's address for each chain whose contract wallets are to be taken
 */
export function walletProofs(rpcUrls: ReadonlyMap<number, string>, log: Logger): WalletProofs {
  const transports = new Map([...rpcUrls].map(([chainId, url]) => [chainId, http(url, { timeout: RPC_TIMEOUT_MS, retryCount: 1 })]));
  const hashNonce = (nonce: string) => createHash('sha256').update(nonce).digest('hex');
  return {
    checksum: (address) => getAddress(address),

    newNonce() {
      const nonce = randomBytes(16).toString('hex');
      return { nonce, hash: hashNonce(nonce) };
    },

    hashNonce,

    compose: (message) => createSiweMessage({ ...message, address: message.address as Address, version: '1' }),

    read(text) {
      const fields = parseSiweMessage(text);
      if (!isWhole(fields)) return null;
      try {
        // Written anew from its fields it must be the same: nothing hides between them. The address may lack its checksum.
        const again = createSiweMessage(fields);
        return again === text.replace(fields.address, getAddress(fields.address)) ? fields : null;
      } catch {
        return null;
      }
    },

    async verify({ address, chainId, message, signature }) {
      const signed = { address: address as Address, hash: hashMessage(message), signature: signature as Hex };
      if (await isSignedByKey(signed)) return 'key';
      const transport = transports.get(chainId);
      if (transport && (await isSignedByContract(transport, signed, log))) return 'contract';
      const contract = !transport && signature.length !== KEY_SIGNATURE_LENGTH;
      throw new AppError(contract ? 'WALLET_CONTRACT_UNSUPPORTED' : 'WALLET_WRONG_SIGNATURE');
    },
  };
}

/** Has it the fields that we put into each message, and none that we never use? */
function isWhole(fields: ReturnType<typeof parseSiweMessage>): fields is SiweMessage & WalletMessage & { address: Address } {
  const { domain, uri, address, statement, chainId, nonce, issuedAt, expirationTime, scheme, requestId, resources } = fields;
  const used = [domain, uri, address, statement, chainId, nonce, issuedAt, expirationTime];
  return used.every((field) => field !== undefined) && [scheme, requestId, resources].every((field) => field === undefined);
}

interface Signed {
  address: Address;
  hash: Hash;
  signature: Hex;
}

async function isSignedByKey({ address, hash, signature }: Signed): Promise<boolean> {
  if (signature.length !== KEY_SIGNATURE_LENGTH) return false;
  try {
    return (await recoverAddress({ hash, signature })) === getAddress(address);
  } catch {
    return false; // not a point of the curve
  }
}

/** @throws AppError WALLET_NOT_CHECKED when the node does not answer: viem takes that for a no */
async function isSignedByContract(transport: HttpTransport, signed: Signed, log: Logger): Promise<boolean> {
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
