import path from 'node:path';
import { HOME } from '@assay/runtime';

interface ImageVariables {
  MEDIA_DIR: string;
  S3_ENDPOINT?: string | undefined;
  S3_BUCKET?: string | undefined;
  S3_REGION: string;
  S3_ACCESS_KEY_ID?: string | undefined;
  S3_SECRET_ACCESS_KEY?: string | undefined;
  CDN_BASE_URL?: string | undefined;
  SELLER_IMAGE_UPLOAD_MAX_SIZE: number;
}

interface RedisVariables {
  REDIS_URL?: string | undefined;
  REDIS_KEY_PREFIX: string;
  REDIS_CLUSTER_MODE: boolean;
}

/** Nodes by chain. An address alone is that of the first chain. */
export function readRpcUrls(text: string | undefined, [first]: number[]): Map<number, string> {
  const pairs = (text ?? '').split(/[\s,]+/).filter(Boolean);
  return new Map(pairs.map((pair) => /^(?:(\d+)=)?(.+)$/.exec(pair)!).map(([, chain, url]) => [chain ? Number(chain) : first!, url!]));
}

/** Where images are kept, and how they are reached. */
export function imagesOf(env: ImageVariables) {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  return {
    directory: path.resolve(HOME, env.MEDIA_DIR),
    s3:
      endpoint && bucket && accessKeyId && secretAccessKey
        ? { endpoint, bucket, region: env.S3_REGION, accessKeyId, secretAccessKey }
        : null,
    cdnBase: env.CDN_BASE_URL?.replace(/\/$/, '') ?? '',
    maxBytes: env.SELLER_IMAGE_UPLOAD_MAX_SIZE,
  };
}

const HASH_TAG = /\{[^}]+\}/;
/** In a cluster with a hash tag: without one in the prefix, all of it is. */
export const keyPrefixOf = ({ REDIS_KEY_PREFIX: prefix, REDIS_CLUSTER_MODE: cluster }: RedisVariables): string =>
  cluster && !HASH_TAG.test(prefix) ? `{${prefix}}` : prefix;

/** The Redis that processes share; null where there is none. */
export function redisOf(env: RedisVariables) {
  const { REDIS_URL: url, REDIS_CLUSTER_MODE: cluster } = env;
  return url ? { url, cluster, keyTag: cluster ? HASH_TAG.exec(keyPrefixOf(env))![0] : '' } : null;
}
