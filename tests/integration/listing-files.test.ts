import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import type { ListingImportReport, OwnListing } from '@assay/contract';
import { createPerson, onEachEngine, useProduct, type Person } from '@assay/testing';
import { beforeEach, describe, expect, it } from 'vitest';

onEachEngine('listings as files', (engine) => {
  const { db, api, rest } = useProduct(engine);
  let seller: Person;
  let other: Person;
  beforeEach(async () => {
    seller = await createPerson(db.database, ['buyer', 'seller']);
    other = await createPerson(db.database, ['buyer', 'seller']);
  });

  const send = (csv: string, options: { query?: string; as?: Person; type?: string } = {}) =>
    rest.post(`/listings/import${options.query ? `?${options.query}` : ''}`, undefined, {
      raw: csv,
      token: api.tokenFor(options.as ?? seller),
      headers: { 'content-type': options.type ?? 'text/csv' },
    });
  const look = async (csv: string, as = seller): Promise<ListingImportReport> => (await send(csv, { as })).body;
  const take = async (csv: string, more = '', as = seller): Promise<ListingImportReport> =>
    (await send(csv, { query: `dryRun=false${more}`, as })).body;
  const exported = async (as = seller): Promise<string> => (await rest.get('/listings/mine.csv', { token: api.tokenFor(as) })).body;
  const mine = async (as = seller): Promise<OwnListing[]> =>
    (await rest.get('/listings/mine?sort=oldest', { token: api.tokenFor(as) })).body.items;
  const outcomes = ({ rows }: ListingImportReport) => rows.map(({ outcome }) => outcome);

  const NEW = [
    'title,price,currency,category,status,description,attributes',
    'Bowl,86.00,EUR,ceramics/bowls,active,"Ash glaze, ""wheel-thrown"".\nHeavy.","Material: Stoneware\nYear: 2026"',
    'Coin,0.00000001,BTC,other,draft,,',
    'Ring,9999999999.99999999,ETH,other/jewellery,active,,',
  ].join('\n');

  it('makes listings as they are written, exact to the last digit, and they are found', async () => {
    expect((await look(NEW)).rows.map(({ line, outcome, title }) => [line, outcome, title])).toEqual([
      [2, 'create', 'Bowl'],
      [5, 'create', 'Coin'],
      [6, 'create', 'Ring'],
    ]);
    expect(await mine()).toEqual([]); // looking writes nothing
    expect(await take(NEW)).toMatchObject({ applied: true, create: 3, error: 0 });
    expect(
      (await mine()).map(({ title, price, currency, category, status, version }) => ({
        title,
        price,
        currency,
        category,
        status,
        version,
      })),
    ).toEqual([
      { title: 'Bowl', price: '86.00', currency: 'EUR', category: 'ceramics/bowls', status: 'active', version: 1 },
      { title: 'Coin', price: '0.00000001', currency: 'BTC', category: 'other', status: 'draft', version: 1 },
      { title: 'Ring', price: '9999999999.99999999', currency: 'ETH', category: 'other/jewellery', status: 'active', version: 1 },
    ]);
    expect((await mine())[0]).toMatchObject({
      description: 'Ash glaze, "wheel-thrown".\nHeavy.',
      metadata: [
        { name: 'Material', value: 'Stoneware' },
        { name: 'Year', value: '2026' },
      ],
    });
    const { body } = await rest.get(`/listings?q=stoneware+bowl&seller=${seller.id}`);
    expect([body.total, body.items[0]?.title]).toEqual([{ count: 1, more: false }, 'Bowl']);
    const events = await db.database.prisma.listingEvent.findMany({ where: { actorId: seller.id }, orderBy: { toStatus: 'asc' } });
    expect(events.map(({ fromStatus, toStatus }) => [fromStatus, toStatus])).toEqual([
      [null, 'active'],
      [null, 'active'],
      [null, 'draft'],
    ]);
  });

  it('an export that is imported again changes nothing; the same new listings are not made twice', async () => {
    await take(NEW);
    const file = await exported();
    expect(await look(file)).toMatchObject({ unchanged: 3, create: 0, update: 0, error: 0 });
    expect(await take(file)).toMatchObject({ applied: false, unchanged: 3 });
    expect(await exported()).toBe(file);
    expect(await take(NEW)).toMatchObject({ applied: false, takenBefore: true });
    expect(await mine()).toHaveLength(3);
  });

  it('changes what differs and nothing else, of the version that was exported', async () => {
    await take(NEW);
    const file = (await exported()).replace('86.00', '79.5').replace('Coin', '=Coin');
    const report = await take(file);
    expect(report).toMatchObject({ applied: true, update: 2, unchanged: 1 });
    expect(report.rows.map(({ changes }) => changes)).toEqual([['price'], ['title'], []]);
    expect((await mine()).map(({ title, price, version }) => [title, price, version])).toEqual([
      ['Bowl', '79.50', 2],
      ['=Coin', '0.00000001', 2],
      ['Ring', '9999999999.99999999', 1],
    ]);
    expect(await take(file)).toMatchObject({ applied: false, unchanged: 3 }); // it is so already
    const stale = await take(file.replace('79.5', '78'));
    expect(stale).toMatchObject({ applied: false, error: 1 });
    expect(stale.rows[0]!.errors).toEqual([
      { column: 'version', message: 'It was changed after the export (now version 2). Export again.' },
    ]);
    const [bowl] = await mine();
    const single = await take(`id,version,escrow\n${bowl!.id},2,yes\n`);
    expect(single.rows[0]).toMatchObject({ outcome: 'update', changes: ['escrow'] });
    expect((await mine())[0]).toMatchObject({ escrowEnabled: true, price: '79.50', title: 'Bowl' });
    const { body } = await rest.get(`/listings?escrow=true&seller=${seller.id}`);
    expect(body.items.map(({ id }: OwnListing) => id)).toEqual([bowl!.id]);
  });

  describe('what cannot be taken', () => {
    it('is said by line and column, and then nothing is taken', async () => {
      const csv = [
        'title,price,currency,category,status,escrow,ships_from,attributes',
        'Good,1.00,EUR,other,active,no,,',
        ',1.00,EUR,other,draft,no,,',
        'Yen,1.5,JPY,other,draft,no,,',
        'Much,1e-5,EUR,other,draft,maybe,,',
        'Lost,1.00,EUR,nowhere/at-all,draft,no,,',
        'Free,,EUR,other,active,no,,',
        'Odd,1.00,XXX,other,sold,no,ZZ,no colon',
        'Short',
      ].join('\n');
      const report = await take(csv);
      expect([report.applied, outcomes(report)]).toEqual([false, ['create', ...Array<string>(7).fill('error')]]);
      expect(report.rows.map(({ line, errors }) => [line, ...errors.map(({ column }) => column).toSorted()])).toEqual([
        [2],
        [3, 'title'],
        [4, 'price'],
        [5, 'escrow', 'price'],
        [6, 'category'],
        [7, 'price'],
        [8, 'attributes', 'currency', 'handling_days_max', 'handling_days_min', 'shipping_price', 'ships_from', 'status'],
        [9, ''],
      ]);
      expect(await mine()).toEqual([]);
      expect(await take(csv, '&skipErrors=true')).toMatchObject({ applied: true, create: 1, error: 7 });
      expect((await mine()).map(({ title }) => title)).toEqual(['Good']);
    });

    it('another seller’s listings, twice the same one, and moves', async () => {
      await take(NEW, '', other);
      await take(NEW);
      const [theirs] = await mine(other);
      const [own] = await mine();
      const report = await take(
        `id,version,title,status\n${theirs!.id},1,Mine now,active\n${own!.id},1,A,active\n${own!.id},1,B,active\n${own!.id + 1_000_000},1,C,\nx,1,D,\n`,
      );
      expect(report.rows.map(({ errors }) => errors.map(({ column }) => column))).toEqual([['id'], [], ['id'], ['id'], ['id']]);
      expect(report.rows[0]!.title).toBe('Mine now'); // nothing of it is shown
      expect((await look(`id,version,status\n${own!.id},1,sold\n`)).rows[0]!.errors[0]!.column).toBe('status');
      expect((await mine(other))[0]!.title).toBe('Bowl');
      expect((await exported()).includes(String(theirs!.id))).toBe(false);
    });

    it('who is not signed in, another kind of body, and a file that is too large', async () => {
      expect((await rest.get('/listings/mine.csv')).status).toBe(401);
      expect((await rest.post('/listings/import', undefined, { raw: NEW, headers: { 'content-type': 'text/csv' } })).status).toBe(401);
      expect((await send('{}', { type: 'application/json' })).status).toBe(415);
      expect((await send(`title\n${'x'.repeat(5 * 1024 * 1024)}`)).status).toBe(413);
      const many = await send(`title,currency\n${'a,EUR\n'.repeat(5001)}`);
      expect([many.status, many.body.errors[0].message]).toEqual([400, 'A file has at most 5,000 lines, empty ones included. Split it.']);
      expect((await send('title\n"x', {})).body.errors[0]).toMatchObject({ field: 'file' });
    });
  });

  it('a report shows 100 rows, errors first, and counts all of them', async () => {
    const report = await look(`title,currency\n${'Bowl,EUR\n'.repeat(3000)}${'Bowl\n'.repeat(60)}${'Bowl,XXX\n'.repeat(1940)}`);
    expect(report).toMatchObject({ create: 3000, error: 2000 });
    expect(report.rows.map(({ line, outcome }) => [line, outcome])).toEqual(Array.from({ length: 100 }, (_, i) => [3002 + i, 'error']));
    const mostlySound = await look(`title,currency\n${'Bowl,EUR\n'.repeat(200)}Bowl,XXX\n`);
    expect([mostlySound.rows.length, mostlySound.rows[0]!.line, mostlySound.rows[99]]).toMatchObject([
      100,
      2,
      { line: 202, outcome: 'error' },
    ]);
  });

  describe('the same file again', () => {
    const AGAIN = 'title,price,currency,status\nAgain bowl,12.50,EUR,draft\n';
    it('is named by the preview, as long as a listing of it is there', async () => {
      expect(await look(AGAIN)).toMatchObject({ takenBefore: false, create: 1 });
      expect(await take(AGAIN)).toMatchObject({ applied: true });
      expect(await look(AGAIN)).toMatchObject({ takenBefore: true, applied: false });
      expect(await look(AGAIN, other)).toMatchObject({ takenBefore: false });
      const [bowl] = await mine();
      expect((await rest.delete(`/listings/${bowl!.id}`, { token: api.tokenFor(seller) })).status).toBe(204);
      expect(await look(AGAIN)).toMatchObject({ takenBefore: false });
      expect(await take(AGAIN)).toMatchObject({ applied: true, create: 1 });
      expect(await mine()).toHaveLength(1);
      expect(await take(AGAIN)).toMatchObject({ applied: false, takenBefore: true });
    });

    it('creates its listings once, however many requests send it at once', async () => {
      await take(AGAIN);
      const [bowl] = await mine();
      await rest.delete(`/listings/${bowl!.id}`, { token: api.tokenFor(seller) });
      const reports = await Promise.all([take(AGAIN), take(AGAIN), take(AGAIN)]);
      expect(reports.filter(({ applied }) => applied)).toHaveLength(1);
      expect(await mine()).toHaveLength(1);
    });
  });

  describe('cells', () => {
    it('that are empty at the end of a line count neither way', async () => {
      const csv =
        'title,price,currency,status,attributes\nBowl A,12.50,EUR,draft,Glaze: blue\nBowl B,13.50,EUR,draft\nBowl C,14.50,EUR,draft,,,\nBowl D,14.50,EUR,draft,,x\n';
      const report = await look(csv);
      expect(report.rows.map(({ line, outcome }) => [line, outcome])).toEqual([
        [2, 'create'],
        [3, 'create'],
        [4, 'create'],
        [5, 'error'],
      ]);
    });

    it('of spreadsheets: prices with commas, exponents and currencies, whole numbers with a point', async () => {
      const csv = ['title;price;currency;status', 'Teller;12,50;EUR;draft', 'Vase;1.234,56;EUR;draft', 'Krug;1,234.56;EUR;draft'];
      const more = [
        'Tasse;€ 9.90;EUR;draft',
        'Kanne;9,90 EUR;;draft',
        'Staub;1E-08;BTC;draft',
        'Dose;$5;EUR;draft',
        'Topf;1,234;EUR;draft',
      ];
      const report = await take([...csv, ...more].join('\n'), '&skipErrors=true');
      expect(report.rows.flatMap(({ line, errors }) => errors.map(({ column, message }) => [line, column, message]))).toEqual([
        [6, 'currency', expect.any(String)],
        [8, 'price', 'The price is in USD, the currency is EUR.'],
        [9, 'price', '1,234 can be read as a thousand or as a decimal. Write it with a point, such as 1234.00.'],
      ]);
      expect((await mine()).map(({ title, price }) => [title, price])).toEqual([
        ['Teller', '12.50'],
        ['Vase', '1234.56'],
        ['Krug', '1234.56'],
        ['Tasse', '9.90'],
        ['Staub', '0.00000001'],
      ]);
      const [plate] = await mine();
      const changed = await take(`id,version,price,handling_days_min\n${plate!.id}.0,1.0,13.50 EUR\n`);
      expect(changed).toMatchObject({ applied: true, update: 1 });
      expect((await mine())[0]!.price).toBe('13.50');
    });

    it.each([
      ['a sep= line', '\uFEFFsep=;\ntitle;price;currency;status\nBowl A;12.50;EUR;draft\n'],
      ['tabs', 'title\tprice\tcurrency\tstatus\nBowl 28" A\t12.50\tEUR\tdraft\n'],
      ['CR at the ends of lines', 'title,price,currency,status\rBowl A,12.50,EUR,draft\r'],
      ['no end of the last line', 'title,price,currency,status\r\nBowl A,12.50,EUR,draft'],
      ['unnamed columns at the end', 'title,price,currency,status,,\nBowl A,12.50,EUR,draft,,\n'],
    ])('with %s are read', async (_name, csv) => {
      expect(await look(csv)).toMatchObject({ create: 1, error: 0, format: 'assay' });
    });

    it('in UTF-16 are read', async () => {
      const raw = Buffer.from('\uFEFFtitle\tprice\tcurrency\nTöpfchen\t12,50\tEUR\n', 'utf16le');
      const { body } = await rest.post('/listings/import', undefined, {
        raw: raw as unknown as string,
        token: api.tokenFor(seller),
        headers: { 'content-type': 'text/csv' },
      });
      expect(body).toMatchObject({ create: 1, sample: [{ line: 2, cells: { title: 'Töpfchen', price: '12.50' } }] });
    });
  });

  describe('files of other programs', () => {
    const SAMPLES = path.join(ROOT, 'tests', 'files', 'listings');
    it.each<[string, string, Record<string, string>[]]>([
      [
        'shopify.csv',
        'shopify',
        [
          {
            title: 'Blue bowl',
            status: 'active',
            price: '86.00',
            currency: 'EUR',
            category: 'ceramics/bowls',
            description: 'Ash glaze & salt\n\n• 28 cm',
            attributes: 'Size: 28 cm\nBrand: Kiln\nType: Bowls',
          },
          {
            title: 'Old cup',
            status: 'draft',
            price: '12.50',
            currency: 'EUR',
            category: 'other',
            description: '',
            attributes: 'Brand: Kiln',
          },
        ],
      ],
      [
        'woocommerce.csv',
        'woocommerce',
        [
          {
            title: 'Blue bowl',
            status: 'active',
            price: '86.00',
            currency: 'EUR',
            category: 'ceramics/bowls',
            description: 'Ash glaze\n28 cm',
            attributes: 'Glaze: Blue, White',
          },
          {
            title: 'Set of bowls',
            status: 'draft',
            price: '',
            currency: 'EUR',
            category: 'ceramics/bowls',
            description: 'Three bowls',
            attributes: '',
          },
        ],
      ],
      [
        'etsy.csv',
        'etsy',
        [
          {
            title: 'Blue bowl, 28" wide',
            status: 'active',
            price: '86.00',
            currency: 'EUR',
            category: 'other',
            description: 'Ash glaze.\n\nHeavy.',
            attributes: 'Materials: stoneware,ash',
          },
          {
            title: 'Sold out cup',
            status: 'draft',
            price: '12.50',
            currency: 'EUR',
            category: 'other',
            description: 'Small',
            attributes: '',
          },
        ],
      ],
      [
        'ebay.csv',
        'ebay',
        [
          {
            title: 'Blue bowl',
            status: 'active',
            price: '86.00',
            currency: 'USD',
            category: 'other',
            description: '',
            attributes: 'Condition: New',
          },
        ],
      ],
      [
        'google.tsv',
        'google',
        [
          {
            title: 'Blue bowl, 28" wide',
            status: 'active',
            price: '86.00',
            currency: 'EUR',
            category: 'ceramics/bowls',
            description: 'Ash glaze',
            attributes: 'Brand: Kiln\nCondition: new',
          },
          {
            title: 'Old cup',
            status: 'draft',
            price: '12.50',
            currency: 'EUR',
            category: 'other',
            description: 'Small',
            attributes: 'Condition: used',
          },
        ],
      ],
    ])('%s is known by its columns, and shown before it is stored', async (name, format, rows) => {
      const csv = readFileSync(path.join(SAMPLES, name), 'utf8');
      const report = await look(csv);
      expect(report).toMatchObject({ format, error: 0, create: rows.length });
      expect(report.sample.map(({ cells }) => cells)).toEqual(rows.map((row) => expect.objectContaining(row) as unknown));
      expect(report.notes[0]).toMatch(/^Read as a file of /);
      expect(await take(csv, `&format=${format}`)).toMatchObject({ applied: true });
      const stored = await mine();
      expect(stored.map(({ title, status, currency }) => ({ title, status, currency }))).toEqual(
        rows.map(({ title, status, currency }) => ({ title, status, currency })),
      );
    });

    it('prices without a currency are in the wanted one, else in that of the newest listing', async () => {
      const csv = readFileSync(path.join(SAMPLES, 'shopify.csv'), 'utf8');
      const report = (await send(csv, { query: 'currency=CHF' })).body as ListingImportReport;
      expect([report.sample[0]!.cells.currency, report.notes.at(-1)]).toEqual(['CHF', 'Prices without a currency are in CHF.']);
      await take('title,currency\nCup,GBP\n');
      expect((await look(csv)).sample[0]!.cells.currency).toBe('GBP');
    });

    it('a price in dollars is in no other currency, and which dollars is asked for', async () => {
      const csv = readFileSync(path.join(SAMPLES, 'shopify.csv'), 'utf8').replaceAll('86.00', '$86.00').replaceAll('12.50', 'CHF 12.50');
      const report = await take(csv, '&skipErrors=true');
      expect(report.rows.flatMap(({ errors }) => errors.map(({ column, message }) => [column, message]))).toEqual([
        ['price', 'The price may be in USD or CAD: name its currency.'],
      ]);
      expect((await mine()).map(({ price, currency }) => [price, currency])).toEqual([['12.50', 'CHF']]);
      const named = (await send(csv, { query: 'currency=CAD' })).body as ListingImportReport;
      expect(named.sample.map(({ cells }) => [cells.price, cells.currency])).toEqual([
        ['86.00', 'CAD'],
        ['12.50', 'CHF'],
      ]);
      expect(named.notes).not.toContain('Prices without a currency are in CAD.');
      const [cup] = await mine();
      const dollars = await take(`id,version,price\n${cup!.id},1,$13.00\n`);
      expect(dollars.rows[0]!.errors).toEqual([{ column: 'price', message: 'The price may be in USD or CAD: name its currency.' }]);
    });

    it('a format that is not that of the file is refused', async () => {
      const { body } = await send('title,price\nx,1\n', { query: 'format=woocommerce' });
      expect(body.errors).toEqual([{ field: 'file', message: 'The file does not have the columns of a file of WooCommerce.' }]);
    });
  });

  it('exports and templates for spreadsheets of comma countries are read back', async () => {
    await take(NEW);
    await take('title,price,currency\nDinar,1.234,KWD\n');
    const csv = (await rest.get('/listings/mine.csv?separator=semicolon', { token: api.tokenFor(seller) })).body as string;
    expect(csv.split('\n')[0]).toMatch(/^id;version;/);
    expect(csv).toContain(';86,00;EUR;');
    expect(csv).toContain(';1,2340;KWD;');
    expect(await look(csv)).toMatchObject({ unchanged: 4, error: 0 });
    for (const separator of ['comma', 'semicolon']) {
      const template = (await rest.get(`/listings/template.csv?separator=${separator}`)).body as string;
      expect(await look(template)).toMatchObject({ create: 1, error: 0 });
    }
  });

  it('is noted in the audit log, with what came of it', async () => {
    await take(NEW);
    const [record] = await db.database.prisma.auditEntry.findMany({ where: { action: 'listings.imported', actorId: seller.id } });
    expect([record?.entity, record?.entityId, JSON.parse(record!.detail!)]).toEqual([
      'seller',
      String(seller.id),
      { created: 3, updated: 0, refused: 0 },
    ]);
  });

  it('a seller who has none gets the names of the columns', async () => {
    expect(await exported()).toBe(
      'id,version,status,title,description,price,currency,quantity,category,escrow,ships_from,handling_days_min,handling_days_max,shipping_price,ships_to,pickup,attributes\n',
    );
  });
});
