import { createRequire } from 'node:module';

/** The package has no types. */
const { decompress } = createRequire(import.meta.url)('wawoff2') as { decompress: (woff2: Uint8Array) => Promise<Uint8Array> };

let last: Promise<unknown> = Promise.resolve();

/** A woff2 file as the TrueType file that it packs. One at a time: `wawoff2` answers with a view of its one memory, which the next call overwrites. */
export function unpack(woff2: Uint8Array): Promise<Buffer> {
  const next = last.then(async () => Buffer.from(await decompress(woff2)));
  last = next.catch(() => {});
  return next;
}
