import { describe, expect, it } from 'vitest';
import type { WalletMessage } from './ports.ts';
import { checkMessage, domainOf, statementOf } from './rules.ts';

const NOW = new Date('2026-01-02T03:04:05.000Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);
const MESSAGE: WalletMessage = {
  domain: 'shop.example:8443',
  uri: 'https://shop.example:8443',
  address: '0x',
  statement: statementOf('link', 7),
  chainId: 10,
  nonce: 'n',
  issuedAt: NOW,
  expirationTime: after(1),
};
const expected = { origin: 'https://shop.example:8443', chainIds: [1, 10], statement: statementOf('link', 7), now: NOW };
const outcome = (change: Partial<WalletMessage>) => {
  try {
    checkMessage({ ...MESSAGE, ...change }, expected);
    return 'fine';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a signed message', () => {
  it.each<[string, Partial<WalletMessage>]>([
    ['fine', {}],
    ['fine', { issuedAt: after(5000) }], // the clock of another process
    ['WALLET_NOT_YET_VALID', { issuedAt: after(5001) }],
    ['fine', { notBefore: NOW }],
    ['WALLET_NOT_YET_VALID', { notBefore: after(1) }],
    ['WALLET_EXPIRED', { expirationTime: NOW }],
    ['WALLET_WRONG_DOMAIN', { domain: 'shop.example' }],
    ['WALLET_WRONG_DOMAIN', { uri: 'http://shop.example:8443' }],
    ['WALLET_WRONG_DOMAIN', { uri: 'https://shop.example:8443/sign-in' }],
    ['WALLET_WRONG_CHAIN', { chainId: 137 }],
    ['WALLET_WRONG_PURPOSE', { statement: statementOf('link', 8) }],
    ['WALLET_WRONG_PURPOSE', { statement: statementOf('sign-in', null) }],
  ])('is %s with %j', (code, change) => expect(outcome(change)).toBe(code));

  it('says what it does, in ASCII', () => {
    expect(statementOf('link', 7)).toMatch(/^Link this wallet to account 7 /);
    for (const purpose of ['sign-in', 'link'] as const) expect(statementOf(purpose, 7)).toMatch(/^[ -~]+$/);
    expect(domainOf('http://localhost:3000')).toBe('localhost:3000');
  });
});
