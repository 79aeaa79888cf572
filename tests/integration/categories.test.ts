import type { CategoryTree, CategoryView, SellerPage } from '@assay/contract';
import { createPerson, createSeller, onEachEngine, useProduct, type Person, type Seller } from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';

onEachEngine('categories', (engine) => {
  const { db, api, rest, as } = useProduct(engine);
  let admin: Person;
  let seller: Seller;

  beforeAll(async () => {
    admin = await createPerson(db.database, ['admin']);
    seller = await createSeller(db.database);
  });

  const tree = async () => ((await rest.get('/categories', as(admin))).body as CategoryTree).items;
  const find = async (path: string) => (await tree()).find((one) => one.path === path);
  const add = (parent: string | null, name: string) => rest.post('/categories', { parent, name }, as(admin));
  const retire = (path: string, retired = true) => rest.post('/categories/retire', { path, retired }, as(admin));
  const fields = ({ body }: { body: { errors?: { field: string }[] } }) => (body.errors ?? []).map(({ field }) => field);
  const list = (category: string) =>
    rest.post('/listings', { title: 'T', price: '1.00', currency: 'EUR', category, publish: true }, as(seller));

  it('are there from the start, the eight of before at the top, each followed by what is below it', async () => {
    const items = (await rest.get('/categories')).body.items as CategoryView[];
    expect(items.filter(({ parent }) => parent === null).map(({ name }) => name)).toEqual([
      'Ceramics',
      'Watches',
      'Books and paper',
      'Leather',
      'Cameras',
      'Textiles',
      'Lamps',
      'Other',
    ]);
    for (const [i, { path, parent, level, retired }] of items.entries()) {
      expect([path, level, retired]).toEqual([path, path.split('/').length, false]);
      if (parent !== null) expect(items.slice(0, i).findLast((one) => one.level === level - 1)?.path).toBe(parent);
    }
    for (const top of items.filter(({ level }) => level === 1))
      expect(items.filter(({ parent }) => parent === top.path).length).toBeGreaterThanOrEqual(4);
  });

  it('are added at the end, three levels deep and no deeper, by names that can be addresses', async () => {
    expect((await add('ceramics', 'Tiles & Mosaïcs')).status).toBe(201);
    expect(await find('ceramics/tiles-mosaics')).toMatchObject({ name: 'Tiles & Mosaïcs', level: 2 });
    expect((await tree()).findLast(({ parent }) => parent === 'ceramics')?.path).toBe('ceramics/tiles-mosaics');
    expect((await add('ceramics/tiles-mosaics', 'Floor')).status).toBe(201);
    expect(fields(await add('ceramics/tiles-mosaics/floor', 'Old'))).toEqual(['parent']);
    expect((await add('ceramics', 'tiles mosaics')).body.code).toBe('CATEGORY_EXISTS');
    expect((await add('nowhere', 'X')).body.code).toBe('CATEGORY_NOT_FOUND');
    expect(fields(await add(null, '★★★'))).toEqual(['name']);
    expect(fields(await add(null, '   '))).toEqual(['name']);
  });

  it('two admins that add the same at once: it is there once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => add('lamps', 'Lanterns')));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('a new name is seen in every listing at once, also by who is not signed in; the path stays', async () => {
    const shown = async () => (await rest.get(`/listings/${seller.listingId}`)).body;
    expect(await shown()).toMatchObject({ category: 'ceramics/bowls', categoryName: 'Bowls' });
    await rest.post('/categories/rename', { path: 'ceramics/bowls', name: 'Bowls and dishes' }, as(admin));
    expect(await shown()).toMatchObject({ category: 'ceramics/bowls', categoryName: 'Bowls and dishes' });
    const facade = await fetch(`${api.url}/api/marketplace/seller/${seller.id}/listings`);
    expect(((await facade.json()) as { items: object[] }).items[0]).toMatchObject({ categoryName: 'Bowls and dishes' });
    expect((await rest.post('/categories/rename', { path: 'ceramics/none', name: 'x' }, as(admin))).body.code).toBe('CATEGORY_NOT_FOUND');
  });

  it('a retired one takes nothing new, with all below it; what is in it stays, can be changed, but not published anew', async () => {
    const inside = (await list('textiles/rugs')).body;
    const draft = (await rest.post('/listings', { title: 'D', price: '1.00', currency: 'EUR', category: 'textiles/rugs' }, as(seller)))
      .body;
    await retire('textiles');
    expect([(await find('textiles'))!.retired, (await find('textiles/rugs'))!.retired]).toEqual([true, true]);
    const refused = await list('textiles/rugs');
    expect([refused.status, fields(refused)]).toEqual([400, ['category']]);
    const edited = await rest.patch(`/listings/${inside.id}`, { version: 1, title: 'Still here', category: 'textiles/rugs' }, as(seller));
    expect([edited.status, edited.body.category]).toEqual([200, 'textiles/rugs']);
    const moved = await rest.patch(`/listings/${seller.listingId}`, { version: 1, category: 'textiles' }, as(seller));
    expect([moved.status, fields(moved)]).toEqual([400, ['category']]);
    const published = await rest.post(`/listings/${draft.id}/publish`, undefined, as(seller));
    expect([published.status, fields(published)]).toEqual([422, ['category']]);
    await retire('textiles', false);
    expect((await rest.post(`/listings/${draft.id}/publish`, undefined, as(seller))).status).toBe(200);
  });

  it('a search in one finds what is below it, and not what only begins the same', async () => {
    await add(null, 'Book');
    await add('book', 'Covers');
    const [one, two] = [await createSeller(db.database, 'One'), await createSeller(db.database, 'Two')];
    const put = (person: Person, category: string) =>
      rest.post('/listings', { title: 'T', price: '1.00', currency: 'EUR', category, publish: true }, as(person));
    await put(one, 'book/covers');
    await put(two, 'books-and-paper/zines');
    const found = async (category: string) =>
      ((await rest.get(`/sellers?category=${encodeURIComponent(category)}&sort=newest`)).body as SellerPage).items.map(({ id }) => id);
    expect(await found('book')).toEqual([one.id]);
    expect(await found('book/covers')).toEqual([one.id]);
    expect(await found('books-and-paper')).toEqual([two.id]);
    expect(await found('books-and-paper/zines')).toEqual([two.id]);
    expect(await found('books-and-paper/prints')).toEqual([]);
    for (const odd of ['%', 'book_', 'Book', 'book/', '/book', 'a/b/c/d'])
      expect((await rest.get(`/sellers?category=${encodeURIComponent(odd)}`)).status, odd).toBe(400);
    const front = (await fetch(`${api.url}/trpc/sellers.storefront`).then((answer) => answer.json())) as {
      result: { data: { categories: { path: string; sellers: number }[] } };
    };
    const counted = new Map(front.result.data.categories.map(({ path, sellers }) => [path, sellers]));
    expect([counted.get('book'), counted.get('books-and-paper'), counted.has('books-and-paper/zines')]).toEqual([1, 1, false]);
  });

  it('only admins change them, and each change is in the audit log', async () => {
    const ops = await createPerson(db.database, ['ops']);
    const changes: [string, object][] = [
      ['/categories', { parent: null, name: 'Mine' }],
      ['/categories/rename', { path: 'ceramics', name: 'Mine' }],
      ['/categories/retire', { path: 'ceramics', retired: true }],
    ];
    for (const [path, body] of changes) {
      expect((await rest.post(path, body)).body.code, path).toBe('UNAUTHENTICATED');
      for (const person of [seller, ops]) expect((await rest.post(path, body, as(person))).body.code, path).toBe('FORBIDDEN');
    }
    expect(await find('ceramics')).toMatchObject({ name: 'Ceramics', retired: false });
    const entries = await db.database.prisma.auditEntry.findMany({ where: { entity: 'category' }, orderBy: { id: 'asc' } });
    expect(entries.map(({ action, entityId }) => `${action} ${entityId}`)).toEqual(
      expect.arrayContaining([
        'category.added lamps/lanterns',
        'category.renamed ceramics/bowls',
        'category.retired textiles',
        'category.restored textiles',
      ]),
    );
    expect(entries.every(({ actorId }) => actorId === admin.id)).toBe(true);
  });
});
