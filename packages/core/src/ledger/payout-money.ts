import type { Tx } from '../kernel/context.ts';
import { lockFunds, post } from './post.ts';
import { payoutLines, payoutReturnedLines, payoutSettledLines, writeOffLines } from './postings.ts';

/** A payout as the ledger needs it. */
export interface PayoutMoney {
  /** Names the payout in causes: "payout:5". */
  cause: string;
  sellerId: number;
  currency: string;
  amountMinor: bigint;
  isTest?: boolean;
}

/** Takes a payout from its seller's balance. @throws RangeError where the balance does not reach */
export async function postPayout(tx: Tx, { cause, sellerId, currency, amountMinor, isTest }: PayoutMoney): Promise<void> {
  if (await tx.repos.ledger.isPosted(cause)) return;
  const funds = await lockFunds(tx, sellerId, currency);
  await post(tx, { cause, kind: 'payout', currency, isTest: isTest ?? false, lines: payoutLines(sellerId, amountMinor, funds) });
}

/** The bank has a payout. */
export async function postPayoutSettled(tx: Tx, { cause, sellerId, currency, amountMinor, isTest }: PayoutMoney): Promise<void> {
  const lines = payoutSettledLines(sellerId, amountMinor);
  await post(tx, { cause: `${cause}:settled`, kind: 'payout-settled', currency, isTest: isTest ?? false, lines });
}

/** A payout failed or came back from the bank: the seller has it again, once. */
export async function postPayoutReturned(tx: Tx, { cause, sellerId, currency, amountMinor, isTest }: PayoutMoney): Promise<void> {
  const settled = await tx.repos.ledger.isPosted(`${cause}:settled`);
  const funds = await lockFunds(tx, sellerId, currency);
  const lines = payoutReturnedLines(sellerId, amountMinor, settled, funds);
  await post(tx, { cause: `${cause}:returned`, kind: 'payout-returned', currency, isTest: isTest ?? false, lines });
}

/** Gives up an amount that a seller owes. @throws RangeError where it is more than that */
export async function postWriteOff(tx: Tx, { cause, sellerId, currency, amountMinor }: PayoutMoney): Promise<void> {
  if (await tx.repos.ledger.isPosted(cause)) return;
  const funds = await lockFunds(tx, sellerId, currency);
  await post(tx, { cause, kind: 'write-off', currency, lines: writeOffLines(sellerId, amountMinor, funds) });
}
