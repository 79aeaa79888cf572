import type { FlagView, RolloutView } from '@assay/contract';
import { advanceRollouts, evaluateAlerts, requestRun, setRollout, switchFlag, type Context } from '@assay/core';
import { createPerson, onEachEngine, runTasks, useProduct, type Person } from '@assay/testing';
import { beforeAll, beforeEach, expect, it } from 'vitest';

const MINUTE_MS = 60_000;
const NAME = 'seller-ratings';
const ENDPOINT = 'GET /api/v1/ratings/seller/:id';

onEachEngine('guarded rollouts', (engine) => {
  const { db, api, rest, as } = useProduct(engine, { RATING_ROLLOUT_PERCENTAGE: '0' });
  let ops: Person;
  /** Minutes that have passed since the test began. */
  let later = 0;

  const now = () => new Date(Date.now() + later * MINUTE_MS);
  const job = (): Context => api.container.context({ kind: 'system', name: 'test' }, 'test', undefined, now);
  const answered = (requests: number, errors = 0, bucket = 0, endpoint = ENDPOINT) => {
    const buckets = [0, 0, 0, 0, 0, 0, 0, 0];
    buckets[bucket] = requests;
    return api.container.repos.metrics.saveSamples([{ endpoint, requests, errors, buckets }], now());
  };
  const percentage = async () => ((await rest.get(`/flags/${NAME}`, as(ops))).body as FlagView).rolloutPercentage;
  const rollout = async () => ((await rest.get('/rollouts', as(ops))).body as { items: RolloutView[] }).items[0]!;
  const start = async (input: object = {}) => {
    const answer = await rest.post('/rollouts', { name: NAME, waitMinutes: 60, ...input }, as(ops));
    expect(answer.status).toBe(201);
    return answer.body as RolloutView;
  };
  const verify = async () => {
    await job().change((tx) => requestRun(tx, 'verify', null));
    await runTasks(api.container, 'maintenance.run', { laterMs: later * MINUTE_MS });
  };

  beforeAll(async () => {
    ops = await createPerson(db.database, ['ops'], 'Operator');
  });
  beforeEach(async () => {
    later = 0;
    for (const table of ['requestSample', 'alert', 'maintenanceRun', 'featureRollout'] as const)
      await (db.database.prisma[table] as { deleteMany(): Promise<unknown> }).deleteMany();
    await setRollout(job(), { name: NAME, percentage: 0 });
    await switchFlag(job(), { name: NAME, enabled: true });
  });

  it('goes from 10 to 100 % as long as everything is good, never before its time', async () => {
    await start();
    expect(await percentage()).toBe(10);
    for (const [expected, next] of [
      [10, 25],
      [25, 50],
      [50, 100],
    ] as const) {
      later += 30;
      await answered(120);
      expect(await advanceRollouts(job())).toEqual([]);
      expect(await percentage()).toBe(expected);
      later += 31;
      await advanceRollouts(job()); // asks for the scores to be compared, and waits for that
      expect(await percentage()).toBe(expected);
      await verify();
      expect(await advanceRollouts(job())).toMatchObject([{ status: 'running', percentage: next }]);
      expect(await percentage()).toBe(next);
    }
    later += 61;
    await answered(120);
    await verify();
    expect(await advanceRollouts(job())).toMatchObject([{ status: 'done' }]);
    expect(await rollout()).toMatchObject({ status: 'done', phase: 3, guards: [{ state: 'good' }, { state: 'good' }, { state: 'good' }] });
    const { body } = await rest.get(`/flags/${NAME}/history?limit=4`, as(ops));
    expect(body.items.map((change: { after: FlagView }) => change.after.rolloutPercentage)).toEqual([100, 50, 25, 10]);
  });

  it('goes back by itself when requests fail, at once, and says so', async () => {
    await setRollout(job(), { name: NAME, percentage: 10 });
    await start({ phases: [10, 25, 50] });
    expect(await percentage()).toBe(25);
    later += 5;
    await answered(60, 30, 0, 'POST /api/v1/orders'); // of something else
    expect(await advanceRollouts(job())).toEqual([]);
    await answered(60, 6);
    expect(await advanceRollouts(job())).toMatchObject([{ status: 'rolled-back', percentage: 10 }]);
    expect(await percentage()).toBe(10);
    expect(await rollout()).toMatchObject({
      status: 'rolled-back',
      message: 'Error rate: 10.0 % of 60 requests, at most 5 %. Back to 10 % from 25 %.',
    });
    await evaluateAlerts(job());
    const { alerts } = (await rest.get('/operations/dashboard', as(ops))).body;
    expect(alerts).toContainEqual(expect.objectContaining({ kind: 'rollout', title: `The rollout of ${NAME} went back`, status: 'open' }));
    later += 60;
    expect(await advanceRollouts(job())).toEqual([]); // it is over
  });

  it('goes back when answers are slow, and when a score is wrong', async () => {
    await start();
    await answered(40, 0, 7);
    expect(await advanceRollouts(job())).toMatchObject([{ status: 'rolled-back', percentage: 0 }]);

    const seller = await createPerson(db.database, ['seller']);
    await start();
    await db.database.prisma.user.updateMany({ where: { id: seller.id }, data: { stars5: 3 } });
    later += 1;
    await verify();
    const [step] = await advanceRollouts(job());
    expect(step).toMatchObject({ status: 'rolled-back', percentage: 0 });
    expect(step!.message).toMatch(/^Scores that differ: 1 of /);
    await db.database.prisma.user.updateMany({ where: { id: seller.id }, data: { stars5: 0 } });
  });

  it('stands and waits for a person when there is too little to say; silence never promotes', async () => {
    const { id } = await start();
    await answered(99);
    later += 61;
    await verify();
    expect(await advanceRollouts(job())).toMatchObject([{ status: 'paused', percentage: 10 }]);
    expect((await rollout()).message).toMatch(/^This phase has seen 99 of the 100 requests/);
    later += 600;
    expect(await advanceRollouts(job())).toEqual([]);
    expect(await percentage()).toBe(10);
    // Resumed, its phase begins anew: what was before counts no more.
    await db.database.prisma.featureRollout.updateMany({ data: { phaseStartedAt: new Date(0) } });
    expect((await rest.post(`/rollouts/${id}/resume`, undefined, as(ops))).body).toMatchObject({ status: 'running', message: null });
    later = 0;
    expect(await advanceRollouts(job())).toEqual([]);
    expect((await rest.post(`/rollouts/${id}/resume`, undefined, as(ops))).status).toBe(409);
  });

  it('still goes back while it waits for a person', async () => {
    const { id } = await start();
    expect((await rest.post(`/rollouts/${id}/pause`, undefined, as(ops))).body.status).toBe('paused');
    await answered(50, 25);
    expect(await advanceRollouts(job())).toMatchObject([{ status: 'rolled-back', percentage: 0 }]);
  });

  it('lets go of a flag that an operator changes by hand', async () => {
    await start();
    await setRollout(job(), { name: NAME, percentage: 40 });
    expect(await advanceRollouts(job())).toMatchObject([{ status: 'stopped', percentage: 40 }]);
    await start({ phases: [50, 100] });
    await answered(50, 25);
    await switchFlag(job(), { name: NAME, enabled: false });
    expect(await advanceRollouts(job())).toMatchObject([{ status: 'stopped' }]);
    expect(await percentage()).toBe(50);
  });

  it('is not judged by those who do not have the feature', async () => {
    api.samples.take();
    const buyer = await createPerson(db.database);
    await switchFlag(job(), { name: NAME, enabled: false });
    expect((await rest.get('/ratings/mine', as(buyer))).body.code).toBe('RATINGS_OFF');
    expect((await rest.get('/ratings/mine')).status).toBe(401);
    await new Promise((resolve) => setImmediate(resolve)); // samples are taken when the answer is out
    expect(api.samples.take().map(({ endpoint, requests }) => [endpoint, requests])).toEqual([['GET /api/v1/ratings/mine', 1]]);
  });

  it('is one at a time, of a flag that can be opened, by an operator', async () => {
    await start();
    const begin = (input: object, person: Person | null = ops) =>
      rest.post('/rollouts', { name: NAME, ...input }, person ? as(person) : undefined);
    expect((await begin({})).body.code).toBe('ROLLOUT_UNDER_WAY');
    expect(await percentage()).toBe(10); // the refused one has moved nothing
    const { id } = await rollout();
    expect((await rest.post(`/rollouts/${id}/stop`, undefined, as(ops))).body).toMatchObject({ status: 'stopped' });
    expect((await begin({ phases: [5, 10] })).body.code).toBe('ROLLOUT_NOT_POSSIBLE'); // it is at 10 already
    expect((await begin({ phases: [50, 25] })).status).toBe(400);
    expect((await begin({ requestsMin: 1 })).status).toBe(400);
    const buyer = await createPerson(db.database);
    expect((await begin({}, buyer)).status).toBe(403);
    expect((await begin({}, null)).status).toBe(401);
    expect((await rest.get('/rollouts', as(buyer))).status).toBe(403);
    expect((await rest.post('/rollouts/999999/stop', undefined, as(ops))).status).toBe(404);
  });

  it('moves once when several processes look at it at the same time', async () => {
    await start();
    await answered(200);
    later += 61;
    await verify();
    const steps = (await Promise.all(Array.from({ length: 6 }, () => advanceRollouts(job())))).flat();
    expect(steps).toMatchObject([{ status: 'running', percentage: 25 }]);
    expect(await rollout()).toMatchObject({ phase: 1, status: 'running' });
  });
});
