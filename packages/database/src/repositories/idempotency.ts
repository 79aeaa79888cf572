import type { Queryable } from '../engine/database.ts';
import { isUniqueViolation } from '../engine/errors.ts';

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
  forgetBefore(at: Date): Promise<number>;
}

export function idempotencyStore({ prisma }: Queryable): IdempotencyStore {
  return {
    async claim(userId, keyHash, requestHash, lockedUntil, at) {
      try {
        await prisma.idempotencyKey.createMany({
          data: [{ userId, keyHash, requestHash, status: 'in-flight', lockedUntil, createdAt: at }],
        });
        return null;
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
      }
      return (await prisma.idempotencyKey.findUnique({ where: { userId_keyHash: { userId, keyHash } } })) as StoredRequest | null;
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

    async forgetBefore(at) {
      return (await prisma.idempotencyKey.deleteMany({ where: { createdAt: { lt: at } } })).count;
    },
  };
}
