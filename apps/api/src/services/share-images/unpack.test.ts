import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { unpack } from './unpack.ts';

it('fonts that are unpacked at once come out as they do one after the other', async () => {
  const files = ['noto-serif-latin-400-normal', 'noto-serif-greek-400-normal', 'hanken-grotesk-wght'].map((name) =>
    readFileSync(new URL(`../../../assets/fonts/${name}.woff2`, import.meta.url)),
  );
  const together = await Promise.all(files.map(unpack));
  for (const [index, file] of files.entries()) expect((await unpack(file)).equals(together[index]!)).toBe(true);
});
