import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { sharesOf, type LedgerAccount } from '@assay/contract';
import { fundsOfOrder, fundsOfSeller, type PostingLine, type SellerFunds } from '@assay/core';
import * as postings from '@assay/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const SELLER = 7;
const FEES = { commission: 500n, vat: 100n };
const NOTHING: SellerFunds = { balance: 0n, debt: 0n };

/** A ledger in memory: one seller, one order of 100.00. */
class Book {
  readonly sums = new Map<LedgerAccount, bigint>();
  readonly order = new Map<LedgerAccount, bigint>();

  post(lines: PostingLine[], ofOrder = true): PostingLine[] {
    for (const { account, amountMinor } of lines)
      for (const sums of ofOrder ? [this.sums, this.order] : [this.sums]) sums.set(account, (sums.get(account) ?? 0n) + amountMinor);
    return lines;
  }
  funds = () => fundsOfSeller(this.sums);
  money = () => fundsOfOrder(this.order, 10_000n);
}

/** Each event of the documents, after those that it needs. */
const EXAMPLES: [what: string, make: (book: Book) => PostingLine[]][] = [
  ['The payment is captured', (book) => pay(book)],
  ['The order is completed, or its payment released by time', (book) => (pay(book), release(book))],
  ['20.00 are refunded before that', (book) => (pay(book), refund(book, 2000n))],
  ['20.00 are refunded afterwards', (book) => (pay(book), release(book), refund(book, 2000n))],
  ['20.00 are refunded after the payout of the balance', (book) => (pay(book), release(book), payout(book, 9400n), refund(book, 2000n))],
  ['The provider confirms that refund', () => postings.refundSettledLines(SELLER, 2000n)],
  ['The provider refuses it', (book) => (pay(book), release(book), postings.refundFailedLines(SELLER, refund(book, 2000n), book.funds()))],
  ['A dispute is opened after the release', (book) => (pay(book), release(book), holdAgain(book))],
  [
    'It is closed: the seller has that again, before a refund like those above',
    (book) => (pay(book), release(book), holdAgain(book), postings.heldAgainReturnedLines(SELLER, 9400n, book.funds())),
  ],
  ['The buyer’s bank takes 100.00 back before the order is completed', (book) => (pay(book), chargeback(book, 10_000n))],
  ['The bank takes it back afterwards', (book) => (pay(book), release(book), chargeback(book, 10_000n))],
  [
    'The bank takes it back after the payout of the balance',
    (book) => (pay(book), release(book), payout(book, 9400n), chargeback(book, 10_000n)),
  ],
  [
    'The bank decides for the seller, and gives that back',
    (book) => (pay(book), release(book), postings.refundFailedLines(SELLER, chargeback(book, 10_000n), book.funds())),
  ],
  ['The provider charges 20.00 for the chargeback', () => postings.chargebackFeeLines(SELLER, 2000n, null)],
  ['The same where the seller bears it', (book) => (pay(book), release(book), postings.chargebackFeeLines(SELLER, 2000n, book.funds()))],
  ['94.00 are paid out', (book) => (pay(book), release(book), payout(book, 9400n))],
  ['The bank has the payout', () => postings.payoutSettledLines(SELLER, 9400n)],
  ['The bank refuses the payout', () => postings.payoutReturnedLines(SELLER, 9400n, false, NOTHING)],
  ['The bank returns it later', () => postings.payoutReturnedLines(SELLER, 9400n, true, NOTHING)],
  [
    'The next order of 100.00 is completed while the seller owes 18.80',
    () =>
      postings.releaseLines(SELLER, { captured: 10_000n, held: 10_000n, seller: 0n, commission: 0n, vat: 0n }, FEES, {
        balance: 0n,
        debt: 1880n,
      }),
  ],
  ['The marketplace writes off the 18.80', () => postings.writeOffLines(SELLER, 1880n, { balance: 0n, debt: 1880n })],
];

