import { parseSignature, serializeCompactSignature, signatureToCompactSignature, type Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { walletProofs } from './wallet-proofs.ts';

const proofs = walletProofs(new Map(), createLogger('silent', 'test'));
const compact = (signature: Hex): Hex => serializeCompactSignature(signatureToCompactSignature(parseSignature(signature)));

describe('the signature of a key', () => {
  it('is taken in 65 bytes, and in the 64 of EIP-2098', async () => {
    for (let i = 0; i < 20; i++) {
      const key = privateKeyToAccount(generatePrivateKey());
      const message = `Sign in ${i}`;
      const signature = await key.signMessage({ message });
      const proof = { address: key.address, chainId: 1, message };
      expect(compact(signature)).toHaveLength(130);
      expect(await proofs.verify({ ...proof, signature })).toBe('key');
      expect(await proofs.verify({ ...proof, signature: compact(signature) })).toBe('key');
    }
  });

  it('in 64 bytes is that of one message and one key', async () => {
    const [key, other] = [privateKeyToAccount(generatePrivateKey()), privateKeyToAccount(generatePrivateKey())];
    const message = 'Sign in';
    const signature = compact(await key.signMessage({ message }));
    const proof = { address: key.address, chainId: 1, message, signature };
    for (const wrong of [
      { ...proof, message: 'Sign in!' },
      { ...proof, address: other.address },
      { ...proof, signature: `0x${'00'.repeat(64)}` },
      { ...proof, signature: `0x${'ff'.repeat(64)}` },
    ])
      await expect(proofs.verify(wrong)).rejects.toMatchObject({ code: 'WALLET_WRONG_SIGNATURE' });
    await expect(proofs.verify({ ...proof, signature: `${signature}00ff` })).rejects.toMatchObject({ code: 'WALLET_CONTRACT_UNSUPPORTED' });
  });
});
