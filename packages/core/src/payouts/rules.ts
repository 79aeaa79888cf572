import { isIsoCurrency, PAYOUT_REASONS, proportion, type PayoutMethod, type PayoutReason } from '@assay/contract';

/** Basis points of a whole. */
const WHOLE = 10_000n;

/** Where a seller's money is to go, as far as a payout is judged by it. */
export interface PayoutDestinationState {
  method: 'bank' | 'crypto' | 'stripe';
  /** Of a wallet or an account at the provider; null for a bank account, which takes any currency of ISO 4217. */
  currency: string | null;
  state: 'ready' | 'wallet-gone' | 'unreadable' | 'account-unfinished' | 'account-restricted';
  updatedAt: Date;
}

/** What decides about a payout of one seller in one currency. Amounts are in minor units. */
export interface PayoutState {
  currency: string;
  /** What is free to be paid out. */
  available: bigint;
  /** What was released, and is free to be paid out later. */
  pending: bigint;
  /** What is kept back already. */
  reserved: bigint;
  /** What the seller owes, from refunds after a payout. */
  debt: bigint;
  /** The least amount that is paid out; at least 1. */
  minimum: bigint;
  /** The share of all that is kept back, in basis points. */
  reserveBps: number;
  /** What is paid out is a multiple of this; 1 for most. The rest is kept back until the next payout. */
  unit: bigint;
  isOnHold: boolean;
  /** When a payout was returned; null unless it was. */
  returnedAt: Date | null;
  /** A payment, refund or payout of the seller has an unknown outcome. */
  hasUnresolved: boolean;
  details: PayoutDestinationState | null;
}

/** What a payout would be made of, in minor units. */
export interface PayoutParts {
  /** Pays a debt first. */
  netted: bigint;
  /** Goes into the reserve; below zero where it comes out of it. */
  toReserve: bigint;
  amount: bigint;
}

export type PayoutJudgement =
  | { pay: true; method: PayoutMethod; parts: PayoutParts }
  /** Nothing is due: the seller has no money here, and owes none. */
  | { pay: false; due: false }
  | { pay: false; due: true; reason: PayoutReason; parts: PayoutParts };

/**
 * How the money is divided: a debt is paid first, then the reserve is brought to its share of what is left; what is pending stays, and what
 * the provider cannot count is kept back, too.
 */
export function partsOf({ available, pending, reserved, debt, reserveBps, unit }: PayoutState): PayoutParts {
  const owned = available + pending + reserved;
  const netted = owned <= 0n ? 0n : debt < owned ? debt : owned;
  const left = owned - netted;
  const target = left > 0n ? proportion(left, BigInt(reserveBps), WHOLE) : 0n;
  const whole = left - target;
  const payable = whole > pending ? whole - pending : 0n;
  const free = pending > 0n ? payable : whole;
  const rest = free > 0n ? free % unit : 0n;
  return { netted, toReserve: target + rest - reserved, amount: free - rest };
}

/**
 * How money in that currency reaches that destination: the currency of an account at the provider through it, euros to a bank account by a
 * bank file, other currencies of banks and the currency of a wallet by hand. Null where it cannot: nothing is ever exchanged.
 */
export function methodFor({ method, currency }: Pick<PayoutDestinationState, 'method' | 'currency'>, of: string): PayoutMethod | null {
  if (method === 'crypto') return currency === of ? 'manual' : null;
  if (!isIsoCurrency(of)) return null;
  if (method === 'stripe') return currency === of ? 'stripe' : null;
  return of === 'EUR' ? 'sepa' : 'manual';
}

/** Either what is paid out, or the first reason why not: a seller with money always has one of the two. */
export function judgePayout(state: PayoutState): PayoutJudgement {
  const { available, pending, reserved, debt, details, currency } = state;
  if (available === 0n && pending === 0n && reserved === 0n && debt === 0n) return { pay: false, due: false };
  const parts = partsOf(state);
  const whole = partsOf({ ...state, available: available + pending, pending: 0n }).amount;
  const least = state.minimum > 1n ? state.minimum : 1n;
  const holds: Record<PayoutReason, boolean> = {
    'on-hold': state.isOnHold,
    returned: state.returnedAt !== null && (!details || details.updatedAt <= state.returnedAt),
    unresolved: state.hasUnresolved,
    'negative-balance': debt > parts.netted || whole < 0n || (parts.netted > 0n && whole === 0n),
    'no-details': !details,
    'details-unreadable': details?.state === 'unreadable',
    'wallet-gone': details?.state === 'wallet-gone',
    'account-unfinished': details?.state === 'account-unfinished',
    'account-restricted': details?.state === 'account-restricted',
    'not-payable': details !== null && methodFor(details, currency) === null,
    pending: parts.amount < least && whole >= least,
    'below-minimum': whole < least,
  };
  const reason = PAYOUT_REASONS.find((each) => holds[each]);
  if (reason) return { pay: false, due: true, reason, parts };
  return { pay: true, method: methodFor(details!, currency)!, parts };
}
