import type { ProviderDispute } from '../payments/provider-records.ts';
import { expect, it } from 'vitest';
import { advance, NOTHING_KNOWN } from './rules.ts';

const at = (status: ProviderDispute['status'], steps: number, fee = 0n): ProviderDispute => ({
  payment: null,
  amountE8: 100n,
  currency: 'EUR',
  status,
  reason: 'fraudulent',
  steps,
  isWithdrawn: steps > 0,
  isReinstated: steps > 1,
  fee: steps > 0 ? { amountE8: fee, currency: 'EUR' } : null,
  evidenceDueAt: null,
  openedAt: new Date(0),
});
/** How far the provider was, each time that it was asked. */
const WON = [at('inquiry', 0), at('open', 0), at('open', 1, 20n), at('open', 1, 20n), at('won', 1, 20n), at('won', 2)];
const LOST_THEN_WON = [at('open', 0), at('open', 1, 20n), at('lost', 1, 20n), at('won', 1, 20n), at('won', 2)];
const LOST = [at('inquiry', 0), at('open', 0), at('open', 1, 20n), at('lost', 1, 20n)];
const CLOSED = [at('inquiry', 0), at('inquiry', 0), at('closed', 0)];

function* orders<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (const [i, item] of items.entries()) for (const rest of orders(items.toSpliced(i, 1))) yield [item, ...rest];
}

it.each([
  ['won', WON, { status: 'won', steps: 2, feeE8: 0n, isWithdrawn: true, isReinstated: true }],
  ['lost, then won', LOST_THEN_WON, { status: 'won', steps: 2, feeE8: 0n, isWithdrawn: true, isReinstated: true }],
  ['lost', LOST, { status: 'lost', steps: 1, feeE8: 20n, isWithdrawn: true, isReinstated: false }],
  ['an inquiry', CLOSED, { status: 'closed', steps: 0, feeE8: 0n, isWithdrawn: false, isReinstated: false }],
])('%s: answers in every order, with the last one lost or repeated, end the same', (_name, answers, end) => {
  for (const order of orders(answers)) {
    const known = [...order, order[0]!].reduce((before, dispute) => advance(before, dispute, dispute.fee?.amountE8 ?? 0n), NOTHING_KNOWN);
    expect(known).toMatchObject(end);
  }
});
