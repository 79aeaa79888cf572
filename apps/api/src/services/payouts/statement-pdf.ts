import { payoutLineLabel, PAYOUT_STATUS_LABELS } from '@assay/contract';
import type { PayoutStatement } from '@assay/core';
import type { PdfColumn, PdfContent } from '../pdf/content.ts';
import { DAY, partyLines } from '../pdf/texts.ts';

const COLUMNS: readonly PdfColumn[] = [
  { label: 'What', share: 0.28 },
  { label: 'Date', share: 0.16 },
  { label: 'Buyer', share: 0.14, align: 'right' },
  { label: 'Fee', share: 0.12, align: 'right' },
  { label: 'VAT on fee', share: 0.13, align: 'right' },
  { label: 'Yours', share: 0.17, align: 'right' },
];

/** In a table, where there is less room: "29 Nov 2026". */
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const dayOf = (timestamp: string): string => DAY.format(new Date(timestamp));

/** What the PDF of a payout shows. Amounts of its table are in the currency of the payout. */
export function statementContent({ payout, from, to, lines, sums }: PayoutStatement): PdfContent {
  const { id, amount, currency, status, masked, reference, createdAt, settledAt, reason } = payout;
  const hasDebt = lines.some(({ debt }) => Number(debt) !== 0);
  return {
    title: 'Payout statement',
    number: String(id),
    facts: [
      ['Payout', String(id)],
      ['Date', dayOf(createdAt)],
      ['Amount', `${currency} ${amount}`],
      ['Status', PAYOUT_STATUS_LABELS[status] + (settledAt ? `, ${dayOf(settledAt)}` : '')],
      ['To', masked],
      ['Reference', reference],
    ],
    from: partyLines(from),
    to: partyLines(to),
    columns: COLUMNS,
    rows: lines.map(({ kind, orderId, at, gross, fee, vat, amount: own }) => [
      payoutLineLabel(kind) + (orderId === null ? '' : `, order ${orderId}`),
      SHORT_DAY.format(new Date(at)),
      gross,
      fee,
      vat,
      own,
    ]),
    sums: [
      ['Buyers paid, less what they got back', `${currency} ${sums.gross}`],
      ['Fees', `${currency} ${sums.fee}`],
      ['VAT on fees', `${currency} ${sums.vat}`],
      ...(hasDebt ? ([['Paid off of a negative balance', `${currency} ${sums.debt}`]] as [string, string][]) : []),
      ['Paid out', `${currency} ${sums.amount}`],
    ],
    notes: [
      ...(payout.isTest ? ['Some of it comes from test payments, which moved no money.'] : []),
      ...(status === 'failed' || status === 'returned'
        ? [`This payout did not arrive${reason ? ` (${reason})` : ''}. The money is in your balance again.`]
        : []),
      'Invoices for the fees are separate documents.',
    ],
  };
}
