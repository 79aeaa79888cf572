import { ratingService, restoreStruckRating, strikeRating, type Context } from '@assay/core';
import type { Stars } from '@assay/contract';
import {
  completeOrders,
  createMarket,
  createPerson,
  onEachEngine,
  recount,
  recountDays,
  storedAggregates,
  storedDays,
  useProduct,
} from '@assay/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const BUYERS = 4;

type Step =
  | { kind: 'submit' | 'edit' | 'buyAndRate'; who: number; stars: Stars; comment: string | null }
  | { kind: 'withdraw' | 'restore' | 'strike' | 'clear'; who: number };

const who = fc.nat(BUYERS - 1);
const stars = fc.constantFrom<Stars>(1, 2, 3, 4, 5);
const comment = fc.option(fc.string({ maxLength: 20 }).filter((text) => !/[\u0000-\u001F\u007F-\u009F]/.test(text)));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('submit' as const, 'edit' as const, 'buyAndRate' as const), who, stars, comment }),
  fc.record({ kind: fc.constantFrom('withdraw' as const, 'restore' as const, 'strike' as const, 'clear' as const), who }),
);

onEachEngine('random histories', (engine) => {
  const { db, api } = useProduct(engine);

  it('of rating, editing, rating anew, withdrawing, striking and restoring keep every count equal to a recount at every step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const { seller, buyers } = await createMarket(db.database, BUYERS);
        const contexts: Context[] = buyers.map(({ id, roles }) =>
          api.container.context({ kind: 'user', id, roles, sessionId: 'test' }, 'test'),
        );
        const { id, roles } = await createPerson(db.database, ['admin']);
        const admin = api.container.context({ kind: 'user', id, roles, sessionId: 'test' }, 'test');
        /** The model: what each buyer's live rating is, and the last one they withdrew. */
        const live = new Map<number, { id: number; stars: Stars }>();
        const withdrawn = new Map<number, { id: number; stars: Stars }>();
        const struck = new Map<number, { id: number; stars: Stars }>();

        for (const taken of steps) {
          const ctx = contexts[taken.who]!;
          const mine = live.get(taken.who);
          if (taken.kind === 'submit') {
            const attempt = ratingService.submit(ctx, { sellerId: seller.id, rating: taken.stars, comment: taken.comment });
            if (mine) await expect(attempt).rejects.toMatchObject({ code: 'ALREADY_RATED' });
            else if (struck.has(taken.who)) await expect(attempt).rejects.toMatchObject({ code: 'RATING_STRUCK' });
            else live.set(taken.who, { id: (await attempt).id, stars: taken.stars });
          } else if (taken.kind === 'edit' && mine) {
            await ratingService.edit(ctx, { id: mine.id, rating: taken.stars, comment: taken.comment });
            live.set(taken.who, { ...mine, stars: taken.stars });
          } else if (taken.kind === 'withdraw' && mine) {
            await ratingService.delete(ctx, { id: mine.id });
            live.delete(taken.who);
            withdrawn.set(taken.who, mine);
          } else if (taken.kind === 'buyAndRate' && !struck.has(taken.who)) {
            await completeOrders(db.database, seller, [buyers[taken.who]!.id]);
            const submitted = await ratingService.submit(ctx, { sellerId: seller.id, rating: taken.stars, comment: taken.comment });
            if (mine) expect(submitted.id).toBe(mine.id);
            live.set(taken.who, { id: submitted.id, stars: taken.stars });
          } else if (taken.kind === 'strike' && mine) {
            await strikeRating(admin, { ratingId: mine.id, reason: 'fake', statement: 'It was bought, says the invoice.' });
            live.delete(taken.who);
            struck.set(taken.who, mine);
          } else if (taken.kind === 'clear' && struck.has(taken.who)) {
            const back = struck.get(taken.who)!;
            await restoreStruckRating(admin, { ratingId: back.id, statement: 'The invoice was for something else.' });
            struck.delete(taken.who);
            live.set(taken.who, back);
          } else if (taken.kind === 'restore' && !mine && withdrawn.has(taken.who) && !struck.has(taken.who)) {
            const before = withdrawn.get(taken.who)!;
            const restored = await ratingService.restore(ctx, { id: before.id });
            expect(restored.id).toBe(before.id);
            live.set(taken.who, before);
          }
          const stored = await storedAggregates(db.database, seller.id);
          expect(stored).toEqual(await recount(db.database, seller.id));
          expect(await storedDays(db.database, seller.id)).toEqual(await recountDays(db.database, seller.id));
          expect([stored.stars1, stored.stars2, stored.stars3, stored.stars4, stored.stars5]).toEqual(
            ([1, 2, 3, 4, 5] as const).map((value) => [...live.values()].filter((rating) => rating.stars === value).length),
          );
        }
      }),
      { numRuns: engine === 'sqlite' ? 80 : 8 },
    );
  });
});
