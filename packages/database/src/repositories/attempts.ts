import type { AttemptsRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere, updateOrInsert } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const COUNTER = columns({ c: 'AttemptCounters' }, { attempts: 'c.Attempts', expiresAt: 'c.ExpiresAt' });
const ROUNDS = 5;

export function attemptsRepository(db: Queryable): AttemptsRepository {
  const { prisma } = db;
  return {
    async count(keyHash, { max, windowMs, sliding = false }, at) {
      const until = new Date(at.getTime() + windowMs);
      const kept = sliding ? until : Prisma.sql`ExpiresAt`;
      // An expired counter begins anew. A further round counts in a row that another request has inserted meanwhile.
      for (let round = 0; round < ROUNDS; round++) {
        const counted = await db.write(Prisma.sql`
          UPDATE AttemptCounters SET
            Attempts = CASE WHEN ExpiresAt <= ${at} THEN 1 ELSE Attempts + 1 END,
            ExpiresAt = CASE WHEN ExpiresAt <= ${at} THEN ${until} ELSE ${kept} END
          WHERE KeyHash = ${keyHash} AND (ExpiresAt <= ${at} OR Attempts < ${max})`);
        if (counted > 0) return null;
        const row = await COUNTER.first(db, Prisma.sql`FROM AttemptCounters c WHERE c.KeyHash = ${keyHash}`);
        if (row && row.attempts >= max && row.expiresAt > at) return row.expiresAt;
        if (row) continue;
        if (await insertUnlessThere(() => insert(db, 'AttemptCounters', { KeyHash: keyHash, Attempts: 1, ExpiresAt: until }))) return null;
      }
      return until; // changed by others each time
    },

    async giveBack(keyHash) {
      await db.write(Prisma.sql`UPDATE AttemptCounters SET Attempts = Attempts - 1 WHERE KeyHash = ${keyHash} AND Attempts > 0`);
    },

    async forget(keyHash) {
      await prisma.attemptCounter.deleteMany({ where: { keyHash } });
    },

    async lock(keyHash, until) {
      await updateOrInsert(
        async () => (await prisma.attemptCounter.updateMany({ where: { keyHash }, data: { expiresAt: until } })).count,
        () => insert(db, 'AttemptCounters', { KeyHash: keyHash, Attempts: 0, ExpiresAt: until }),
      );
    },

    purge: async (before) => (await prisma.attemptCounter.deleteMany({ where: { expiresAt: { lt: before } } })).count,
  };
}
