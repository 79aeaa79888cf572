import type { Request } from 'express';
import { expect, it } from 'vitest';
import { ownOrigin } from './origin.ts';

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
