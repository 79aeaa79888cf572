import { describe, expect, it } from 'vitest';
import { announced, iconOf, nameOf } from './providers.ts';

const provider = { request: () => Promise.resolve(null) };

describe('what a wallet says of itself', () => {
  it.each(['data:image/svg+xml;base64,PHN2Zy8+', 'data:image/png;base64,AA', 'data:image/webp;base64,AA', 'data:image/svg+xml,<svg/>'])(
    'is shown: %s',
    (icon) => expect(iconOf(icon)).toBe(icon),
  );

  it.each([
    'https://evil.example/icon.png',
    '/icon.png',
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:image/svg+xmlx,',
    ' data:image/png;base64,AA',
    `data:image/png;base64,${'A'.repeat(200_000)}`,
    '',
    null,
    7,
  ])('is not shown: %s', (icon) => expect(iconOf(icon)).toBeNull());

  it('is a name of one short line', () => {
    expect(nameOf('  Fox\u202E\n Wallet ')).toBe('Fox Wallet');
    expect(nameOf('x'.repeat(60))).toHaveLength(40);
    expect(nameOf(`${'x'.repeat(39)}🦊`)).toBe('x'.repeat(39));
    for (const none of ['', '\u200B', undefined, {}]) expect(nameOf(none)).toBe('A wallet without a name');
  });

  it('is a wallet only with an id and something to ask', () => {
    expect(announced({ info: { uuid: 'a', name: 'Fox', icon: 'https://x.example' }, provider })).toEqual({
      id: 'a',
      name: 'Fox',
      icon: null,
      provider,
    });
    for (const none of [null, {}, { info: null, provider }, { info: { uuid: 1 }, provider }, { info: { uuid: 'a' }, provider: {} }])
      expect(announced(none)).toBeNull();
  });
});
