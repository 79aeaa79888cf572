import { readFile } from 'node:fs/promises';
import type { MediaStore } from '@assay/core';
import { S3mini } from 's3mini';
import { MEDIA_CACHING } from './caching.ts';

export interface S3Place {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const TIMEOUT_MS = 20_000;

/** Files in a bucket of anything that speaks S3; the bucket is part of the path. Writing an object is atomic there by itself. */
export function s3Files({ endpoint, bucket, ...access }: S3Place): MediaStore {
  const s3 = new S3mini({
    ...access,
    endpoint: `${endpoint.replace(/\/$/, '')}/${bucket}`,
    fetch: (input, init) => fetch(input, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }),
  });
  const put = async (key: string, content: Uint8Array, type: string) => {
    // What is public may be served from the bucket itself, then with the same caching.
    const headers = key.startsWith('media/') ? { 'cache-control': MEDIA_CACHING } : {};
    await s3.putObject(key, content as Uint8Array<ArrayBuffer>, type, undefined, headers, content.byteLength);
  };
  return {
    put,
    putFile: async (key, from, type) => put(key, await readFile(from), type),
    async read(key) {
      const answer = await s3.getObjectResponse(key);
      return answer && new Uint8Array(await answer.arrayBuffer());
    },
    async delete(key) {
      await s3.deleteObject(key);
    },
  };
}
