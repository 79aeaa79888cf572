import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { RELEASE, RELEASES } from '@assay/runtime';

/** Scripts and styles of the pages: the name has a hash of what is in it, so that whichever release has the name is right. */
const NAME = /^\/_app\/immutable\/(?:[\w-]+\/)*[\w-][\w.-]*$/;
const BUILT = path.join('apps', 'web', 'build', 'client');
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/**
 * The file that a page of another release asks for, where this one does not have it: while processes are being replaced, and in
 * browsers that had the page open before. Null where nothing is to be found, or nothing was released.
 */
export function assetOfOtherRelease(name: string): string | null {
  if (!RELEASE || !NAME.test(name) || existsSync(path.join(RELEASES, RELEASE.id, BUILT, name))) return null;
  for (const id of readdirSync(RELEASES)) {
    const file = path.join(RELEASES, id, BUILT, name);
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  }
  return null;
}

/** Sends it as the pages' own server does. */
export function sendAsset(file: string, res: ServerResponse): void {
  res.writeHead(200, {
    'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'Cache-Control': 'public,max-age=31536000,immutable',
  });
  createReadStream(file)
    .on('error', () => res.destroy())
    .pipe(res);
}
