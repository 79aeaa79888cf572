import type { IncomingMessage } from 'node:http';
import { LARGE_BODY_PATHS } from '@assay/contract';

/** What is open at the same time for one address: pages load dozens of files at once. */
const OPEN_MAX = 200;
/** Large bodies on their way to the API at the same time, of one address. */
const LARGE_MAX = 8;

/** Counts what is open for each key. */
export function openCounts(max: number): { enter(key: string): (() => void) | null } {
  const counts = new Map<string, number>();
  return {
    /** Null where the key has all that it may have; else what ends it. */
    enter(key) {
      const open = counts.get(key) ?? 0;
      if (open >= max) return null;
      counts.set(key, open + 1);
      return () => {
        const left = counts.get(key)! - 1;
        if (left > 0) counts.set(key, left);
        else counts.delete(key);
      };
    },
  };
}

export const openRequests = openCounts(OPEN_MAX);
export const openLargeBodies = openCounts(LARGE_MAX);

/** Whether a body is passed on to the API as it arrives: a file of someone who signs in there first. */
export const isLargeBody = (method: string | undefined, path: string): boolean => method === 'POST' && LARGE_BODY_PATHS.includes(path);

/** Waits for a small body. Null where it is larger. @throws Error when the client goes away */
export function readSmallBody(req: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else {
        req.pause();
        resolve(null);
      }
    });
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('close', () => reject(new Error('The client went away.')));
    req.on('error', reject);
  });
}
