import { Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { columns } from '../engine/rows.ts';

export interface StoredRequest {
  requestHash: string;
  status: 'in-flight' | 'done';
  responseStatus: number | null;
  responseBody: string | null;
  lockedUntil: Date;
}

/** Requests that carried an Idempotency-Key, by user and hash of the key. */
export interface IdempotencyStore {
  /** Null when the key is new and now belongs to this request; otherwise what was stored under it. */
  claim(userId: number, keyHash: string, requestHash: string, lockedUntil: Date, at: Date): Promise<StoredRequest | null>;
  /** Takes over a request whose process died: true when it was in flight and its lock has run out. */
  takeOver(userId: number, keyHash: string, lockedUntil: Date, at: Date): Promise<boolean>;
  complete(userId: number, keyHash: string, responseStatus: number, responseBody: string): Promise<void>;
  /** Gives an unfinished key back: the request failed without leaving anything. */
  release(userId: number, keyHash: string): Promise<void>;
  purgeBefore(at: Date): Promise<number>;
}

const REQUEST = columns(
  { k: 'IdempotencyKeys' },
  {
    requestHash: 'k.RequestHash',
    status: 'k.Status',
    responseStatus: 'k.ResponseStatus',
    responseBody: 'k.ResponseBody',
    lockedUntil: 'k.LockedUntil',
  },
);

export function idempotencyStore(db: Queryable): IdempotencyStore {
  const { prisma } = db;
  return {
    async claim(userId, keyHash, requestHash, lockedUntil, at) {
      const data = [{ userId, keyHash, requestHash, status: 'in-flight', lockedUntil, createdAt: at }];
      if (await insertUnlessThere(() => prisma.idempotencyKey.createMany({ data }))) return null;
      return REQUEST.first(db, Prisma.sql`FROM IdempotencyKeys k WHERE k.UserId = ${userId} AND k.KeyHash = ${keyHash}`);
    },

    async takeOver(userId, keyHash, lockedUntil, at) {
      const { count } = await prisma.idempotencyKey.updateMany({
        where: { userId, keyHash, status: 'in-flight', lockedUntil: { lte: at } },
        data: { lockedUntil },
      });
      return count === 1;
    },

    async complete(userId, keyHash, responseStatus, responseBody) {
      await prisma.idempotencyKey.updateMany({ where: { userId, keyHash }, data: { status: 'done', responseStatus, responseBody } });
    },

    async release(userId, keyHash) {
      await prisma.idempotencyKey.deleteMany({ where: { userId, keyHash, status: 'in-flight' } });
    },

    async purgeBefore(at) {
      return (await prisma.idempotencyKey.deleteMany({ where: { createdAt: { lt: at } } })).count;
    },
  };
}
