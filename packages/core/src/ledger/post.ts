import type { LedgerKind } from '@assay/contract';
import type { Tx } from '../kernel/context.ts';
import { fundsOfSeller, type SellerFunds } from './postings.ts';
import type { PostingLine } from './ports.ts';

/** What a change posts. */
export interface Entry {
  /** What happened, once: "payment:12". Another entry with it is not posted. */
  cause: string;
  kind: LedgerKind;
  currency: string;
  orderId?: number;
  /** The test provider moved no money. */
  isTest?: boolean;
  /** When it happened; now, where it is not said. */
  at?: Date;
  lines: readonly PostingLine[];
}

/**
 * Posts an entry and moves the balances with it, in the open change. The balances of its sellers are locked first, in the order of
 * their ids: changes that post for several sellers do so in that order, too.
 * @returns false when the cause is posted already: nothing is done then
 * @throws RangeError where the lines do not sum to zero
 * @throws Raced when another change posts the cause at the same time
 */
export async function post(tx: Tx, entry: Entry): Promise<boolean> {
  const { cause, kind, currency, orderId = null, isTest = false, at = tx.at, lines } = entry;
  const { ledger } = tx.repos;
  if (await ledger.isPosted(cause)) return false;
  const sum = lines.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  if (lines.length < 2 || sum !== 0n) throw new RangeError(`The lines of ${cause} sum to ${sum}, not to zero.`);
  for (const sellerId of sellersOf(lines)) await ledger.lock(sellerId, currency);
  await ledger.add({ cause, kind, currency, orderId, isTest, at, lines });
  await ledger.shiftBalances(currency, lines);
  return true;
}

const sellersOf = (lines: readonly PostingLine[]): (number | null)[] =>
  [...new Set(lines.map(({ sellerId }) => sellerId))].toSorted((a, b) => (a ?? 0) - (b ?? 0));

/** What a seller has and owes in a currency, locked until the change ends: postings that depend on it are right. */
export async function lockFunds({ repos }: Tx, sellerId: number, currency: string): Promise<SellerFunds> {
  await repos.ledger.lock(sellerId, currency);
  return fundsOfSeller(await repos.ledger.balances(sellerId, currency));
}
