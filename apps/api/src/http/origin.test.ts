import type { Request } from 'express';
import { expect, it } from 'vitest';
import { isOriginOf, ownOrigin } from './origin.ts';

const asked = (host: string, protocol = 'http') => ({ host, protocol }) as Request;
const wallets = { signatureTimeoutS: 300, chainIds: [1], rpcUrls: new Map<number, string>() };

it('is what PUBLIC_URL says, for any host in the request', () => {
  const known = { ...wallets, origin: 'https://shop.example', loopback: true };
  for (const host of ['shop.example', 'evil.example', 'localhost:3000']) expect(ownOrigin(known, asked(host))).toBe('https://shop.example');
});

it('is a loopback host that was called where nothing is said', () => {
  const unsaid = { ...wallets, origin: null, loopback: true };
  for (const host of ['localhost', 'localhost:3000', '127.0.0.1:3000']) expect(ownOrigin(unsaid, asked(host))).toBe(`http://${host}`);
  expect(ownOrigin(unsaid, asked('localhost:3000', 'https'))).toBe('https://localhost:3000');
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost:3000@evil.example',
    'evil.example:127',
  ])
    expect(ownOrigin(unsaid, asked(host)), host).toBeNull();
});

it('is not known in production where nothing is said', () => {
  expect(ownOrigin({ ...wallets, origin: null, loopback: false }, asked('localhost:3000'))).toBeNull();
});

it.each<[origin: string, host: string, same: boolean]>([
  ['https://shop.example', 'shop.example', true],
  ['https://shop.example', 'shop.example:443', true],
  ['http://shop.example', 'shop.example:80', true],
  ['https://SHOP.example', 'Shop.Example:443', true],
  ['https://shop.example:8443', 'shop.example:8443', true],
  ['https://shop.example', 'shop.example:80', false],
  ['http://shop.example', 'shop.example:443', false],
  ['https://shop.example:8443', 'shop.example:8443:443', false],
  ['https://shop.example:8443', 'shop.example', false],
  ['https://evil.example', 'shop.example', false],
  ['https://shop.example.evil.example', 'shop.example', false],
  ['https://evil.example', 'shop.example@evil.example', false],
  ['https://evil.example', '', false],
  ['null', 'null', false],
  ['no address', 'shop.example', false],
])('%s is the origin of the host %j: %s', (origin, host, same) => expect(isOriginOf(origin, host)).toBe(same));
