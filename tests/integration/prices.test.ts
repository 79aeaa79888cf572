import { isIsoCurrency } from '@assay/contract';
import { Prisma } from '@assay/database';
import { cookieHeader, cookiesOf, onEachEngine, restClient, spawnApi, spawnWeb, useDatabase, useProcess } from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';

/** What is typed, what is stored, what the API says, what the page shows. */
const PRICES = [
  { currency: 'BTC', typed: '0.00000001', e8: '1', api: '0.00000001', shown: '₿\u00a00.00000001' },
  {
    currency: 'ETH',
    typed: '9999999999.99999999',
    e8: '999999999999999999',
    api: '9999999999.99999999',
    shown: 'Ξ\u00a09,999,999,999.99999999',
  },
  { currency: 'EUR', typed: '1234.50', e8: '123450000000', api: '1234.50', shown: '€\u00a01,234.50' },
  { currency: 'EUR', typed: ' 0.1 ', e8: '10000000', api: '0.10', shown: '€\u00a00.10' },
  { currency: 'USD', typed: '9007199254.99', e8: '900719925499000000', api: '9007199254.99', shown: '$\u00a09,007,199,254.99' },
  { currency: 'JPY', typed: '123456', e8: '12345600000000', api: '123456', shown: '¥\u00a0123,456' },
  { currency: 'USDC', typed: '0.123456', e8: '12345600', api: '0.123456', shown: 'USDC\u00a00.123456' },
] as const;

onEachEngine('a price', (engine) => {
  const db = useDatabase(engine);
  const api = useProcess(() => spawnApi(db.url));
  beforeAll(buildWeb);
  const web = useProcess(() => spawnWeb(api.url));
  let cookie: string;

  beforeAll(async () => {
    const answer = await restClient(web.url).post('/auth/register', {
      email: `prices-${engine}@example.test`,
      password: 'a long enough pass phrase',
      fullName: 'Price Keeper',
    });
    cookie = cookieHeader(cookiesOf(answer));
  });

  const post = (path: string, fields: Record<string, string>) =>
    fetch(web.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, accept: 'text/html', origin: web.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  const page = async (path: string) => (await fetch(web.url + path, { headers: { cookie } })).text();

  it.each(PRICES)(
    'of $typed $currency is that from the form to the database, the page and the API, and back in the form',
    async (price) => {
      const { currency, typed, e8, api: answered, shown } = price;
      const saved = await post('/seller/listings/create?/save', {
        title: 'Exact',
        price: typed,
        currency,
        category: 'other',
        intent: 'publish',
      });
      expect(saved.status).toBe(303);
      const id = Number(/listings\/(\d+)/.exec(saved.headers.get('location')!)![1]);

      const asText = engine === 'sqlite' ? Prisma.sql`CAST(l.PriceE8 AS TEXT)` : Prisma.sql`CAST(l.PriceE8 AS VARCHAR(20))`;
      const [row] = await db.database.read<{ e8: string }>(Prisma.sql`SELECT ${asText} AS e8 FROM SellerListings l WHERE l.Id = ${id}`);
      expect(row!.e8).toBe(e8);
      if (engine === 'sqlserver') {
        const [decimal] = await db.database.read<{ price: string }>(
          Prisma.sql`SELECT CAST(l.Price AS VARCHAR(30)) AS price FROM SellerListings l WHERE l.Id = ${id}`,
        );
        const [whole, fraction = ''] = answered.split('.');
        expect(decimal!.price).toBe(`${whole}.${fraction.padEnd(8, '0')}`);
      }
      expect((await restClient(api.url).get(`/listings/${id}`)).body).toMatchObject({ price: answered, currency });
      const html = await page(`/listings/${id}`);
      expect(html).toContain(`>${shown}</p>`);
      // Structured data may only name currencies of ISO 4217: a price in a token is in none of it.
      expect(html.includes(`"price":"${answered}"`)).toBe(isIsoCurrency(currency));
      expect(html.includes('"priceCurrency"')).toBe(isIsoCurrency(currency));
      expect(await page('/seller/dashboard')).toContain(shown);

      // The form gives back what it was given: saving it changes nothing.
      const form = await page(`/seller/listings/${id}/edit`);
      const field = /<input[^>]*name="price"[^>]*>/.exec(form)![0];
      expect(/value="([^"]*)"/.exec(field)![1]).toBe(answered);
      await post(`/seller/listings/${id}/edit?/save`, {
        version: '1',
        title: 'Exact',
        price: answered,
        currency,
        category: 'other',
        intent: 'save',
      });
      const [again] = await db.database.read<{ e8: string }>(Prisma.sql`SELECT ${asText} AS e8 FROM SellerListings l WHERE l.Id = ${id}`);
      expect(again!.e8).toBe(e8);
    },
  );
});
