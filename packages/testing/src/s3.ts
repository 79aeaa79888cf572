import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AwsClient } from 'aws4fetch';

interface S3rver {
  new (options: { port: number; address: string; silent: boolean; directory: string }): {
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
  };
}

export interface S3Server {
  /** The API's variables for it. */
  readonly variables: Record<'S3_ENDPOINT' | 'S3_BUCKET' | 'S3_REGION' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY', string>;
  /** The keys in the bucket. */
  keys(): Promise<string[]>;
  stop(): Promise<void>;
}

/**
 * An S3 server with a bucket of its own: s3rver, which comes from npm, keeps objects as files and checks signatures; or any other
 * one that is named by TEST_S3_URL: http://KEY:SECRET@127.0.0.1:7070
 */
export async function startS3(): Promise<S3Server> {
  const given = process.env.TEST_S3_URL || null;
  const server = given ? null : await ownServer();
  const { origin, username, password } = new URL(given ?? server!.url);
  const bucket = `assay-test-${randomBytes(6).toString('hex')}`;
  const access = { accessKeyId: decodeURIComponent(username), secretAccessKey: decodeURIComponent(password), region: 'us-east-1' };
  // Another client than the product's: it cannot agree with itself on something wrong.
  const s3 = new AwsClient({ ...access, service: 's3', retries: 0 });
  const made = await s3.fetch(`${origin}/${bucket}`, { method: 'PUT' });
  if (!made.ok) throw new Error(`The S3 server gave no bucket: ${await made.text()}`);
  return {
    variables: {
      S3_ENDPOINT: origin,
      S3_BUCKET: bucket,
      S3_REGION: access.region,
      S3_ACCESS_KEY_ID: access.accessKeyId,
      S3_SECRET_ACCESS_KEY: access.secretAccessKey,
    },
    async keys() {
      const listed = await s3.fetch(`${origin}/${bucket}?list-type=2`);
      return [...(await listed.text()).matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key!).sort();
    },
    stop: async () => server?.stop(),
  };
}

async function ownServer() {
  const Server = createRequire(import.meta.url)('@20minutes/s3rver') as S3rver;
  const directory = mkdtempSync(path.join(tmpdir(), 'assay-s3-'));
  const server = new Server({ port: 0, address: '127.0.0.1', silent: true, directory });
  const { port } = await server.run();
  return {
    url: `http://S3RVER:S3RVER@127.0.0.1:${port}`,
    async stop() {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
