import { createReadStream, readdirSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { HOME, RELEASES } from '@assay/runtime';

/** Scripts and styles of the pages: the name has a hash of what is in it, so that whichever release has the name is right. */
const NAME = /^\/_app\/immutable\/(?:[\w-]+\/)*[\w-][\w.-]*$/;
/** Builds of the checkout, see scripts/lib/build-web.ts. */
const BUILDS = path.join(HOME, 'apps', 'web', 'build');
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/**
 * The file that a page of another build or release asks for, where this one does not have it: while processes are being replaced, and in
 * browsers that had the page open before. Null if no build has it.
 * @param own the folder of the build that this process serves
 */
export function assetOfOtherBuild(name: string, own: string): string | null {
  if (!NAME.test(name) || fileIn(own, name)) return null;
  const ofReleases = namesIn(RELEASES).map((id) => path.join(RELEASES, id, 'apps', 'web', 'build'));
  const folders = [
    ...namesIn(BUILDS).map((build) => path.join(BUILDS, build)),
    ...ofReleases.map((folder) => path.join(folder, 'current')),
    ...ofReleases, // of earlier versions of the product
  ];
  for (const folder of folders) {
    const file = fileIn(folder, name);
    if (file) return file;
  }
  return null;
}

function fileIn(build: string, name: string): string | null {
  const file = path.join(build, 'client', name);
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
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
