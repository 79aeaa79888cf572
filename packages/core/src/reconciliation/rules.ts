import { formatPriceE8, type ReconciliationCheck } from '@assay/contract';

/** A payment, refund or chargeback as one side has it. */
export interface Side {
  amountE8: bigint;
  currency: string;
  /** In words that both sides use. */
  state: string;
}

const NOTHING = 'nothing';

export const sideText = (side: Side | null): string =>
  side ? `${formatPriceE8(side.amountE8, side.currency)} ${side.currency}, ${side.state}` : NOTHING;

/** How both sides differ; null where they do not. */
export function checkSides(here: Side | null, there: Side | null): ReconciliationCheck | null {
  if (!here || !there) return here === there ? null : here ? 'missing-there' : 'missing-here';
  if (here.currency !== there.currency) return 'other-currency';
  if (here.amountE8 !== there.amountE8) return 'other-amount';
  return here.state === there.state ? null : 'other-state';
}
