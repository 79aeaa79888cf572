import type { OrderView, RatingSummary, RatingView } from '@assay/contract';
import { confirmationLink } from './mail.ts';
import { restClient, type Answer, type RestClient } from '@assay/testing/rest';

/** A person who signed up through the API. */
export interface Account {
  id: number;
  fullName: string;
  email: string;
  password: string;
  token: string;
}
export interface Shop extends Account {
  listingId: number;
  title: string;
}

/** A rating and who gave it. */
export interface Given {
  id: number;
  buyer: Account;
}

const PASSWORD = 'a long enough pass phrase';
let serial = 0;

/** Deals in the market through the REST API, as a programme would; what a test is about it does in the browser. */
export function marketAt(url: string) {
  const rest: RestClient = restClient(url);
  // Workers share the database: names are made unique by process and time.
  const unique = () => `${process.pid}${Date.now().toString(36)}${++serial}`;

  async function expectStatus<T>(status: number, answer: Promise<Answer>): Promise<T> {
    const { status: got, body } = await answer;
    if (got !== status) throw new Error(`Expected ${status}, got ${got}: ${JSON.stringify(body)}`);
    return body as T;
  }

  async function register(name: string, words = name): Promise<Account> {
    const mark = unique();
    const fullName = `${words} ${mark}`;
    const email = `${name.toLowerCase()}-${mark}@example.test`;
    const { token, user } = await expectStatus<{ token: string; user: { id: number } }>(
      201,
      rest.post('/auth/register', { email, password: PASSWORD, fullName }),
    );
    return { id: user.id, fullName, email, password: PASSWORD, token };
  }

  /** An account whose owner has opened the link in the e-mail: it may vote and follow. */
  async function registerProved(name: string, words = name): Promise<Account> {
    const account = await register(name, words);
    const token = (await confirmationLink(account.email)).split('/').at(-1);
    await expectStatus(204, rest.post('/verification/email/confirm', { token }));
    return account;
  }

  async function openShop(name = 'Seller', words?: { name: string; title: string }): Promise<Shop> {
    const account = await register(name, words?.name);
    const title = `${words?.title ?? 'Stoneware jug'} ${unique()}`;
    const listing = await expectStatus<{ id: number }>(
      201,
      rest.post('/listings', { title, price: '12.50', currency: 'EUR', quantity: 50, publish: true }, { token: account.token }),
    );
    return { ...account, listingId: listing.id, title };
  }

  /** An order that went well. Returns its id. */
  async function buy(buyer: Account, shop: Shop): Promise<number> {
    const { id } = await expectStatus<OrderView>(201, rest.post('/orders', { listingId: shop.listingId }, { token: buyer.token }));
    for (const [move, { token }] of [
      ['pay', buyer],
      ['ship', shop],
      ['complete', buyer],
    ] as const) {
      await expectStatus(200, rest.post(`/orders/${id}/${move}`, undefined, { token }));
    }
    return id;
  }

  /** A buyer buys, and rates. */
  async function rateAs(buyer: Account, shop: Shop, rating: number, comment?: string): Promise<Given> {
    await buy(buyer, shop);
    const given = { sellerId: shop.id, rating, ...(comment ? { comment } : {}) };
    const { id } = await expectStatus<RatingView>(201, rest.post('/ratings', given, { token: buyer.token }));
    return { id, buyer };
  }

  /** As many buyers as stars are given, one after the other. */
  async function rate(shop: Shop, stars: number[], comment?: string): Promise<Given[]> {
    const given: Given[] = [];
    for (const rating of stars) given.push(await rateAs(await register('Rater'), shop, rating, comment));
    return given;
  }

  const summary = (sellerId: number) => expectStatus<RatingSummary>(200, rest.get(`/ratings/seller/${sellerId}/summary`));
  return { rest, register, registerProved, openShop, buy, rate, rateAs, summary };
}
export type Market = ReturnType<typeof marketAt>;
