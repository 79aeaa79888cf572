import { createHash, randomBytes } from 'node:crypto';
import { AppError, type WalletMessage, type WalletMessages, type WalletProofs } from '@assay/core';
import type { Address, Hash, Hex } from 'viem';
import { createSiweMessage, parseSiweMessage, type SiweMessage } from 'viem/siwe';
import { getAddress, hashMessage, recoverAddress } from 'viem/utils';
import type { Logger } from '../logger.ts';

/** r, s and v of a key's signature, in hexadecimal with 0x: 65 bytes. */
const KEY_SIGNATURE_LENGTH = 132;
/** The same in 64 bytes (EIP-2098), as hardware wallets and some libraries send it: v is the first bit of s. */
const COMPACT_SIGNATURE_LENGTH = 130;
const isOfKey = ({ length }: string): boolean => length === KEY_SIGNATURE_LENGTH || length === COMPACT_SIGNATURE_LENGTH;

/** The messages that wallets sign (EIP-4361). */
export function walletMessages(): WalletMessages {
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
  };
}

/**
 * Verifies who signed: a key offline, a contract (EIP-1271, or ERC-6492 before it is deployed) by asking a node of its chain.
 * @param rpcUrls a node's address for each chain whose contract wallets are accepted
 */
export function walletProofs(rpcUrls: ReadonlyMap<number, string>, log: Logger): WalletProofs {
  return {
    async verify({ address, chainId, message, signature }) {
      const signed = { address: address as Address, hash: hashMessage(message), signature: signature as Hex };
      if (await isSignedByKey(signed)) return 'key';
      const rpcUrl = rpcUrls.get(chainId);
      // Most of viem is for this: it is loaded on first use.
      if (rpcUrl && (await (await import('./contract-wallets.ts')).isSignedByContract(rpcUrl, signed, log))) return 'contract';
      const contract = !rpcUrl && !isOfKey(signature);
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

export interface Signed {
  address: Address;
  hash: Hash;
  signature: Hex;
}

async function isSignedByKey({ address, hash, signature }: Signed): Promise<boolean> {
  if (!isOfKey(signature)) return false;
  try {
    return (await recoverAddress({ hash, signature: withRecoveryByte(signature) })) === getAddress(address);
  } catch {
    return false; // not a point of the curve
  }
}

/** A compact signature in its usual 65 bytes; any other one as it is. */
function withRecoveryByte(signature: Hex): Hex {
  if (signature.length !== COMPACT_SIGNATURE_LENGTH) return signature;
  const [r, first, rest] = [signature.slice(0, 66), Number.parseInt(signature.slice(66, 68), 16), signature.slice(68)];
  return `${r as Hex}${(first & 0x7f).toString(16).padStart(2, '0')}${rest}${first & 0x80 ? '1c' : '1b'}`;
}
