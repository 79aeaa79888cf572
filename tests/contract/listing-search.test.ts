import {
  searchTerms,
  type ListingContent,
  type ListingFilter,
  type ListingKeys,
  type ListingSearchSort,
  type Repositories,
} from '@assay/core';
import { createRepositories } from '@assay/database';
import { createPeople, onEachEngine, useDatabase } from '@assay/testing';
import BetterSqlite3 from 'better-sqlite3';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

const E8 = 100_000_000n;
const MAX = 1000;
const BOWL: ListingContent = {
  title: 'Bowl',
  description: null,
  priceE8: 10n * E8,
  currency: 'EUR',
  category: 'ceramics/bowls',
  escrowEnabled: false,
  shippingInfo: null,
  metadata: [],
  quantity: 1,
};

onEachEngine('finding listings', (engine) => {
  const db = useDatabase(engine);
  let repos: Repositories;
  let sellers: number[];
  let minute = 0;
  beforeAll(async () => {
    repos = createRepositories(db.database);
    sellers = (await createPeople(db.database, 2, ['seller'])).map(({ id }) => id);
  });

  const at = () => new Date(Date.UTC(2026, 5, 1, 0, ++minute));
  /** Each suite has a word of its own, so that it finds nothing of another one. */
  const list = (
    content: Partial<ListingContent>,
    { seller = 0, status = 'active' }: { seller?: number; status?: 'active' | 'draft' } = {},
  ) => repos.listings.create({ sellerId: sellers[seller]!, status, ...BOWL, ...content }, at());
  const filter = (q: string, rest: Omit<ListingFilter, 'terms'> = {}): ListingFilter => ({ terms: searchTerms(q), ...rest });
  const find = async (q: string, rest: Omit<ListingFilter, 'terms'> = {}, sort: ListingSearchSort = q ? 'relevance' : 'newest') =>
    (await repos.listingSearch.find({ ...filter(q, rest), sort, limit: 200 })).rows.map(({ id }) => id);

  describe('by words', () => {
    it('all of them must be there, in title, description or attributes; the last may be a beginning', async () => {
      const wanted = await list({ title: 'Kettle, iron', description: 'From Kanazawa.', metadata: [{ name: 'Finish', value: 'Urushi' }] });
      await list({ title: 'Kettle, copper' });
      expect(await find('kettle iron')).toEqual([wanted]);
      expect(await find('iron kett')).toEqual([wanted]);
      expect(await find('kanazawa KETTLE urushi')).toEqual([wanted]);
      expect(await find('finish kettle')).toEqual([wanted]);
      expect(await find('kett iron')).toEqual([]); // a beginning in the middle is a word of its own
      expect(await find('ettle')).toEqual([]);
      expect(await find('name value kettle')).toEqual([]); // how attributes are kept is nothing to find them by
    });

    it('neither case nor accents matter, and signs separate words', async () => {
      const id = await list({ title: 'Ash-glazed Ångström jar, Évora' });
      for (const q of ['angstrom evora', 'ÅNGSTRÖM', 'glazed angstrom', 'ash-glazed ång', '“Ångström”', 'jar, evora!'])
        expect(await find(q), q).toEqual([id]);
      expect(await find('glazed-ash angstrom')).toEqual([]); // joined words are looked for in their order
    });

    it('other scripts are words too', async () => {
      const id = await list({ title: '陶器 茶碗', description: 'مزهرية زرقاء · Ваза синяя' });
      for (const q of ['茶碗', '陶', 'زرقاء', 'ваза', 'СИНЯЯ']) expect(await find(q), q).toContain(id);
    });

    it('letters without their strokes and full case folding are one with plain ones', async () => {
      const id = await list({ title: 'Teller STRASSE Łódź', description: 'Đorđe Sørensen, Ægir Þórsson, Iğdır ὉΔΌΣ' });
      for (const q of ['straße', 'Strasse', 'straẞe', 'lodz', 'ŁÓDŹ', 'dorde sorensen', 'ÆGIR thorsson', 'aegir', 'IGDIR', 'iğdır', 'οδος'])
        expect(await find(q), q).toEqual([id]);
    });

    it('marks of any script are ignored, in the search and in the text', async () => {
      const [bare, marked] = [await list({ title: 'محمد السجاد' }), await list({ title: 'مُحَمَّد السَّجّاد' })];
      for (const q of ['محمد', 'مُحَمَّد', 'السجاد', 'السجّاد', 'مـحـمـد'])
        expect(
          (await find(q)).toSorted((a, b) => a - b),
          q,
        ).toEqual([bare, marked]);
      const hebrew = await list({ title: 'שָׁלוֹם' });
      for (const q of ['שלום', 'שָׁלוֹם']) expect(await find(q), q).toEqual([hebrew]);
    });

    it('scripts without spaces are found inside a run, in their order', async () => {
      const run = await list({ title: '手作り京焼抹茶碗', description: 'ถ้วยชามเบญจรงค์' });
      for (const q of ['抹茶碗', '茶碗', '京焼', '焼', '手作', 'เบญจ', 'ชาม', '京焼 碗']) expect(await find(q), q).toContain(run);
      for (const q of ['碗茶', '京碗', 'ชามถ้วย']) expect(await find(q), q).not.toContain(run);
      const mixed = await list({ title: 'iPhone15手機殼' });
      for (const q of ['手機', 'iphone15', '殼', 'iphone15手機']) expect(await find(q), q).toEqual([mixed]);
    });

    it('who has them in the title comes before who has them in the description', async () => {
      const below = await list({ title: 'A thing', description: 'Goes with a samovar.' });
      const above = await list({ title: 'Samovar', description: 'A thing.' });
      const newer = await list({ title: 'Another thing', description: 'Goes with a samovar.' });
      const found = await find('samovar');
      expect(found[0]).toBe(above);
      expect(new Set(found.slice(1))).toEqual(new Set([below, newer]));
    });
  });

  describe('what is found is what is for sale now', () => {
    const own = (id: number) => ({ id, sellerId: sellers[0]! });
    it('follows edits and moves', async () => {
      const id = await list({ title: 'Zoetrope' }, { status: 'draft' });
      expect(await find('zoetrope')).toEqual([]);
      await repos.listings.transition(id, { sellerId: sellers[0]!, from: 'draft', to: 'active' }, at());
      expect(await find('zoetrope')).toEqual([id]);
      await repos.listings.edit({ ...own(id), version: 2 }, { title: 'Praxinoscope', category: 'other/toys' }, at());
      expect([await find('zoetrope'), await find('praxinoscope'), await find('praxinoscope', { category: 'ceramics' })]).toEqual([
        [],
        [id],
        [],
      ]);
      await repos.listings.edit({ ...own(id), version: 3 }, { metadata: [{ name: 'Era', value: 'Victorian' }] }, at());
      expect(await find('victorian praxinoscope', { category: 'other' })).toEqual([id]);
      await repos.listings.transition(id, { sellerId: sellers[0]!, from: 'active', to: 'paused' }, at());
      expect(await find('praxinoscope')).toEqual([]);
    });

    it('a transaction that is rolled back leaves nothing to find, and loses nothing', async () => {
      const id = await list({ title: 'Orrery' });
      await expect(
        db.database.transaction(async (tx) => {
          await createRepositories(tx).listings.create({ sellerId: sellers[0]!, status: 'active', ...BOWL, title: 'Orrery too' }, at());
          await createRepositories(tx).listings.edit({ ...own(id), version: 1 }, { title: 'Astrolabe' }, at());
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect([await find('orrery'), await find('astrolabe')]).toEqual([[id], []]);
    });

    it('what was written past the product is found once its words are folded', async () => {
      const made = {
        sellerId: sellers[0]!,
        title: 'Ticking métronome',
        priceE8: 5n * E8,
        currency: 'EUR',
        category: 'other',
        status: 'active',
        publishedAt: at(),
      };
      await db.database.prisma.sellerListing.createMany({ data: [made, { ...made, title: 'Second metronome' }] });
      const texts = await repos.listingSearch.unfolded(100);
      expect(texts.length).toBe(2);
      await repos.listingSearch.fold(texts);
      expect(await find('metronome')).toHaveLength(2);
      expect(await repos.listingSearch.unfolded(100)).toEqual([]);
    });
  });

  it.runIf(engine === 'sqlite')('a text that an earlier release changes is found, and folded again', async () => {
    const id = await list({ title: 'Barometer' });
    await db.database.prisma.sellerListing.update({ where: { id }, data: { title: 'Hygrométer' } });
    expect([await find('barometer'), await find('hygrometer')]).toEqual([[], []]);
    const texts = await repos.listingSearch.unfolded(100);
    expect(texts.map((text) => text.title)).toEqual(['Hygrométer']);
    await repos.listingSearch.fold(texts);
    expect([await find('barometer'), await find('hygrometer'), await repos.listingSearch.unfolded(100)]).toEqual([[], [id], []]);
  });

  it('a category has what is below it, and nothing that only begins the same', async () => {
    await db.database.prisma.category.createMany({ data: [{ path: 'lamps-for-ships', name: 'Lamps for ships', position: 90 }] });
    const [top, leaf, other] = [
      await list({ title: 'Lantern a', category: 'lamps' }),
      await list({ title: 'Lantern b', category: 'lamps/desk-lamps' }),
      await list({ title: 'Lantern c', category: 'lamps-for-ships' }),
    ];
    expect(await find('lantern', { category: 'lamps' }, 'newest')).toEqual([leaf, top]);
    expect(await find('lantern', { category: 'lamps/desk-lamps' })).toEqual([leaf]);
    expect(await find('lantern', { category: 'lamps-for-ships' })).toEqual([other]);
    expect(await find('', { category: 'lamps' })).toEqual([leaf, top]);
    const { categories: counts, total } = await repos.listingSearch.countIn(
      filter('lantern'),
      ['lamps', 'lamps/desk-lamps', 'lamps-for-ships', 'watches'],
      MAX,
    );
    expect([...counts].map(([path, { count, more }]) => [path, count, more])).toEqual([
      ['lamps', 2, false],
      ['lamps/desk-lamps', 1, false],
      ['lamps-for-ships', 1, false],
      ['watches', 0, false],
    ]);
    expect(total).toEqual({ count: 3, more: false });
    const priced = await repos.listingSearch.countIn(filter('lantern', { currency: 'EUR', priceMinE8: E8 }), ['lamps'], 2);
    expect([priced.total, priced.categories.get('lamps')]).toEqual([
      { count: 2, more: true },
      { count: 2, more: false },
    ]);
  });

  it('prices are exact, within one currency, and limits belong to the range', async () => {
    const prices = [1n, 999_999_999_999_999_998n, 999_999_999_999_999_999n, 5n * E8];
    const ids = [];
    for (const priceE8 of prices) ids.push(await list({ title: 'Astrolabium', currency: 'ETH', priceE8 }));
    const euros = await list({ title: 'Astrolabium', currency: 'EUR', priceE8: 5n * E8, escrowEnabled: true }, { seller: 1 });
    const [least, below, most, middle] = ids as [number, number, number, number];
    const eth = { currency: 'ETH' };
    expect(await find('astrolabium', eth, 'price-asc')).toEqual([least, middle, below, most]);
    expect(await find('astrolabium', eth, 'price-desc')).toEqual([most, below, middle, least]);
    expect(await find('astrolabium', { ...eth, priceMinE8: prices[2]! })).toEqual([most]);
    expect(await find('astrolabium', { ...eth, priceMinE8: 2n, priceMaxE8: prices[1]! }, 'price-asc')).toEqual([middle, below]);
    expect(await find('', { ...eth, priceMinE8: 2n, priceMaxE8: prices[1]! }, 'price-asc')).toEqual([middle, below]);
    expect(await find('astrolabium', { escrow: true })).toEqual([euros]);
    expect(await find('astrolabium', { sellerId: sellers[1]! })).toEqual([euros]);
    expect(await find('', { sellerId: sellers[1]! })).toEqual([euros]);
    expect(await repos.listingSearch.count(filter('astrolabium', { ...eth, priceMinE8: 2n }), MAX)).toEqual({ count: 3, more: false });
    expect(await repos.listingSearch.count(filter('astrolabium'), 4)).toEqual({ count: 4, more: true });
    expect(await repos.listingSearch.count(filter('astrolabium'), 5)).toEqual({ count: 5, more: false });
  });

  it('pages go on where the one before ended, also among equals', async () => {
    for (let i = 0; i < 23; i++)
      await list({ title: `Domino ${i}`, priceE8: BigInt(1 + (i % 3)) * E8, currency: 'CHF', category: 'other/toys' });
    const cases: [string, ListingSearchSort][] = [
      ['domino', 'relevance'],
      ['domino', 'newest'],
      ['domino', 'price-asc'],
      ['domino', 'price-desc'],
      ['', 'newest'],
      ['', 'price-asc'],
      ['', 'price-desc'],
    ];
    for (const [q, sort] of cases) {
      const query = { ...filter(q, { currency: 'CHF', category: 'other/toys' }), sort };
      const all = (await repos.listingSearch.find({ ...query, limit: 100 })).rows;
      expect(all, sort).toHaveLength(23);
      const walked: ListingKeys[] = [];
      for (let after: ListingKeys | undefined; ; after = walked.at(-1)) {
        const { rows } = await repos.listingSearch.find({ ...query, limit: 4, ...(after ? { after } : {}) });
        walked.push(...rows);
        if (rows.length < 4) break;
      }
      expect(walked, `${q} ${sort}`).toEqual(all);
    }
  });

  it('any text is an ordinary search, and a title finds its listing', { timeout: 120_000 }, async () => {
    const hostile = [
      '"',
      '""',
      "'",
      '*',
      'a*',
      '-',
      'NEAR(a b)',
      'a AND',
      'OR',
      'NOT x',
      'Title:a',
      '{Tags}:kclamps',
      '^a',
      '%',
      '_',
      '[a]',
      '|',
      'a|b',
      '\u0000',
      'x"y',
      '\\',
      'k:1',
      '( (',
      '+',
      '\u202E',
      "'; DROP TABLE SellerListings; --",
    ];
    const typed = fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    const before = await repos.listingSearch.count(filter(''), MAX);
    await fc.assert(
      fc.asyncProperty(typed, fc.constantFrom<ListingSearchSort>('relevance', 'newest'), async (q, sort) => {
        const query = filter(q);
        await repos.listingSearch.find({ ...query, sort: query.terms.length === 0 ? 'newest' : sort, limit: 5 });
        await repos.listingSearch.count(query, 10);
      }),
      { numRuns: engine === 'sqlite' ? 300 : 60 },
    );
    // Tags narrow a search; typing one finds nothing.
    for (const q of ['ke0', 'kueur', 'kclampsxs', `ks${sellers[0]}`]) expect(await find(q), q).toEqual([]);
    expect(await repos.listingSearch.count(filter(''), MAX)).toEqual(before);
    const words = fc.array(fc.stringMatching(/^[a-zA-ZäöüßéñçŁ0-9]{2,12}$/), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(words, fc.constantFrom(' ', '-', ', ', ' · '), async (parts, between) => {
        const id = await list({ title: parts.join(between) });
        expect(await find(parts.join(' '))).toContain(id);
      }),
      { numRuns: 25 },
    );
  });

  it.runIf(engine === 'sqlite')('the index of words is what the listings say, after all of this', () => {
    const file = new BetterSqlite3(db.url.slice('file:'.length));
    try {
      file.exec("INSERT INTO ListingSearch (ListingSearch, rank) VALUES ('integrity-check', 1)");
      file.exec("UPDATE SellerListings SET Title = 'Renamed in bulk', EscrowEnabled = 1 WHERE Id % 2 = 0");
      file.exec('DELETE FROM ListingEvents; DELETE FROM SellerListings WHERE Id % 3 = 0');
      file.exec("UPDATE SellerListings SET Status = 'sold' WHERE Id % 5 = 0");
      file.exec("INSERT INTO ListingSearch (ListingSearch, rank) VALUES ('integrity-check', 1)");
      const [{ n }] = file.prepare("SELECT COUNT(*) AS n FROM ListingSearch WHERE ListingSearch MATCH 'ke1'").all() as [{ n: number }];
      expect(n).toBe(
        (file.prepare("SELECT COUNT(*) AS n FROM SellerListings WHERE Status = 'active' AND EscrowEnabled = 1").get() as { n: number }).n,
      );
      // It is compared, not only looked at: an index that misses a listing is found out.
      file.exec(
        "DROP TRIGGER TR_SellerListings_Search_After; UPDATE SellerListings SET Title = 'Missed' WHERE Id = (SELECT MAX(Id) FROM ListingTexts)",
      );
      expect(() => file.exec("INSERT INTO ListingSearch (ListingSearch, rank) VALUES ('integrity-check', 1)")).toThrow(
        /malformed|corrupt/i,
      );
    } finally {
      file.close();
    }
  });
});
