import { postPayout } from '../ledger/payout-money.ts';
import { post } from '../ledger/post.ts';
import type { Tx } from '../kernel/context.ts';
import { addCall } from './payout-calls.ts';
import { destinationOf, judgeMoney, payoutFactsOf, type SellerPayoutFacts } from './payout-state.ts';
import type { PayoutParts } from './rules.ts';
import { moneyOf, pendingAfter } from './seller-money.ts';

/** The postings of a seller do not add up to the balance: no payout is made of it. */
export class PayoutMismatch extends Error {
  override readonly name = 'PayoutMismatch';
}

/** Names a payout in the causes of the ledger. */
export const payoutCause = (id: number): string => `payout:${id}`;

/** An end-to-end id: letters and digits, which every bank gives back as they are. */
const newReference = (): string => `AP${crypto.randomUUID().replaceAll('-', '').slice(0, 24).toUpperCase()}`;

/** Makes the payouts of a seller, one for each currency that can be paid out. Returns how many. @throws PayoutMismatch */
export async function makePayouts(tx: Tx, sellerId: number): Promise<number> {
  const facts = await payoutFactsOf(tx, sellerId);
  let made = 0;
  for (const { currency } of await tx.repos.payouts.moneyOf(sellerId)) if (await makePayout(tx, sellerId, currency, facts)) made++;
  return made;
}

/**
 * Makes the payout of a seller in a currency, if there is one to make. The balance is locked before it is read: the payout row, its
 * lines and its posting are one change, and the amount is what its lines add up to. What is pending is left to a later payout.
 */
async function makePayout(tx: Tx, sellerId: number, currency: string, facts: SellerPayoutFacts): Promise<boolean> {
  const { payouts, ledger } = tx.repos;
  await ledger.lock(sellerId, currency);
  const money = (await moneyOf(tx, sellerId, tx.at)).find((each) => each.currency === currency);
  const judgement = money && judgeMoney(tx, facts, money);
  const destination = destinationOf(facts, currency);
  if (!judgement?.pay || !destination) return false;
  const { method, parts } = judgement;
  const payout = { sellerId, currency, amountMinor: parts.amount };
  const { masked } = destination;
  const id = await payouts.create({ ...payout, method, reference: newReference(), masked }, tx.at);
  await postReserve(tx, id, payout, parts);
  const isTest = await claimLines(tx, id, payout);
  await postPayout(tx, { cause: payoutCause(id), ...payout, isTest });
  const { account } = facts;
  // Test money never reaches a provider: that payout is made by hand.
  if (method === 'stripe' && !isTest && account?.reference)
    await addCall(tx, { id }, 'transfer', { provider: account.provider, account: account.reference });
  await tx.audit('payout.pending', 'payout', id, { sellerId, currency, amountMinor: String(parts.amount), method });
  await tx.publish('payout.changed', { payoutId: id, sellerId, status: 'pending' });
  return true;
}

/** Brings the reserve to its share, and pays off from it what the seller owes. */
async function postReserve(
  tx: Tx,
  payoutId: number,
  { sellerId, currency }: { sellerId: number; currency: string },
  { netted, toReserve }: PayoutParts,
): Promise<void> {
  const lines = [
    { account: 'seller_balance' as const, sellerId, amountMinor: netted + toReserve },
    { account: 'seller_debt' as const, sellerId, amountMinor: -netted },
    { account: 'reserve' as const, sellerId, amountMinor: -toReserve },
  ].filter(({ amountMinor }) => amountMinor !== 0n);
  if (lines.length > 0) await post(tx, { cause: `${payoutCause(payoutId)}:reserve`, kind: 'adjustment', currency, lines });
}

/** @returns whether some of it is money of the test provider. @throws PayoutMismatch */
async function claimLines(tx: Tx, id: number, payout: { sellerId: number; currency: string; amountMinor: bigint }): Promise<boolean> {
  const { payouts } = tx.repos;
  const after = pendingAfter(tx, tx.at);
  let claimed = await payouts.claimLines(id, payout, 'last', after);
  if (claimed.amount !== payout.amountMinor) claimed = await payouts.claimLines(id, payout, 'all', after);
  if (claimed.amount !== payout.amountMinor)
    throw new PayoutMismatch(`The postings add up to ${claimed.amount}, the balance is ${payout.amountMinor}.`);
  if (claimed.isTest) await payouts.markTest(id);
  return claimed.isTest;
}
