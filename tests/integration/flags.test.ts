import { cookieNames, FLAG_NAMES, type FlagChangeView, type FlagView } from '@assay/contract';
import { createPeople, createPerson, onEachEngine, restClient, startApi, useProduct, type Person, type RestClient } from '@assay/testing';
import { beforeAll, beforeEach, expect, it } from 'vitest';

const NAME = 'seller-ratings';

onEachEngine('feature flags', (engine) => {
  const { db, api, rest, as } = useProduct(engine, { ENABLE_RATING_FEATURE: 'true', RATING_ROLLOUT_PERCENTAGE: '40' });
  let ops: Person;
  let people: Person[];

  beforeAll(async () => {
    ops = await createPerson(db.database, ['ops']);
    people = await createPeople(db.database, 60);
  });
  beforeEach(async () => {
    const { prisma } = db.database;
    await prisma.featureFlagTarget.deleteMany();
    await prisma.featureFlagVariant.deleteMany();
    await prisma.featureFlag.deleteMany();
    await prisma.featureFlagChange.deleteMany();
    await api.container.flags.start(); // as a process that has just begun
  });

  const change = (what: string, body: object = {}, name = NAME) => rest.post(`/flags/${name}/${what}`, body, as(ops));
  const show = async (name = NAME): Promise<FlagView> => (await rest.get(`/flags/${name}`, as(ops))).body;
  const history = async (name = NAME): Promise<FlagChangeView[]> => (await rest.get(`/flags/${name}/history`, as(ops))).body.items;
  const mine = async (options: Parameters<RestClient['get']>[1] = {}) => (await rest.get('/flags/mine', options)).body;
  const hasIt = async (person: Person): Promise<boolean> => (await mine(as(person))).flags[NAME];
  const share = async () => (await Promise.all(people.map(hasIt))).filter(Boolean).length / people.length;

  it('that were never changed are what the environment says', async () => {
    const { items } = (await rest.get('/flags', as(ops))).body as { items: FlagView[] };
    expect(items.map(({ name }) => name)).toEqual(FLAG_NAMES);
    expect(items.map(({ rolloutPercentage, source, version }) => [rolloutPercentage, source, version])).toEqual([
      [40, 'default', 0],
      ...Array.from({ length: FLAG_NAMES.length - 1 }, () => [100, 'default', 0]),
    ]);
    expect(await share()).toBeGreaterThan(0.15);
    expect(await share()).toBeLessThan(0.65);
  });

  it('are off for everyone while the environment locks them, in spite of the database', async () => {
    expect((await change('targets', { targets: [{ kind: 'role', value: 'ops' }] })).status).toBe(200);
    expect((await change('rollout', { percentage: 100 })).status).toBe(200);
    const locked = await startApi(db, { ENABLE_RATING_FEATURE: 'false' });
    const there = restClient(locked.url);
    const options = { token: locked.tokenFor(ops) };
    expect((await there.get('/flags/mine', options)).body.flags[NAME]).toBe(false);
    expect((await there.get(`/ratings/seller/1/summary`, options)).body.code).toBe('RATINGS_OFF');
    expect((await there.get(`/flags/${NAME}`, options)).body).toMatchObject({ enabled: true, lockedBy: 'ENABLE_RATING_FEATURE' });
    await locked.close();
    expect(await show()).toMatchObject({ rolloutPercentage: 100, lockedBy: null });
    expect(await hasIt(ops)).toBe(true);
  });

  it('are for operators to see and to change', async () => {
    const reads = ['/flags', `/flags/${NAME}`, `/flags/${NAME}/history`];
    const changes: [string, object][] = [
      ['/flags/rollback-all', {}],
      [`/flags/${NAME}/rollback`, {}],
      [`/flags/${NAME}/undo`, {}],
      [`/flags/${NAME}/rollout`, { percentage: 5 }],
      [`/flags/${NAME}/switch`, { enabled: false }],
      [`/flags/${NAME}/kill`, { killed: true }],
      [`/flags/${NAME}/targets`, { targets: [] }],
      [`/flags/${NAME}/variants`, { variants: [] }],
      [`/flags/${NAME}/details`, { owner: 'me' }],
    ];
    for (const options of [undefined, as(people[0]!), as(await createPerson(db.database, ['seller']))]) {
      const status = options ? 403 : 401;
      for (const path of reads) expect([path, (await rest.get(path, options)).status]).toEqual([path, status]);
      for (const [path, body] of changes) expect([path, (await rest.post(path, body, options)).status]).toEqual([path, status]);
    }
    expect(await history()).toEqual([]);
  });

  it('change with a row, an entry in the history, one in the audit log and an event; this process knows at once', async () => {
    const answer = await rest.post(
      `/flags/${NAME}/rollout`,
      { percentage: 100 },
      { ...as(ops), headers: { 'x-request-id': 'flag-test-0001' } },
    );
    expect(answer.body).toMatchObject({ rolloutPercentage: 100, source: 'database', version: 1, updatedBy: ops.fullName });
    expect(await share()).toBe(1);
    const [entry] = await history();
    expect(entry).toMatchObject({
      flag: NAME,
      action: 'rollout',
      by: ops.fullName,
      before: { enabled: true, rolloutPercentage: 40 },
      after: { enabled: true, rolloutPercentage: 100 },
      requestId: 'flag-test-0001',
      undoneBy: null,
    });
    const audit = await db.database.prisma.auditEntry.findFirstOrThrow({ where: { entity: 'flag' }, orderBy: { id: 'desc' } });
    expect(audit).toMatchObject({ action: 'flag.rollout', entityId: NAME, actorId: ops.id, requestId: 'flag-test-0001' });
    expect(JSON.parse(audit.detail!)).toEqual({ change: entry!.id, rolloutPercentage: 100 });
    const event = await db.database.prisma.outboxEvent.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(event).toMatchObject({
      topic: 'flag.changed',
      subjectId: entry!.id,
      payload: JSON.stringify({ changeId: entry!.id, flag: NAME }),
    });

    await change('rollout', { percentage: 100 }); // as it is already
    expect([(await history()).length, (await show()).version]).toEqual([1, 1]);
  });

  it('keep everybody who has a feature as its share grows', async () => {
    let before = new Set<number>();
    for (const percentage of [10, 25, 50, 100]) {
      await change('rollout', { percentage });
      const now = new Set<number>();
      for (const person of people) if (await hasIt(person)) now.add(person.id);
      expect([...before].filter((id) => !now.has(id))).toEqual([]);
      before = now;
    }
    expect(before.size).toBe(people.length);
  });

  it('know visitors by their cookie, and give who has none what everybody has', async () => {
    const visitor = (i: number) => ({
      headers: { cookie: `theme=x; ${cookieNames(false).visitor}=${(0xabc0 + i).toString(16).padStart(32, '0')}` },
    });
    await change('rollout', { percentage: 50 });
    const seen = await Promise.all(Array.from({ length: 40 }, async (_, i) => (await mine(visitor(i))).flags[NAME]));
    const again = await Promise.all(Array.from({ length: 40 }, async (_, i) => (await mine(visitor(i))).flags[NAME]));
    expect(again).toEqual(seen);
    // Signed in with the same browser, by any account.
    const signedIn = (i: number) => ({
      headers: { cookie: `${visitor(i).headers.cookie}; ${cookieNames(false).access}=${api.tokenFor(people[i % people.length]!)}` },
    });
    expect(await Promise.all(Array.from({ length: 40 }, async (_, i) => (await mine(signedIn(i))).flags[NAME]))).toEqual(seen);
    expect(new Set(seen)).toEqual(new Set([true, false]));
    const strangers = [
      {},
      { headers: { cookie: `${cookieNames(false).visitor}=1` } },
      { headers: { cookie: `${cookieNames(false).visitor}=${'G'.repeat(32)}` } },
    ];
    for (const options of strangers) expect((await mine(options)).flags[NAME]).toBe(false);
    await change('rollout', { percentage: 100 });
    for (const options of strangers) expect((await mine(options)).flags[NAME]).toBe(true);
  });

  it('have targets before percentages, and a kill switch before everything', async () => {
    const targets = [
      { kind: 'user', value: String(people[3]!.id) },
      { kind: 'role', value: 'ops' },
      { kind: 'tier', value: 'gold' },
    ];
    await change('rollout', { percentage: 0 });
    expect((await change('targets', { targets: targets.toReversed() })).body.targets).toEqual([targets[1], targets[2], targets[0]]);
    expect([await hasIt(people[3]!), await hasIt(ops), await share()]).toEqual([true, true, 1 / people.length]);
    await change('kill', { killed: true });
    await change('switch', { enabled: true });
    await change('rollout', { percentage: 100 });
    expect([await hasIt(people[3]!), await hasIt(ops), await share()]).toEqual([false, false, 0]);
    await change('kill', { killed: false });
    expect(await share()).toBe(1);
  });

  it('have sides of a test, in their order, which people keep and can read', async () => {
    await change('rollout', { percentage: 100 });
    const variants = [
      { name: 'zebra', weight: 500 },
      { name: 'ant', weight: 500 },
    ];
    expect((await change('variants', { variants })).body.variants).toEqual(variants);
    const sides = await Promise.all(people.map(async (person) => (await mine(as(person))).variants[NAME] as string));
    expect(new Set(sides)).toEqual(new Set(['zebra', 'ant']));
    await api.container.flags.start();
    expect(await Promise.all(people.map(async (person) => (await mine(as(person))).variants[NAME] as string))).toEqual(sides);
    await change('switch', { enabled: false });
    expect((await mine(as(people[0]!))).variants).toEqual({});
  });

  it('past their date are said to be stale, and go on as they are', async () => {
    await change('rollout', { percentage: 100 });
    const flag = await change('details', { owner: 'Ada', expiresAt: '2020-01-01T00:00:00Z' });
    expect(flag.body).toMatchObject({ owner: 'Ada', expiresAt: '2020-01-01T00:00:00.000Z', stale: true, rolloutPercentage: 100 });
    expect(await share()).toBe(1);
    expect((await change('details', { expiresAt: null })).body).toMatchObject({ owner: 'Ada', stale: false, expiresAt: null });
  });

  it('refuse what is no flag, no percentage, or twice the same', async () => {
    expect((await rest.get('/flags/seller-rating', as(ops))).body.errors[0].message).toMatch(
      /There is no such flag\. There are: seller-ratings,/,
    );
    for (const percentage of [-1, 101, 1.5, '25', null])
      expect([percentage, (await change('rollout', { percentage })).body.errors?.[0].message]).toEqual([
        percentage,
        'A percentage is a whole number from 0 to 100.',
      ]);
    const twice = { kind: 'user', value: '1' };
    for (const targets of [
      [twice, twice],
      [{ kind: 'user', value: 'Ada' }],
      [{ kind: 'role', value: 'king' }],
      [{ kind: 'planet', value: 'x' }],
    ])
      expect((await change('targets', { targets })).status).toBe(400);
    for (const variants of [[{ name: 'a', weight: 0 }], [{ name: 'A b', weight: 1 }], [1, 2].map((weight) => ({ name: 'a', weight }))])
      expect((await change('variants', { variants })).status).toBe(400);
    expect(await history()).toEqual([]);
  });

  it('are not changed from a version that is not there any more; changes that race leave one chain', async () => {
    const stale = await Promise.all([1, 2, 3, 4].map((percentage) => change('rollout', { percentage, version: 0 })));
    expect(stale.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    expect(new Set(stale.filter(({ status }) => status === 409).map(({ body }) => body.code))).toEqual(new Set(['EDIT_CONFLICT']));

    const raced = await Promise.all([11, 12, 13, 14].map((percentage) => change('rollout', { percentage })));
    expect(raced.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const chain = (await history()).toReversed();
    expect(chain).toHaveLength(5);
    for (const [i, { after }] of chain.entries()) expect(chain[i + 1]?.before ?? (await show())).toMatchObject(after);
    expect((await show()).version).toBe(5);
  });

  it('are undone step by step, and done again; never under a later change', async () => {
    for (const percentage of [25, 50]) await change('rollout', { percentage });
    await change('switch', { enabled: false });
    const [switched, second, first] = await history();
    expect((await change('undo', { changeId: second!.id })).body.code).toBe('FLAG_CHANGED_SINCE');
    const states = [];
    for (let i = 0; i < 3; i++) {
      const { enabled, rolloutPercentage } = (await change('undo')).body;
      states.push([enabled, rolloutPercentage]);
    }
    expect(states).toEqual([
      [true, 50],
      [true, 25],
      [true, 40],
    ]);
    expect((await change('undo')).body.code).toBe('FLAG_CHANGE_NOT_FOUND');
    expect((await change('undo', { changeId: switched!.id })).body.code).toBe('FLAG_CHANGED_SINCE');
    expect((await change('undo', { changeId: first!.id }, 'seller-tier-system')).body.code).toBe('FLAG_CHANGE_NOT_FOUND');
    // To undo an undo is to do it again, and then it can be undone once more.
    const [undo] = await history();
    expect(undo).toMatchObject({ action: 'undo', after: { rolloutPercentage: 40 } });
    expect((await change('undo', { changeId: undo!.id })).body.rolloutPercentage).toBe(25);
    expect((await history()).find(({ id }) => id === first!.id)!.undoneBy).toBe(null);
    expect((await change('undo')).body.rolloutPercentage).toBe(40);
  });

  it('are rolled back one by one and all together, each with an entry of its own', async () => {
    expect((await change('rollback')).body).toMatchObject({ enabled: false, version: 1 });
    const { items } = (await rest.post('/flags/rollback-all', undefined, as(ops))).body as { items: FlagView[] };
    expect(items.map(({ enabled }) => enabled)).toEqual(FLAG_NAMES.map(() => false));
    for (const name of FLAG_NAMES) expect((await history(name)).map(({ action }) => action)).toEqual(['rollback']);
    expect(new Set(Object.values((await mine()).flags))).toEqual(new Set([false]));
    await change('undo');
    expect((await show()).enabled).toBe(true);
    expect((await show('seller-tier-system')).enabled).toBe(false);
  });

  it('come page by page out of the history', async () => {
    for (let percentage = 1; percentage <= 5; percentage++) await change('rollout', { percentage });
    const first = (await rest.get(`/flags/${NAME}/history?limit=3`, as(ops))).body;
    const rest_ = (await rest.get(`/flags/${NAME}/history?limit=3&cursor=${first.nextCursor}`, as(ops))).body;
    const shown = [...first.items, ...rest_.items] as FlagChangeView[];
    expect(shown.map(({ after }) => after.rolloutPercentage)).toEqual([5, 4, 3, 2, 1]);
    expect(rest_.nextCursor).toBe(null);
    expect((await rest.get(`/flags/seller-tier-system/history?cursor=${first.nextCursor}`, as(ops))).body.code).toBe('INVALID_CURSOR');
  });

  it('may come from a team’s own OpenFeature provider', async () => {
    const other = await startApi(db, { FEATURE_FLAG_PROVIDER: './tests/integration/own-flag-provider.ts' });
    const asked = async (id: number) => (await restClient(other.url).get('/flags/mine', { token: other.tokenFor({ id }) })).body;
    expect(await asked(1)).toMatchObject({ flags: { 'seller-ratings': true }, variants: { 'seller-ratings': 'b' } });
    expect((await asked(2)).flags).toMatchObject({ 'seller-ratings': false, 'seller-tier-system': true }); // where it fails, the default
    await other.close();
    const wrong = startApi(db, { FEATURE_FLAG_PROVIDER: './scripts/lib/command.ts' });
    await expect(wrong).rejects.toThrow('does not export an OpenFeature provider');
  });
});
