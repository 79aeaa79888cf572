import type { ReconciledKind, ReconciliationDifference } from '@assay/contract';
import { paymentsOfCharge } from '../chargebacks/payments-of-charge.ts';
import type { ChargebackRow } from '../chargebacks/ports.ts';
import type { Reads } from '../kernel/context.ts';
import { shownMinor } from '../ledger/amounts.ts';
import { chargebackCause } from '../ledger/chargeback-money.ts';
import { ledgerMinorOf } from '../ledger/ledger-minor.ts';
import { paymentCause } from '../ledger/order-money.ts';
import { CAPTURED_PAYMENT, chargeOfOrder } from '../payments/charges.ts';
import type { PaymentRow, RefundRow } from '../payments/ports.ts';
import type { ProviderRecord } from '../payments/provider-records.ts';
import { refundCause } from '../payments/refund-money.ts';
import { checkSides, sideText, type Side } from './rules.ts';

/** What is compared: by the provider's id, and by the row here, where that is what is known. */
export interface Compared {
  kind: ReconciledKind;
  reference: string;
  orderId: number | null;
  /** The row that should be at the provider; null where the provider named it first. */
  rowId: number | null;
}

/** What the marketplace has: the row, and what the ledger has of it, debits of clearing positive. */
interface Here {
  side: Side | null;
  postedMinor: bigint;
}

const NONE: Here = { side: null, postedMinor: 0n };

/** What differs; null where nothing does, and for what is of no order of this marketplace. */
export async function compare(
  reads: Reads,
  provider: string,
  of: Compared,
  record: ProviderRecord | null,
): Promise<ReconciliationDifference | null> {
  const key = record?.payment?.key ?? '';
  if (of.rowId === null && !key) return null; // of another site with the same account
  const payments = record?.payment ? await paymentsOfCharge(reads, provider, record.payment) : null;
  const { side, postedMinor } = await hereOf(reads, of, payments, record);
  const there = record && thereOf(record);
  if (!isMoney(side) && !isMoney(there)) return null;
  const orderId = of.orderId ?? (payments && soleOrderOf(payments, record));
  const order = orderId === null ? null : await reads.repos.orders.findById(orderId);
  const found = { kind: of.kind, reference: of.reference, orderId: order?.id ?? null, sellerId: order?.sellerId ?? null };
  const check = checkSides(side, there);
  if (check) return { ...found, check, here: sideText(side), there: sideText(there) };
  if (!side || postedMinor === postedOf(of.kind, side)) return null;
  const posted = `the ledger has ${shownMinor(postedMinor, side.currency)} ${side.currency}`;
  return { ...found, check: 'ledger', here: posted, there: sideText(there) };
}

/** The order of a payment at the provider, where it is for one alone: of several, it is not known which one differs. */
function soleOrderOf(payments: readonly PaymentRow[], record: ProviderRecord | null): number | null {
  if (payments.length === 1) return payments[0]!.orderId;
  const orders = record?.payment?.orders ?? '';
  return payments.length === 0 && /^[1-9]\d{0,8}$/.test(orders) ? Number(orders) : null;
}

/** Whether money moved: what waits, failed or was only asked about has none to compare. */
const isMoney = (side: Side | null): boolean => side !== null && side.state !== 'no money';

function thereOf(record: ProviderRecord): Side {
  const { amountE8, currency } = record;
  if (record.kind === 'dispute') return { amountE8, currency, state: fundsOf(record.dispute.isWithdrawn, record.dispute.isReinstated) };
  return { amountE8, currency, state: record.outcome.status === 'done' ? 'done' : 'no money' };
}

const fundsOf = (withdrawn: boolean, reinstated: boolean): string => (!withdrawn ? 'no money' : reinstated ? 'given back' : 'withdrawn');

/** What the ledger has to have of it. */
function postedOf(kind: ReconciledKind, { amountE8, currency, state }: Side): bigint {
  const minor = ledgerMinorOf(amountE8, currency);
  if (state === 'no money' || state === 'given back') return 0n;
  return kind === 'payment' ? minor : -minor;
}

function hereOf(reads: Reads, of: Compared, payments: readonly PaymentRow[] | null, record: ProviderRecord | null): Promise<Here> {
  if (of.kind === 'refund') return refundHere(reads, of, record);
  return of.kind === 'payment' ? paymentHere(reads, of, payments) : chargebackHere(reads, of, payments);
}

/** What the entries of causes have moved of clearing. */
async function clearingOf({ repos }: Reads, ...causes: string[]): Promise<bigint> {
  let sum = 0n;
  for (const cause of causes)
    for (const { account, amountMinor } of await repos.ledger.linesOf(cause)) if (account === 'clearing') sum += amountMinor;
  return sum;
}

/** What the orders of a payment have of it together. */
async function paymentHere(reads: Reads, { orderId }: Compared, known: readonly PaymentRow[] | null): Promise<Here> {
  const own = known || orderId === null ? null : ((await chargeOfOrder(reads, orderId))?.shares ?? null);
  const payments = known ?? own ?? [];
  const [first] = payments;
  if (!first) return NONE;
  const amountE8 = payments.reduce((sum, one) => sum + one.amountE8, 0n);
  const state = payments.every(({ status }) => CAPTURED_PAYMENT.includes(status)) ? 'done' : 'no money';
  const causes = payments.map((one) => paymentCause(one.orderId));
  return { side: { amountE8, currency: first.currency, state }, postedMinor: await clearingOf(reads, ...causes) };
}

async function refundHere(reads: Reads, { rowId }: Compared, record: ProviderRecord | null): Promise<Here> {
  const { refunds, payments } = reads.repos;
  const key = record?.kind === 'refund' ? record.key : '';
  const refund: RefundRow | null = rowId === null ? (key ? await refunds.findByKey(key) : null) : await refunds.find(rowId);
  const payment = refund && (await payments.find(refund.orderId));
  if (!payment) return NONE;
  const { amountE8, status } = refund;
  const cause = refundCause(refund);
  const side = { amountE8, currency: payment.currency, state: status === 'done' ? 'done' : 'no money' };
  return { side, postedMinor: await clearingOf(reads, `${cause}:settled`, `${cause}:returned`) };
}

async function chargebackHere(reads: Reads, { reference, orderId }: Compared, payments: readonly PaymentRow[] | null): Promise<Here> {
  const orders = payments?.map((one) => one.orderId) ?? (orderId === null ? [] : [orderId]);
  const rows: ChargebackRow[] = [];
  for (const order of orders) rows.push(...(await reads.repos.chargebacks.ofOrder(order)).filter((one) => one.reference === reference));
  const [first] = rows;
  const payment = first && (await reads.repos.payments.find(first.orderId));
  if (!payment) return NONE;
  const causes = rows.map((row) => chargebackCause(row.orderId, row.id));
  const side = {
    amountE8: rows.reduce((sum, one) => sum + one.amountE8, 0n),
    currency: payment.currency,
    state: fundsOf(first.withdrawnAt !== null, first.reinstatedAt !== null),
  };
  return { side, postedMinor: await clearingOf(reads, ...causes, ...causes.map((cause) => `${cause}:won`)) };
}