const pay = (book: Book) => book.post(postings.paymentLines(SELLER, 10_000n));
const release = (book: Book) => book.post(postings.releaseLines(SELLER, book.money(), FEES, book.funds()));
const refund = (book: Book, amount: bigint) => book.post(postings.refundLines(SELLER, amount, book.money(), FEES, book.funds()));
const holdAgain = (book: Book) => book.post(postings.holdAgainLines(SELLER, book.money(), book.funds()));
const chargeback = (book: Book, amount: bigint) => book.post(postings.chargebackLines(SELLER, amount, book.money(), FEES, book.funds()));
const payout = (book: Book, amount: bigint) => book.post(postings.payoutLines(SELLER, amount, book.funds()), false);

const shown = (minor: bigint) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
const side = (lines: PostingLine[], sign: 1n | -1n) =>
  lines
    .filter(({ amountMinor }) => amountMinor * sign > 0n)
    .map(({ account, amountMinor }) => `${account} ${shown(amountMinor * sign)}`)
    .join(', ');

const DOCUMENT = path.join(ROOT, 'docs', 'money.md');
const TABLE = /\| Event \| Debit \| Credit \|\n[\s\S]*?\n\n/;

describe('postings', () => {
  it('are those of docs/money.md', () => {
    const rows = EXAMPLES.map(([what, make]) => {
      const lines = make(new Book());
      return `| ${what} | ${side(lines, 1n)} | ${side(lines, -1n)} |`;
    });
    const table = ['| Event | Debit | Credit |', '|---|---|---|', ...rows, '', ''].join('\n');
    expect(TABLE.exec(readFileSync(DOCUMENT, 'utf8'))?.[0]).toBe(table);
  });

  it.each(EXAMPLES)('%s: sums to zero and has no empty line', (_what, make) => {
    const lines = make(new Book());
    expect(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(0n);
    expect(lines.filter(({ amountMinor }) => amountMinor === 0n)).toEqual([]);
  });

  const amount = fc.bigInt({ min: 1n, max: 1_000_000n });
  it('of refunds in parts give back commission and VAT to the cent, before and after the release', () => {
    const fees = fc.record({ commission: fc.bigInt({ min: 0n, max: 2000n }), vat: fc.bigInt({ min: 0n, max: 500n }) });
    fc.assert(
      fc.property(amount, fees, fc.array(fc.nat(100), { minLength: 1, maxLength: 6 }), fc.nat(6), (total, fee, weights, releasedAfter) => {
        const sums = new Map<LedgerAccount, bigint>();
        const post = (lines: PostingLine[]) => {
          expect(lines.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(0n);
          for (const line of lines) sums.set(line.account, (sums.get(line.account) ?? 0n) + line.amountMinor);
        };
        const money = () => fundsOfOrder(sums, total);
        post(postings.paymentLines(SELLER, total));
        sharesOf(
          total,
          weights.map((weight) => BigInt(weight) + 1n),
        ).forEach((part, i) => {
          if (i === releasedAfter && money().held > 0n) post(postings.releaseLines(SELLER, money(), fee, fundsOfSeller(sums)));
          if (part > 0n) post(postings.refundLines(SELLER, part, money(), fee, fundsOfSeller(sums)));
          const { balance, debt } = fundsOfSeller(sums);
          expect([balance >= 0n, debt >= 0n, balance === 0n || debt === 0n]).toEqual([true, true, true]);
        });
        // Everything went back: to the buyer alone.
        const left = [...sums].filter(([, value]) => value !== 0n);
        expect(Object.fromEntries(left)).toEqual({ clearing: total, refunds: -total });
      }),
    );
  });

  it('refuse a refund beyond its order, a payout beyond the balance and a write-off beyond the debt', () => {
    const book = new Book();
    pay(book);
    expect(() => refund(book, 10_001n)).toThrow(RangeError);
    release(book);
    expect(() => refund(book, 10_001n)).toThrow(RangeError);
    expect(() => payout(book, 9401n)).toThrow(RangeError);
    expect(() => postings.writeOffLines(SELLER, 1n, NOTHING)).toThrow(RangeError);
  });

  it('take no more commission and VAT than the order has', () => {
    const lines = postings.releaseLines(SELLER, { ...new Book().money(), held: 300n, captured: 300n }, FEES, NOTHING);
    expect(lines).toEqual([
      { account: 'held', sellerId: SELLER, amountMinor: 300n },
      { account: 'commission', sellerId: SELLER, amountMinor: -300n },
    ]);
  });
});
