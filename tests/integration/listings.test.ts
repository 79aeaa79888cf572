import { LISTING_MOVE_NAMES, type BulkItem, type OwnListing, type OwnListingsPage } from '@assay/contract';
import {
  createPerson,
  createSeller,
  onEachEngine,
  photograph,
  picture,
  restClient,
  startApi,
  useProduct,
  type Person,
} from '@assay/testing';
import { beforeAll, describe, expect, it } from 'vitest';

const SHIPPING = { shipsFrom: 'PT', handlingDays: { min: 1, max: 3 }, price: '6.50', destinations: ['PT', 'ES'], pickup: true };
const WORDS = { markSold: 'mark-sold' } as Record<string, string>;

onEachEngine('listings', (engine) => {
  const { db, api, rest, as } = useProduct(engine);
  let seller: Person;
  let other: Person;
  let buyer: Person;
  let admin: Person;

  beforeAll(async () => {
    [seller, other, buyer, admin] = await Promise.all([
      createSeller(db.database, 'Own'),
      createSeller(db.database, 'Other'),
      createPerson(db.database),
      createPerson(db.database, ['admin']),
    ]);
  });

  const draft = async (fields: object = {}, who = seller): Promise<OwnListing> => {
    const answer = await rest.post('/listings', { title: 'Bowl', price: '12.50', currency: 'EUR', ...fields }, as(who));
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body as OwnListing;
  };
  const offer = (fields: object = {}, who = seller) => draft({ publish: true, ...fields }, who);
  const move = (id: number, name: string, who = seller) => rest.post(`/listings/${id}/${WORDS[name] ?? name}`, undefined, as(who));
  const own = async (id: number, who = seller) => (await rest.get(`/listings/mine/${id}`, as(who))).body;
  const mine = async (query = '', who = seller) => (await rest.get(`/listings/mine?${query}`, as(who))).body as OwnListingsPage;
  const fieldsOf = ({ body }: { body: { errors?: { field: string }[] } }) => (body.errors ?? []).map(({ field }) => field);

  it('a seller has as many as the limit says: each line of a file counts, archived ones do not', async () => {
    const limited = await startApi(db, { SELLER_LISTINGS_MAX: '3' });
    const client = restClient(limited.url);
    const person = await createPerson(db.database);
    const { token } = { token: limited.tokenFor(person) };
    const create = () => client.post('/listings', { title: 'Bowl', currency: 'EUR' }, { token });
    const importing = (lines: number) =>
      client.post('/listings/import?dryRun=false', undefined, {
        raw: `title,currency\n${Array.from({ length: lines }, (_, i) => `Cup ${lines} ${i},EUR\n`).join('')}`,
        token,
        headers: { 'content-type': 'text/csv' },
      });
    const first = (await create()).body as OwnListing;
    const tooMany = await importing(3);
    expect([tooMany.status, tooMany.body.code, tooMany.body.detail]).toEqual([
      409,
      'LISTING_LIMIT',
      expect.stringContaining('room for 2 more'),
    ]);
    expect((await importing(2)).body).toMatchObject({ applied: true, create: 2 });
    expect((await create()).body.code).toBe('LISTING_LIMIT');
    expect((await client.post(`/listings/${first.id}/archive`, undefined, { token })).status).toBe(200);
    expect((await Promise.all([create(), create(), create()])).map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    expect((await client.post(`/listings/${first.id}/restore`, undefined, { token })).body.code).toBe('LISTING_LIMIT');
    const bulk = { ids: [first.id], change: { kind: 'move', move: 'restore' }, preview: false };
    expect((await client.post('/listings/bulk', bulk, { token })).body).toMatchObject({
      changed: 0,
      items: [{ error: { code: 'LISTING_LIMIT' } }],
    });
    expect((await client.get('/listings/mine', { token })).body.counts).toMatchObject({ draft: 3, archived: 1 });
    await limited.close();
  });

  it('a draft has what the document names, and only its seller sees it', async () => {
    const attributes = [
      { name: 'Material', value: 'Oak' },
      { name: 'Größe', value: '“28” cm \\ 11 in' },
    ];
    const listing = await draft({
      description: 'One of a kind.\nHand-made.',
      category: 'ceramics/bowls',
      escrowEnabled: true,
      shippingInfo: SHIPPING,
      metadata: attributes,
    });
    expect(listing).toMatchObject({
      status: 'draft',
      category: 'ceramics/bowls',
      categoryName: 'Bowls',
      escrowEnabled: true,
      shippingInfo: SHIPPING,
      metadata: attributes,
      version: 1,
      publishedAt: null,
      moves: ['publish', 'archive'],
      deletable: true,
    });
    expect((await rest.get(`/listings/${listing.id}`, as(seller))).body).toMatchObject({ title: 'Bowl', status: 'draft' });
    for (const options of [undefined, as(other), as(buyer), as(admin)])
      expect((await rest.get(`/listings/${listing.id}`, options)).body.code).toBe('LISTING_NOT_FOUND');
    expect((await rest.get(`/sellers/${seller.id}`)).body.listingCount).toBe(1); // the one that the factory made
  });

  it.each([
    ['a category that is not there', { category: 'ceramics/spaceships' }, ['category']],
    ['a category that is no path', { category: 'Ceramics' }, ['category']],
    ['a price with more digits than its currency', { price: '1.005' }, ['price']],
    ['a decimal of a yen', { price: '1.5', currency: 'JPY' }, ['price']],
    ['shipping with more digits than the currency', { shippingInfo: { ...SHIPPING, price: '6.505' } }, ['shippingInfo.price']],
    ['a country that is none', { shippingInfo: { ...SHIPPING, shipsFrom: 'XX' } }, ['shippingInfo.shipsFrom']],
    [
      'a time that ends before it begins',
      { shippingInfo: { ...SHIPPING, handlingDays: { min: 3, max: 1 } } },
      ['shippingInfo.handlingDays.max'],
    ],
    ['nowhere to send it', { shippingInfo: { ...SHIPPING, destinations: [], pickup: false } }, ['shippingInfo.destinations']],
    [
      'one attribute twice',
      {
        metadata: [
          { name: 'Material', value: 'Oak' },
          { name: 'material', value: 'Ash' },
        ],
      },
      ['metadata'],
    ],
    ['21 attributes', { metadata: Array.from({ length: 21 }, (_, i) => ({ name: `n${i}`, value: 'v' })) }, ['metadata']],
  ])('refuses %s, at its field', async (_, fields, wrong) => {
    const answer = await rest.post('/listings', { title: 'Bowl', price: '12.50', currency: 'EUR', ...fields }, as(seller));
    expect([answer.status, fieldsOf(answer)]).toEqual([400, wrong]);
  });

  it('what is incomplete is kept as a draft; publishing it names what is missing', async () => {
    const incomplete = await draft({ price: undefined });
    expect(incomplete.price).toBe('0.00');
    const refused = await move(incomplete.id, 'publish');
    expect([refused.status, refused.body.code, fieldsOf(refused)]).toEqual([422, 'LISTING_INCOMPLETE', ['price']]);
    const atOnce = await rest.post('/listings', { title: 'Bowl', currency: 'EUR', publish: true }, as(seller));
    expect([atOnce.status, fieldsOf(atOnce)]).toEqual([422, ['price']]);
    await rest.patch(`/listings/${incomplete.id}`, { version: 1, price: '3.00' }, as(seller));
    const published = await move(incomplete.id, 'publish');
    expect([published.status, published.body.status, published.body.version]).toEqual([200, 'active', 3]);
    const emptied = await rest.patch(`/listings/${incomplete.id}`, { version: 3, price: null }, as(seller));
    expect([emptied.status, fieldsOf(emptied)]).toEqual([422, ['price']]);
  });

  it('goes through all its states, each of them in its history', async () => {
    const { id } = await draft();
    const walk = ['publish', 'pause', 'resume', 'markSold', 'relist', 'archive', 'restore', 'publish'];
    const states = ['active', 'paused', 'active', 'sold', 'active', 'archived', 'draft', 'active'];
    for (const [i, name] of walk.entries()) expect((await move(id, name)).body.status, name).toBe(states[i]);
    const { events, version, publishedAt, deletable } = await own(id);
    expect(events.map(({ to }: { to: string }) => to)).toEqual(['draft', ...states]);
    expect([version, deletable]).toEqual([9, false]);
    expect(publishedAt).toBe(events[1].at); // the first time
    const refused = await move(id, 'restore');
    expect([refused.status, refused.body.code, refused.body.detail]).toEqual([
      409,
      'ILLEGAL_LISTING_MOVE',
      'A listing that is active cannot be taken out of the archive. It can be paused, marked as sold, or archived.',
    ]);
  });

  it('publishes each change: the seller’s page never shows what is not for sale', async () => {
    const shown = async () => (await rest.get(`/sellers/${other.id}`)).body.listingCount as number;
    const before = await shown();
    const { id } = await offer({}, other);
    expect(await shown()).toBe(before + 1);
    await move(id, 'pause', other);
    expect(await shown()).toBe(before);
    await move(id, 'resume', other);
    expect(await shown()).toBe(before + 1);
    const topics = await db.database.prisma.outboxEvent.findMany({ where: { topic: 'listing.changed', subjectId: other.id } });
    expect(topics.length).toBe(3);
  });

  describe('an edit', () => {
    it('changes what it names, leaves the rest, and is refused where another edit was faster', async () => {
      const listing = await offer({ description: 'Old', shippingInfo: SHIPPING });
      const edited = await rest.patch(`/listings/${listing.id}`, { version: 1, title: 'New', escrowEnabled: true }, as(seller));
      expect(edited.body).toMatchObject({ title: 'New', description: 'Old', shippingInfo: SHIPPING, escrowEnabled: true, version: 2 });
      const late = await rest.patch(`/listings/${listing.id}`, { version: 1, title: 'Late' }, as(seller));
      expect([late.status, late.body.code]).toEqual([409, 'EDIT_CONFLICT']);
      const emptied = await rest.patch(`/listings/${listing.id}`, { version: 2, description: null, shippingInfo: null }, as(seller));
      expect(emptied.body).toMatchObject({ title: 'New', description: null, shippingInfo: null });
    });

    it('of the currency alone has to fit the price that is there', async () => {
      const listing = await draft({ price: '12.50' });
      const refused = await rest.patch(`/listings/${listing.id}`, { version: 1, currency: 'JPY' }, as(seller));
      expect([refused.status, fieldsOf(refused)]).toEqual([400, ['price']]);
      const fits = await rest.patch(`/listings/${listing.id}`, { version: 1, currency: 'JPY', price: '1250' }, as(seller));
      expect(fits.body).toMatchObject({ price: '1250', currency: 'JPY' });
    });

    it('does not touch what was ordered', async () => {
      const listing = await offer({ title: 'As agreed', price: '10.00' });
      const order = (await rest.post('/orders', { listingId: listing.id }, as(buyer))).body;
      await rest.patch(`/listings/${listing.id}`, { version: 1, title: 'Dearer', price: '99.00', currency: 'USD' }, as(seller));
      expect((await rest.get(`/orders/${order.id}`, as(buyer))).body).toMatchObject({
        title: 'As agreed',
        price: '10.00',
        currency: 'EUR',
      });
    });

    it('of what is archived is refused, until it is taken out', async () => {
      const { id } = await offer();
      await move(id, 'archive');
      const refused = await rest.patch(`/listings/${id}`, { version: 2, title: 'x' }, as(seller));
      expect([refused.status, refused.body.code]).toEqual([409, 'ILLEGAL_LISTING_MOVE']);
    });

    it('an order is refused when the seller has changed the listing since the buyer saw it', async () => {
      const listing = await offer({ price: '10.00' });
      await rest.patch(`/listings/${listing.id}`, { version: 1, price: '11.00' }, as(seller));
      const refused = await rest.post('/orders', { listingId: listing.id, version: 1 }, as(buyer));
      expect([refused.status, refused.body.code]).toEqual([409, 'EDIT_CONFLICT']);
      expect((await rest.post('/orders', { listingId: listing.id, version: 2 }, as(buyer))).body.price).toBe('11.00');
    });
  });

  describe('two at once', () => {
    it('moves of one listing: exactly one wins, the other learns what is possible now', async () => {
      for (let round = 0; round < 5; round++) {
        const { id } = await offer();
        const names = ['pause', 'archive', 'markSold', 'pause', 'archive', 'markSold'];
        const answers = await Promise.all(names.map((name) => move(id, name)));
        // After "paused", "sold" and "archived" are legal moves themselves: what counts is that the history is one legal walk.
        const { events } = await own(id);
        const won = answers.filter(({ status }) => status === 200).length;
        expect(events).toHaveLength(1 + won);
        for (const [i, { from }] of events.entries()) if (i > 0) expect(from).toBe(events[i - 1].to);
        for (const { status, body } of answers) if (status !== 200) expect([status, body.code]).toEqual([409, 'ILLEGAL_LISTING_MOVE']);
      }
      const { id } = await offer();
      const same = await Promise.all(Array.from({ length: 10 }, () => move(id, 'pause')));
      expect(same.filter(({ status }) => status === 200)).toHaveLength(1);
      expect((await own(id)).events).toHaveLength(2);
    });

    it('edits of one version: exactly one is kept', async () => {
      const { id } = await offer();
      const titles = Array.from({ length: 10 }, (_, i) => `Title ${i}`);
      const answers = await Promise.all(titles.map((title) => rest.patch(`/listings/${id}`, { version: 1, title }, as(seller))));
      const kept = answers.filter(({ status }) => status === 200);
      expect(kept).toHaveLength(1);
      expect(await own(id)).toMatchObject({ version: 2, title: kept[0]!.body.title });
    });

    it('orders while the listing is paused: none is placed after the pause, and none is lost before it', async () => {
      for (let round = 0; round < 4; round++) {
        const { id } = await offer();
        const orders = Array.from({ length: 8 }, () => rest.post('/orders', { listingId: id }, as(buyer)));
        const [paused, ...placed] = await Promise.all([move(id, 'pause'), ...orders]);
        expect(paused.status).toBe(200);
        for (const { status, body } of placed) if (status !== 201) expect([status, body.code]).toEqual([409, 'LISTING_NOT_FOR_SALE']);
        expect(await db.database.prisma.order.count({ where: { listingId: id } })).toBe(
          placed.filter(({ status }) => status === 201).length,
        );
        expect((await rest.post('/orders', { listingId: id }, as(buyer))).body.code).toBe('LISTING_NOT_FOR_SALE');
      }
    });

    it('an order against a listing whose pause is not committed yet waits for it, and is refused', async () => {
      const { id } = await offer();
      const ctx = api.container.context({ kind: 'system', name: 'test' }, 'test');
      let order: Promise<{ body: { code?: string } }> | undefined;
      await ctx.change(async (tx) => {
        await tx.repos.listings.transition(id, { sellerId: seller.id, from: 'active', to: 'paused' }, new Date());
        order ??= rest.post('/orders', { listingId: id }, as(buyer));
        const soon = await Promise.race([order, new Promise((resolve) => setTimeout(resolve, 300, 'waiting'))]);
        if (soon !== 'waiting') throw new Error(`The order did not wait: ${JSON.stringify((soon as { body: object }).body)}`);
      });
      expect((await order)!.body.code).toBe('LISTING_NOT_FOR_SALE');
    });
  });

  describe('my list', () => {
    let owner: Person;
    beforeAll(async () => {
      owner = await createPerson(db.database);
      for (const [i, title] of ['Red bowl', 'Blue bowl', 'Red 100% cup', 'Lamp'].entries()) await draft({ title, publish: i !== 3 }, owner);
      const { items } = await mine('sort=oldest', owner);
      await move(items[1]!.id, 'pause', owner);
    });

    it('counts by status, also what a search finds', async () => {
      expect((await mine('', owner)).counts).toEqual({ draft: 1, active: 2, paused: 1, sold: 0, archived: 0 });
      const found = await mine('q=red', owner);
      expect([found.items.map(({ title }) => title).sort(), found.counts.active]).toEqual([['Red 100% cup', 'Red bowl'], 2]);
      expect((await mine('status=draft', owner)).items.map(({ title }) => title)).toEqual(['Lamp']);
      expect((await mine('q=100%25', owner)).items).toHaveLength(1);
      expect((await mine('q=1%25c', owner)).items).toHaveLength(0); // taken as it is
    });

    it.each(['updated', 'newest', 'oldest'])('goes on after the last one shown, sorted by %s', async (sort) => {
      const all = (await mine(`sort=${sort}`, owner)).items.map(({ id }) => id);
      expect(new Set(all).size).toBe(4);
      const seen: number[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: OwnListingsPage = await mine(`sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`, owner);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(all);
      const sorted = all.toSorted((a, b) => a - b);
      if (sort === 'newest') expect(all).toEqual(sorted.toReversed());
      if (sort === 'oldest') expect(all).toEqual(sorted);
      if (sort === 'updated') expect(all[0]).toBe(sorted[1]); // the one that was paused last
    });

    it('a cursor of another order is refused', async () => {
      const { nextCursor } = await mine('sort=newest&limit=1', owner);
      expect((await rest.get(`/listings/mine?sort=updated&cursor=${nextCursor}`, as(owner))).body.code).toBe('INVALID_CURSOR');
    });
  });

  describe('many at once', () => {
    const bulk = async (ids: number[], change: object, preview = false, who = seller) =>
      (await rest.post('/listings/bulk', { ids, change, preview }, as(who))).body as {
        items: BulkItem[];
        changed: number;
        unchanged: number;
        refused: number;
      };

    it('a preview says what would change and changes nothing; the same for real does what it said', async () => {
      const [cheap, yen, unpriced] = [
        await offer({ price: '0.15' }),
        await offer({ price: '10', currency: 'JPY' }),
        await draft({ price: undefined }),
      ];
      const ids = [unpriced.id, cheap.id, yen.id];
      const change = { kind: 'price-percent', percent: '+10' };
      const preview = await bulk(ids, change, true);
      expect(preview.items.map(({ id, outcome, before, after }) => [id, outcome, before, after])).toEqual([
        [unpriced.id, 'unchanged', null, null],
        [cheap.id, 'changed', '0.15 EUR', '0.17 EUR'], // 0.165
        [yen.id, 'changed', '10 JPY', '11 JPY'],
      ]);
      expect((await own(cheap.id)).version).toBe(1);
      const done = await bulk(ids, change);
      expect(done.items).toEqual(preview.items);
      expect([done.changed, done.unchanged, done.refused]).toEqual([2, 1, 0]);
      expect([(await own(cheap.id)).price, (await own(yen.id)).price]).toEqual(['0.17', '11']);
    });

    it('each is changed or refused by itself: others’ are not there, and nothing of theirs is shown', async () => {
      const [mineToo, foreign, archived] = [await offer(), await offer({ title: 'Secret' }, other), await offer()];
      await move(archived.id, 'archive');
      const { items } = await bulk([foreign.id, archived.id, mineToo.id, 2_000_000_000], { kind: 'move', move: 'pause' });
      expect(items.map(({ id, title, outcome, error }) => [id, title, outcome, error?.code])).toEqual([
        [foreign.id, null, 'refused', 'LISTING_NOT_FOUND'],
        [archived.id, 'Bowl', 'refused', 'ILLEGAL_LISTING_MOVE'],
        [mineToo.id, 'Bowl', 'changed', undefined],
        [2_000_000_000, null, 'refused', 'LISTING_NOT_FOUND'],
      ]);
      expect([(await own(foreign.id, other)).status, (await own(mineToo.id)).status]).toEqual(['active', 'paused']);
    });

    it('sets category, escrow and shipping; an amount leaves other currencies alone', async () => {
      const [euro, dollar] = [await offer({ price: '20.00' }), await offer({ price: '20.00', currency: 'USD' })];
      const ids = [euro.id, dollar.id];
      const outcomes = async (change: object) => (await bulk(ids, change)).items.map(({ outcome }) => outcome);
      expect(await outcomes({ kind: 'price-amount', amount: '-0.01', currency: 'EUR' })).toEqual(['changed', 'unchanged']);
      expect(await outcomes({ kind: 'category', category: 'lamps/shades' })).toEqual(['changed', 'changed']);
      expect(await outcomes({ kind: 'category', category: 'lamps/shades' })).toEqual(['unchanged', 'unchanged']);
      expect(await outcomes({ kind: 'category', category: 'lamps/none' })).toEqual(['refused', 'refused']);
      expect(await outcomes({ kind: 'escrow', escrowEnabled: true })).toEqual(['changed', 'changed']);
      expect(await outcomes({ kind: 'shipping', shippingInfo: SHIPPING })).toEqual(['changed', 'changed']);
      expect(await own(euro.id)).toMatchObject({ price: '19.99', category: 'lamps/shades', escrowEnabled: true, shippingInfo: SHIPPING });
      expect(await own(dollar.id)).toMatchObject({ price: '20.00', category: 'lamps/shades', version: 4 });
    });

    it('takes 200 at once, and not one more', async () => {
      const ids = (await Promise.all(Array.from({ length: 60 }, () => draft()))).map(({ id }) => id);
      const done = await bulk(ids, { kind: 'move', move: 'publish' });
      expect([done.changed, done.items.map(({ id }) => id)]).toEqual([60, ids]);
      const many = Array.from({ length: 201 }, (_, i) => i + 1);
      const answer = await rest.post('/listings/bulk', { ids: many, change: { kind: 'move', move: 'pause' } }, as(seller));
      expect([answer.status, fieldsOf(answer)]).toEqual([400, ['ids']]);
    });

    it('two that change the same listings at once: each is changed once', async () => {
      const ids = (await Promise.all(Array.from({ length: 40 }, () => offer()))).map(({ id }) => id);
      const [one, two] = await Promise.all([
        bulk(ids, { kind: 'move', move: 'pause' }),
        bulk(ids.toReversed(), { kind: 'move', move: 'pause' }),
      ]);
      expect([one.changed + two.changed, one.refused + two.refused]).toEqual([40, 40]);
    });
  });

  it('a draft that was never published can be thrown away, with its pictures; nothing else can', async () => {
    const { id } = await draft();
    const sent = await fetch(`${api.url}/api/v1/images?purpose=listing&subjectId=${id}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.tokenFor(seller)}` },
      body: (await photograph()) as NonNullable<RequestInit['body']>,
    });
    expect(sent.status).toBe(201);
    expect((await rest.delete(`/listings/${id}`, as(seller))).status).toBe(204);
    expect((await rest.get(`/listings/${id}`, as(seller))).status).toBe(404);
    expect(await db.database.prisma.imageUse.count({ where: { subjectId: id } })).toBe(0);
    expect(await db.database.prisma.listingEvent.count({ where: { listingId: id } })).toBe(0);
    const sold = await offer();
    await move(sold.id, 'archive');
    await move(sold.id, 'restore');
    const refused = await rest.delete(`/listings/${sold.id}`, as(seller));
    expect([refused.status, refused.body.code]).toEqual([409, 'LISTING_WAS_PUBLISHED']);
  });

  it('pictures that were sent before are attached with the listing, in their order; others’ are not', async () => {
    const send = async (who: Person, content: Uint8Array) => {
      const answer = await fetch(`${api.url}/api/v1/images?purpose=listing`, {
        method: 'POST',
        headers: { authorization: `Bearer ${api.tokenFor(who)}` },
        body: content as NonNullable<RequestInit['body']>,
      });
      return ((await answer.json()) as { id: number }).id;
    };
    const [first, second] = [await send(seller, await photograph()), await send(seller, await picture(60, 40))];
    const listing = await offer({ images: [second, first] });
    const { items } = (await rest.get(`/images/of/listing/${listing.id}`, as(seller))).body;
    expect(items.map(({ id }: { id: number }) => id)).toEqual([second, first]);
    const foreign = await rest.post('/listings', { title: 'x', price: '1.00', currency: 'EUR', images: [first] }, as(other));
    expect([foreign.status, foreign.body.code]).toEqual([404, 'IMAGE_NOT_FOUND']);
    expect((await mine('q=x', other)).items).toEqual([]); // nothing of it is left
  });

  it('only the seller changes a listing: not another seller, not a buyer, not an admin, not a stranger', async () => {
    const listing = await offer();
    const { id } = listing;
    const requests: [string, string, object?][] = [
      ['GET', `/listings/mine/${id}`],
      ['PATCH', `/listings/${id}`, { version: 1, title: 'Mine now' }],
      ['DELETE', `/listings/${id}`],
      ...LISTING_MOVE_NAMES.map((name): [string, string] => ['POST', `/listings/${id}/${WORDS[name] ?? name}`]),
    ];
    const send = (method: string, path: string, body: object | undefined, options = {}) =>
      method === 'GET'
        ? rest.get(path, options)
        : method === 'PATCH'
          ? rest.patch(path, body, options)
          : method === 'DELETE'
            ? rest.delete(path, options)
            : rest.post(path, body, options);
    for (const [method, path, body] of requests) {
      for (const person of [other, buyer, admin])
        expect((await send(method, path, body, as(person))).body.code, `${method} ${path}`).toBe('LISTING_NOT_FOUND');
      expect((await send(method, path, body)).body.code, `${method} ${path}`).toBe('UNAUTHENTICATED');
    }
    for (const [method, path, body] of [
      ['POST', '/listings', { title: 'x', currency: 'EUR' }],
      ['GET', '/listings/mine', undefined],
      ['POST', '/listings/bulk', { ids: [id], change: { kind: 'move', move: 'pause' } }],
    ] as const)
      expect((await send(method, path, body)).body.code, path).toBe('UNAUTHENTICATED');
    expect((await mine('', buyer)).items).toEqual([]);
    expect(await own(id)).toMatchObject({ version: 1, status: 'active' });
  });

  describe('the facade of the documents', () => {
    const at = (path: string) => `${api.url}/api/marketplace/seller${path}`;
    it('offers at once, with all fields, and shows no more of a listing than everybody sees', async () => {
      const body = {
        title: 'Test Product',
        price: 100,
        currency: 'USD',
        escrowEnabled: true,
        shippingInfo: SHIPPING,
        metadata: [{ name: 'Material', value: 'Oak' }],
      };
      const answer = await fetch(at(`/${seller.id}/listings`), {
        method: 'POST',
        headers: { authorization: `Bearer ${api.tokenFor(seller)}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const listing = (await answer.json()) as Record<string, unknown>;
      expect([answer.status, listing]).toEqual([
        201,
        expect.objectContaining({ ...body, price: '100.00', status: 'active', category: 'other' }),
      ]);
      expect(listing).not.toHaveProperty('moves');
      const { items } = (await (await fetch(at(`/${seller.id}/listings`))).json()) as { items: { id: number }[] };
      expect(items.find(({ id }) => id === listing.id)).toEqual(listing);
    });
  });

  it('a search of signs alone finds nothing, and one of blanks is no search', async () => {
    await offer({}, other);
    const found = async (q: string) => (await rest.get(`/listings?q=${encodeURIComponent(q)}`)).body as { items: unknown[]; total: object };
    for (const q of ['!!!', '---', '☕', '"', '\u0301', '... ***'])
      expect([q, await found(q)]).toEqual([
        q,
        { items: [], nextCursor: null, total: { count: 0, more: false }, considered: null, categories: [] },
      ]);
    for (const q of ['', '   ']) expect((await found(q)).items.length, JSON.stringify(q)).toBeGreaterThan(0);
    expect((await found('bowl !!!')).items.length).toBeGreaterThan(0);
    const sellers = async (q: string) => (await rest.get(`/sellers?q=${encodeURIComponent(q)}`)).body.items as unknown[];
    expect([await sellers('\u0301'), (await sellers('')).length > 0]).toEqual([[], true]);
  });
});
