import { PAYOUT_STATEMENT_LINES_MAX, type PayoutLineView, type PayoutView } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { operatorParty, sellerParty } from '../invoices/parties.ts';
import type { InvoiceParty } from '../invoices/ports.ts';
import { requireOwnPayout } from './get-payouts.ts';
import { moneyText, toLineView, toPayoutView } from './views.ts';

/** A payout explained to the cent: its lines add up to its sums. */
export interface PayoutStatement {
  payout: PayoutView;
  from: InvoiceParty;
  to: InvoiceParty;
  lines: PayoutLineView[];
  /** Of each column. */
  sums: Pick<PayoutLineView, 'gross' | 'fee' | 'vat' | 'debt' | 'amount'>;
}

/**
 * The statement of a payout of mine.
 * @throws AppError UNAUTHENTICATED, PAYOUT_NOT_FOUND (also another seller's), STATEMENT_TOO_LONG (it has more lines than a document shows:
 *   they are in the CSV)
 */
export async function getPayoutStatement(ctx: Context, { id }: { id: number }): Promise<PayoutStatement> {
  const payout = await requireOwnPayout(ctx, id);
  const rows = await ctx.repos.payouts.lines(payout, 0, PAYOUT_STATEMENT_LINES_MAX + 1);
  if (rows.length > PAYOUT_STATEMENT_LINES_MAX)
    throw new AppError('STATEMENT_TOO_LONG', {
      message: `This payout has more than ${PAYOUT_STATEMENT_LINES_MAX} lines. Download it as CSV.`,
    });
  const { currency } = payout;
  const sum = (of: (row: (typeof rows)[number]) => bigint) =>
    moneyText(
      rows.reduce((total, row) => total + of(row), 0n),
      currency,
    );
  return {
    payout: toPayoutView(payout),
    from: operatorParty(ctx),
    to: await sellerParty(ctx, payout),
    lines: rows.map((row) => toLineView(row, currency)),
    sums: {
      gross: sum(({ amount, commission, vat, debt }) => amount + commission + vat + debt),
      fee: sum(({ commission }) => commission),
      vat: sum(({ vat }) => vat),
      debt: sum(({ debt }) => debt),
      amount: sum(({ amount }) => amount),
    },
  };
}
