import { describe, expect, it } from 'vitest';
import { knownDevices } from './devices.ts';

const devices = knownDevices('a-secret-of-the-tests');

describe('the cookie of a known device', () => {
  it('is known to the accounts that signed in there, the last five of them, and to no other', () => {
    let token: string | null = null;
    for (let userId = 1; userId <= 6; userId++) token = devices.remember(token, userId);
    expect(devices.knownTo(token, 1)).toBeNull();
    for (let userId = 2; userId <= 6; userId++) expect(devices.knownTo(token, userId), String(userId)).toMatch(/^[\w-]{22}$/);
    expect(devices.knownTo(token, 7)).toBeNull();
    expect(devices.remember(token, 6)).toBe(token);
  });

  it('is worth nothing when it was made up, changed or sealed for another device', () => {
    const token = devices.remember(null, 1);
    const [, , seal] = token.split('.');
    const other = devices.remember(null, 2).split('.');
    for (const bad of [
      null,
      '',
      'v1',
      token.slice(0, -1),
      token.replace(/.$/, (last) => (last === 'A' ? 'g' : 'A')),
      `v1.${other[1]}.${seal}`,
    ])
      expect(devices.knownTo(bad, 1), String(bad)).toBeNull();
    expect(knownDevices('another-secret').knownTo(token, 1)).toBeNull();
  });

  it('stays known while the secret before is still listed', () => {
    const token = devices.remember(null, 1);
    expect(knownDevices('the-next-secret,a-secret-of-the-tests').knownTo(token, 1)).not.toBeNull();
  });
});
