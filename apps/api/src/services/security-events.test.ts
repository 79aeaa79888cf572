import { expect, it } from 'vitest';
import { addressPrefix } from './security-events.ts';

it.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:1234:5678::9', '2001:db8:1234::/48'],
  ['2001:DB8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0::/48'],
  ['', 'unknown'],
  ['<script>', 'unknown'],
  ['1.2.3.4"}', 'unknown'],
])('the network of %s is %s', (address, prefix) => {
  expect(addressPrefix(address)).toBe(prefix);
});
