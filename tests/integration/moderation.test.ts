import type { DecisionView, ModerationQueue, QueueItem } from '@assay/contract';
import { ratingService } from '@assay/core';
import {
  completeOrders,
  createPeople,
  createPerson,
  createSeller,
  onEachEngine,
  type Person,
  proveAddresses,
  recount,
  recountDays,
  type Seller,
  storedAggregates,
  storedDays,
  useProduct,
} from '@assay/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

const STATEMENT = 'The comment names a private address, which our second rule forbids.';

onEachEngine('moderation', (engine) => {
  const { db, api, rest, as } = useProduct(engine);
  let admin: Person;
  /** Answers appeals against the decisions of the first. */
  let colleague: Person;
  let seller: Seller;
  let rater: Person;
  let other: Person;
  let ratingId: number;

  beforeAll(async () => {
    admin = await createPerson(db.database, ['admin'], 'Admin');
    colleague = await createPerson(db.database, ['admin'], 'Admin');
  });
  beforeEach(async () => {
    seller = await createSeller(db.database);
    [rater, other] = (await createPeople(db.database, 2)) as [Person, Person];
    await proveAddresses(db.database, [other]);
    await completeOrders(db.database, seller, [rater.id, other.id]);
    ratingId = (await rest.post('/ratings', { sellerId: seller.id, rating: 1, comment: 'Lives at 5 Elm Street.' }, as(rater))).body.id;
    await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(other));
  });

  const strike = () => rest.post(`/moderation/ratings/${ratingId}/strike`, { reason: 'personal-data', statement: STATEMENT }, as(admin));
  const restore = (by = admin) => rest.post(`/moderation/ratings/${ratingId}/restore`, { statement: 'It was a shop, not a home.' }, as(by));
  const expectRight = async () => {
    expect(await storedAggregates(db.database, seller.id)).toEqual(await recount(db.database, seller.id));
    expect(await storedDays(db.database, seller.id)).toEqual(await recountDays(db.database, seller.id));
  };
  const decisionsOf = async (person: Person): Promise<DecisionView[]> => (await rest.get('/decisions', as(person))).body.items;
  const total = async () => (await rest.get(`/ratings/seller/${seller.id}/summary`)).body.totalRatings as number;

  describe('reports', () => {
    it('reach the queue once for each person, and never from the rater', async () => {
      expect((await rest.post(`/ratings/${ratingId}/report`, { reason: 'personal-data', detail: 'My street.' }, as(seller))).status).toBe(
        204,
      );
      expect((await rest.post(`/ratings/${ratingId}/report`, { reason: 'abusive' }, as(seller))).body.code).toBe('ALREADY_REPORTED');
      expect((await rest.post(`/ratings/${ratingId}/report`, { reason: 'abusive' }, as(other))).status).toBe(204);
      expect((await rest.post(`/ratings/${ratingId}/report`, { reason: 'abusive' }, as(rater))).body.code).toBe('OWN_REPORT');
      expect((await rest.post(`/ratings/${ratingId}/report`, { reason: 'dislike' }, as(other))).body.code).toBe('VALIDATION_FAILED');
      expect((await rest.post(`/ratings/987654/report`, { reason: 'abusive' }, as(other))).body.code).toBe('RATING_NOT_FOUND');

      const queue = (await rest.get('/moderation/queue', as(admin))).body;
      const item = queue.items.find(({ rating }: QueueItem) => rating.id === ratingId);
      expect(item.reports).toMatchObject([
        { reason: 'personal-data', detail: 'My street.', bySeller: true },
        { reason: 'abusive', bySeller: false },
      ]);
      expect(item).toMatchObject({ raterFullName: rater.fullName, raterRecord: { given: 1, struck: 0 } });
    });

    it('can be made again once they were answered', async () => {
      const report = () => rest.post(`/ratings/${ratingId}/report`, { reason: 'abusive' }, as(seller));
      await report();
      await rest.post(`/moderation/ratings/${ratingId}/dismiss`, { statement: STATEMENT }, as(admin));
      await rest.patch(`/ratings/${ratingId}`, { comment: 'And now with insults.' }, as(rater));
      expect((await report()).status).toBe(204);
      expect((await report()).body.code).toBe('ALREADY_REPORTED');
      const queue = (await rest.get('/moderation/queue', as(admin))).body;
      expect(queue.items.map(({ rating }: QueueItem) => rating.id)).toContain(ratingId);
    });

    it('are answered when the rating stays, with reasons that both sides read and no person is named in', async () => {
      await rest.post(`/ratings/${ratingId}/report`, { reason: 'fake' }, as(seller));
      const statement = 'The order was completed on the day before the rating.';
      expect((await rest.post(`/moderation/ratings/${ratingId}/dismiss`, { statement }, as(admin))).status).toBe(200);
      const queue = (await rest.get('/moderation/queue', as(admin))).body;
      expect(queue.items.map(({ rating }: QueueItem) => rating.id)).not.toContain(ratingId);
      expect(await decisionsOf(seller)).toMatchObject([{ action: 'dismissed', statement, you: 'seller', mayAppeal: true }]);
      const [shown] = await decisionsOf(rater);
      expect(shown).toMatchObject({ you: 'rater', mayAppeal: false });
      expect(JSON.stringify(shown)).not.toContain(admin.fullName);
      expect(await total()).toBe(2);
    });
  });

  describe('striking out', () => {
    it('takes a rating out of every count at once, and leaves it readable with its reason', async () => {
      expect((await strike()).body).toMatchObject({ action: 'struck', reason: 'personal-data', statement: STATEMENT });
      expect(await total()).toBe(1);
      await expectRight();
      const list = (await rest.get(`/ratings/seller/${seller.id}`, as(other))).body;
      expect(list.items.map(({ id }: { id: number }) => id)).not.toContain(ratingId);
      const page = await fetch(`${api.url}/trpc/sellers.page?input=${encodeURIComponent(JSON.stringify({ id: seller.id }))}`);
      const { struck } = ((await page.json()) as { result: { data: { struck: object[] } } }).result.data;
      expect(struck).toMatchObject([{ id: ratingId, reason: 'personal-data', statement: STATEMENT, rating: 1, comment: null }]);
      // What names a street is not to be read anywhere any more, but by who wrote it.
      const csv = await fetch(`${api.url}/api/v1/ratings/received.csv`, { headers: { authorization: `Bearer ${api.tokenFor(seller)}` } });
      expect(await csv.text()).toMatch(/struck out: personal-data/);
      for (const text of [JSON.stringify(struck), JSON.stringify((await rest.get(`/ratings/${ratingId}/history`)).body)])
        expect(text).not.toContain('Elm Street');
      expect((await rest.get(`/ratings/${ratingId}/history`, as(rater))).body.items[1].comment).toContain('Elm Street');
      expect((await rest.get(`/ratings/${ratingId}/history`)).body.items.map(({ action }: { action: string }) => action)).toEqual([
        'submitted',
        'struck',
      ]);
      const explanation = (await rest.get(`/ratings/seller/${seller.id}/explanation`)).body;
      expect(explanation.struck).toEqual([{ reason: 'personal-data', ratings: 1 }]);
    });

    it('cannot be undone by rating again, only by another purchase', async () => {
      await strike();
      expect((await rest.get(`/ratings/can-rate/${seller.id}`, as(rater))).body).toMatchObject({ canRate: false, reason: 'RATING_STRUCK' });
      expect((await rest.post('/ratings', { sellerId: seller.id, rating: 1 }, as(rater))).body.code).toBe('RATING_STRUCK');
      await completeOrders(db.database, seller, [rater.id]);
      expect((await rest.post('/ratings', { sellerId: seller.id, rating: 2 }, as(rater))).status).toBe(201);
      expect((await restore()).body.code).toBe('ALREADY_RATED');
      await expectRight();
    });

    it('is undone as if nothing had been: id, day, votes and reply', async () => {
      await rest.post(`/ratings/${ratingId}/helpful`, undefined, as(other));
      await rest.post(`/ratings/${ratingId}/reply`, { text: 'We have moved.' }, as(seller));
      const before = (await rest.get(`/ratings/seller/${seller.id}`, as(other))).body.items.find(
        ({ id }: { id: number }) => id === ratingId,
      );
      await strike();
      expect((await restore()).body).toMatchObject({ action: 'restored' });
      const after = (await rest.get(`/ratings/seller/${seller.id}`, as(other))).body.items.find(
        ({ id }: { id: number }) => id === ratingId,
      );
      expect(after).toEqual(before);
      expect(before).toMatchObject({ helpfulCount: 1, foundHelpful: true, reply: { text: 'We have moved.' }, edited: false });
      await expectRight();
      expect((await rest.patch(`/ratings/${ratingId}`, { rating: 3 }, as(rater))).status).toBe(200);
      await completeOrders(db.database, seller, [(await createPerson(db.database)).id]);
      await expectRight();
    });

    it('leaves the ids of new ratings alone', async () => {
      await strike();
      await restore();
      const buyer = await createPerson(db.database);
      await completeOrders(db.database, seller, [buyer.id]);
      expect((await rest.post('/ratings', { sellerId: seller.id, rating: 4 }, as(buyer))).status).toBe(201);
    });

    it('while the rater edits, keeps every count right', async () => {
      const [struck, ...edits] = await Promise.all([
        strike(),
        ...[2, 3, 4, 5].map((rating) => rest.patch(`/ratings/${ratingId}`, { rating }, as(rater))),
      ]);
      expect([200, 409]).toContain(struck.status);
      for (const edit of edits) expect([200, 404, 409]).toContain(edit.status);
      await expectRight();
    });
  });

  describe('appeals', () => {
    const appeal = async (person: Person, text = 'That street is the address of a shop.') => {
      const [decision] = await decisionsOf(person);
      return rest.post(`/decisions/${decision!.id}/appeal`, { text }, as(person));
    };
    const openAppeal = async () => (await rest.get('/moderation/queue', as(admin))).body.appeals.at(-1);

    it('of the rater are heard once, and granted ones let the rating count again', async () => {
      await strike();
      expect((await appeal(seller)).body.code).toBe('APPEAL_CLOSED'); // it did not go against them
      expect((await appeal(rater)).status).toBe(204);
      expect((await appeal(rater)).body.code).toBe('ALREADY_APPEALED');
      const { id } = await openAppeal();
      const answer = await rest.post(`/moderation/appeals/${id}`, { grant: true, statement: 'It is a shop indeed.' }, as(colleague));
      expect(answer.body).toMatchObject({ action: 'appeal-granted', ratingId });
      expect(await total()).toBe(2);
      expect((await decisionsOf(rater))[1]).toMatchObject({ action: 'struck', appeal: { status: 'granted' }, mayAppeal: false });
      expect((await rest.post(`/moderation/appeals/${id}`, { grant: true, statement: 'It is a shop indeed.' }, as(colleague))).status).toBe(
        404,
      );
      await expectRight();
    });

    it('of the seller strike the rating out when they are granted, by a rule that is named', async () => {
      await rest.post(`/ratings/${ratingId}/report`, { reason: 'fake' }, as(seller));
      await rest.post(`/moderation/ratings/${ratingId}/dismiss`, { statement: STATEMENT }, as(admin));
      await appeal(seller, 'The order was never placed by them.');
      const { id } = await openAppeal();
      const decide = (body: object) => rest.post(`/moderation/appeals/${id}`, body, as(colleague));
      expect((await decide({ grant: true, statement: STATEMENT })).body.errors).toEqual([{ field: 'reason', message: 'Choose a reason.' }]);
      expect((await decide({ grant: true, reason: 'fake', statement: STATEMENT })).body).toMatchObject({
        action: 'appeal-granted',
        reason: 'fake',
      });
      expect(await total()).toBe(1);
      await expectRight();
    });

    it('are answered by what they asked for, by any actor', async () => {
      await strike();
      await appeal(rater);
      await restore(colleague);
      expect((await decisionsOf(rater)).find(({ action }) => action === 'struck')!.appeal).toMatchObject({ status: 'granted' });
      await rest.post(`/ratings/${ratingId}/report`, { reason: 'fake' }, as(seller));
      await rest.post(`/moderation/ratings/${ratingId}/dismiss`, { statement: STATEMENT }, as(colleague));
      await appeal(seller, 'Please look at the invoice again.');
      expect((await decisionsOf(rater))[0]!.appeal).toMatchObject({ status: 'open', text: null }); // not theirs to read
      await rest.delete(`/ratings/${ratingId}`, as(rater));
      const queue = (await rest.get('/moderation/queue', as(admin))).body;
      expect(queue.appeals.map(({ decision }: { decision: DecisionView }) => decision.ratingId)).not.toContain(ratingId);
    });

    it('that are denied change nothing, and come within thirty days', async () => {
      await strike();
      await appeal(rater);
      const { id } = await openAppeal();
      await rest.post(`/moderation/appeals/${id}`, { grant: false, statement: 'The shop closed years ago.' }, as(colleague));
      expect(await total()).toBe(1);
      expect((await decisionsOf(rater))[0]).toMatchObject({ action: 'appeal-denied', mayAppeal: false });

      await restore(colleague);
      await strike();
      const [latest] = await decisionsOf(rater);
      await db.database.prisma.ratingDecision.updateMany({
        where: { id: latest!.id },
        data: { at: new Date(Date.now() - 31 * 86_400_000) },
      });
      expect((await appeal(rater)).body.code).toBe('APPEAL_CLOSED');
    });
  });

  describe('an admin who is part of the case', () => {
    const statement = STATEMENT;
    const of = (id: number) => ({
      strike: (by: Person) => rest.post(`/moderation/ratings/${id}/strike`, { reason: 'fake', statement }, as(by)),
      dismiss: (by: Person) => rest.post(`/moderation/ratings/${id}/dismiss`, { statement }, as(by)),
      restore: (by: Person) => rest.post(`/moderation/ratings/${id}/restore`, { statement }, as(by)),
    });
    const code = async (answer: ReturnType<typeof restore>) => (await answer).body.code as string | undefined;
    const queueOf = async (by: Person): Promise<ModerationQueue> => (await rest.get('/moderation/queue', as(by))).body;

    it('decides nothing about a rating of their own store, not even by another way', async () => {
      const selling = await createSeller(db.database);
      await db.database.prisma.userRole.createMany({ data: [{ userId: selling.id, role: 'admin' }] });
      const owner = { ...selling, roles: [...selling.roles, 'admin' as const] };
      const buyer = await createPerson(db.database);
      await completeOrders(db.database, owner, [buyer.id]);
      const { id } = (await rest.post('/ratings', { sellerId: owner.id, rating: 1, comment: 'It broke.' }, as(buyer))).body;
      await rest.post(`/ratings/${id}/report`, { reason: 'fake' }, as(owner));
      const { strike: strikeIt, dismiss, restore: restoreIt } = of(id);
      expect([await code(strikeIt(owner)), await code(dismiss(owner))]).toEqual(['OWN_CASE', 'OWN_CASE']);
      expect((await queueOf(owner)).items.find(({ rating }) => rating.id === id)).toMatchObject({ conflict: 'OWN_CASE' });
      expect((await queueOf(admin)).items.find(({ rating }) => rating.id === id)).toMatchObject({ conflict: null });

      expect((await strikeIt(admin)).status).toBe(200); // by another admin
      expect((await queueOf(owner)).struck.find((struck) => struck.id === id)).toMatchObject({ conflict: 'OWN_CASE' });
      expect(await code(restoreIt(owner))).toBe('OWN_CASE');
      const [decision] = await decisionsOf(buyer);
      await rest.post(`/decisions/${decision!.id}/appeal`, { text: 'It did break, see the picture.' }, as(buyer));
      const appeal = (await queueOf(owner)).appeals.find((one) => one.decision.ratingId === id)!;
      expect(appeal.conflict).toBe('OWN_CASE');
      for (const grant of [true, false])
        expect(await code(rest.post(`/moderation/appeals/${appeal.id}`, { grant, statement }, as(owner)))).toBe('OWN_CASE');
      expect((await queueOf(colleague)).appeals.find((one) => one.id === appeal.id)).toMatchObject({ conflict: null });
      expect((await rest.post(`/moderation/appeals/${appeal.id}`, { grant: true, statement }, as(colleague))).status).toBe(200);
    });

    it('decides nothing about a rating that they gave or reported', async () => {
      const gave = { ...(await createPerson(db.database, ['admin'])) };
      await completeOrders(db.database, seller, [gave.id]);
      const { id } = (await rest.post('/ratings', { sellerId: seller.id, rating: 2, comment: 'Late.' }, as(gave))).body;
      await rest.post(`/ratings/${id}/report`, { reason: 'fake' }, as(seller));
      expect([await code(of(id).dismiss(gave)), await code(of(id).strike(gave))]).toEqual(['OWN_CASE', 'OWN_CASE']);

      const reporter = await createPerson(db.database, ['admin']);
      await rest.post(`/ratings/${ratingId}/report`, { reason: 'fake' }, as(reporter));
      expect([await code(of(ratingId).dismiss(reporter)), await code(of(ratingId).strike(reporter))]).toEqual(['OWN_CASE', 'OWN_CASE']);
      expect((await of(ratingId).dismiss(admin)).status).toBe(200);
      expect(await code(of(ratingId).strike(reporter))).toBe('OWN_CASE'); // their report was answered
      expect(await total()).toBe(3);
    });

    it('answers no appeal against their own decision, and does not repeat it afterwards', async () => {
      await strike();
      const [decision] = await decisionsOf(rater);
      await rest.post(`/decisions/${decision!.id}/appeal`, { text: 'That street is a shop.' }, as(rater));
      const appeal = (await queueOf(admin)).appeals.find((one) => one.decision.ratingId === ratingId)!;
      expect(appeal.conflict).toBe('OWN_DECISION');
      for (const grant of [true, false])
        expect(await code(rest.post(`/moderation/appeals/${appeal.id}`, { grant, statement }, as(admin)))).toBe('OWN_DECISION');
      expect(await code(restore())).toBe('OWN_DECISION');
      expect((await rest.post(`/moderation/appeals/${appeal.id}`, { grant: true, statement }, as(colleague))).status).toBe(200);
      expect(await code(strike())).toBe('OWN_DECISION'); // it was turned round
      expect((await of(ratingId).strike(colleague)).status).toBe(200);
      expect((await restore()).status).toBe(200); // a third decision stands between
      await expectRight();
    });

    it('denies no appeal by keeping the rating once more', async () => {
      await rest.post(`/ratings/${ratingId}/report`, { reason: 'fake' }, as(seller));
      await of(ratingId).dismiss(admin);
      const [decision] = await decisionsOf(seller);
      await rest.post(`/decisions/${decision!.id}/appeal`, { text: 'Please look at the invoice.' }, as(seller));
      expect(await code(of(ratingId).dismiss(admin))).toBe('OWN_DECISION');
      expect((await decisionsOf(seller))[0]!.appeal).toMatchObject({ status: 'open' });
      expect((await of(ratingId).dismiss(colleague)).status).toBe(200);
    });
  });

  describe('a rating that is withdrawn and given again', () => {
    const reportedIds = async () =>
      ((await rest.get('/moderation/queue', as(admin))).body as ModerationQueue).items.map(({ rating }) => rating.id);
    const counts = async () => ((await rest.get('/moderation/queue', as(admin))).body as ModerationQueue).counts;
    const words = { sellerId: 0, rating: 5, comment: 'Quite other words.' };

    it.each(['restored', 'submitted anew'])('keeps its open reports when it is %s, and the counter follows', async (how) => {
      const before = await counts();
      await rest.post(`/ratings/${ratingId}/report`, { reason: 'personal-data' }, as(seller));
      expect((await counts()).reported).toBe(before.reported + 1);
      await rest.delete(`/ratings/${ratingId}`, as(rater));
      expect(await counts()).toEqual(before);
      expect(await reportedIds()).not.toContain(ratingId);

      const back =
        how === 'restored'
          ? await ratingService.restore(api.container.context({ kind: 'user', ...rater, sessionId: 'test' }, 'test'), { id: ratingId })
          : (await rest.post('/ratings', { ...words, sellerId: seller.id }, as(rater))).body;
      expect(back.id).toBe(ratingId);
      expect(back).toMatchObject({ edited: false, helpfulCount: 0 });
      expect(await reportedIds()).toContain(ratingId);
      expect((await counts()).reported).toBe(before.reported + 1);
      expect((await rest.post(`/ratings/${ratingId}/report`, { reason: 'abusive' }, as(seller))).body.code).toBe('ALREADY_REPORTED');
      const { items } = (await rest.get(`/ratings/${ratingId}/history`)).body;
      expect(items.map(({ action }: { action: string }) => action)).toEqual(['submitted', 'withdrawn', 'submitted']);
      await expectRight();
      expect((await strike()).status).toBe(200);
      expect(await counts()).toMatchObject({ reported: before.reported });
      await expectRight();
    });

    it('keeps the appeal that its withdrawal had granted', async () => {
      await rest.post(`/ratings/${ratingId}/report`, { reason: 'fake' }, as(seller));
      await rest.post(`/moderation/ratings/${ratingId}/dismiss`, { statement: STATEMENT }, as(admin));
      const [decision] = await decisionsOf(seller);
      await rest.post(`/decisions/${decision!.id}/appeal`, { text: 'Please look at the invoice.' }, as(seller));
      await rest.delete(`/ratings/${ratingId}`, as(rater));
      expect((await decisionsOf(seller))[0]!.appeal).toMatchObject({ status: 'granted' });
      await rest.post('/ratings', { ...words, sellerId: seller.id }, as(rater));
      expect((await decisionsOf(seller))[0]!.appeal).toMatchObject({ status: 'open' });
      const { appeals } = (await rest.get('/moderation/queue', as(colleague))).body as ModerationQueue;
      expect(appeals.map((one) => one.decision.ratingId)).toContain(ratingId);
    });

    it('comes back once of two requests at once', async () => {
      await rest.delete(`/ratings/${ratingId}`, as(rater));
      const answers = await Promise.all([1, 2, 3].map(() => rest.post('/ratings', { ...words, sellerId: seller.id }, as(rater))));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
      await expectRight();
    });
  });

  it('writes every act into the audit log: who, what, when, why', async () => {
    await strike();
    const { items } = (await rest.get(`/audit?action=rating.&entityId=${ratingId}`, as(admin))).body;
    expect(items).toMatchObject([{ action: 'rating.struck', entity: 'rating', entityId: `${ratingId}`, actor: admin.fullName }]);
    expect(JSON.parse(items[0].detail)).toMatchObject({ reason: 'personal-data', statement: STATEMENT });
    const first = (await rest.get('/audit?limit=1', as(admin))).body;
    const second = (await rest.get(`/audit?limit=1&cursor=${first.nextCursor}`, as(admin))).body;
    expect(second.items[0].id).toBeLessThan(first.items[0].id);
  });

  it('is for admins alone', async () => {
    const ops = await createPerson(db.database, ['ops'], 'Ops');
    for (const person of [seller, rater, ops]) {
      expect((await rest.post(`/moderation/ratings/${ratingId}/strike`, { reason: 'fake', statement: STATEMENT }, as(person))).status).toBe(
        403,
      );
      expect((await rest.get('/moderation/queue', as(person))).status).toBe(403);
    }
    expect((await rest.get('/audit', as(seller))).status).toBe(403);
    expect((await rest.get('/audit', as(ops))).status).toBe(200);
  });

  it('only its parties appeal a decision', async () => {
    await strike();
    const [decision] = await decisionsOf(rater);
    const stranger = await createPerson(db.database);
    expect((await rest.post(`/decisions/${decision!.id}/appeal`, { text: 'I do not like it at all.' }, as(stranger))).body.code).toBe(
      'DECISION_NOT_FOUND',
    );
  });
});
