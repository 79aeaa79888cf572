import type { ChargebackStatus } from '@assay/contract';
import type { ProviderDispute } from '../payments/provider-records.ts';
import type { ChargebackRow } from './ports.ts';

/** A dispute never goes back: a later state has a greater number. Banks give money back years after a loss, so that a win is the last. */
const RANKS: Record<ChargebackStatus, number> = { inquiry: 0, open: 1, closed: 2, lost: 3, won: 4 };

/** States in which the bank does nothing more. */
const ENDED: ReadonlySet<ChargebackStatus> = new Set(['won', 'lost', 'closed']);
export const hasEnded = (status: ChargebackStatus): boolean => ENDED.has(status);

/** How far a chargeback is. */
export type Progress = Pick<ChargebackRow, 'status' | 'steps' | 'feeE8' | 'feeCurrency' | 'evidenceDueAt'> & {
  isWithdrawn: boolean;
  isReinstated: boolean;
};

/** Before anything is known of it. */
export const NOTHING_KNOWN: Progress = {
  status: 'inquiry',
  steps: 0,
  feeE8: 0n,
  feeCurrency: null,
  evidenceDueAt: null,
  isWithdrawn: false,
  isReinstated: false,
};

export const progressOf = (row: ChargebackRow): Progress => ({
  ...row,
  isWithdrawn: row.withdrawnAt !== null,
  isReinstated: row.reinstatedAt !== null,
});

/** What is known after the provider was asked. An answer that was overtaken by a newer one lowers nothing. @param feeE8 this order's share */
export function advance(before: Progress, dispute: ProviderDispute, feeE8: bigint): Progress {
  const isNewer = dispute.steps >= before.steps;
  const moves = RANKS[dispute.status] > RANKS[before.status];
  return {
    status: moves ? dispute.status : before.status,
    steps: isNewer ? dispute.steps : before.steps,
    feeE8: isNewer ? feeE8 : before.feeE8,
    feeCurrency: isNewer ? (dispute.fee?.currency ?? before.feeCurrency) : before.feeCurrency,
    evidenceDueAt: isNewer || moves ? dispute.evidenceDueAt : before.evidenceDueAt,
    isWithdrawn: before.isWithdrawn || dispute.isWithdrawn,
    isReinstated: before.isReinstated || dispute.isReinstated,
  };
}
