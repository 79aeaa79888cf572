import { e8OfMinor, sharesOf } from '@assay/contract';
import type { Tx } from '../kernel/context.ts';
import { Raced } from '../kernel/raced.ts';
import { postChargeback, postChargebackFee, postChargebackLost, postChargebackWon } from '../ledger/chargeback-money.ts';
import { ledgerMinorOf } from '../ledger/ledger-minor.ts';
import { lockOrders } from '../orders/lock-order.ts';
import type { OrderRow } from '../orders/ports.ts';
import { CAPTURED_PAYMENT, withOrders, type Share } from '../payments/charges.ts';
import type { PaymentRow } from '../payments/ports.ts';
import type { ProviderDispute } from '../payments/provider-records.ts';
import { followChargeback } from './follow-chargeback.ts';
import { paymentsOfCharge } from './payments-of-charge.ts';
import type { ChargebackRow } from './ports.ts';
import { advance, hasEnded, NOTHING_KNOWN, progressOf } from './rules.ts';

/** Which dispute it is at which provider. */
interface Named {
  provider: string;
  reference: string;
}

/**
 * Writes down how far a dispute at the buyer's bank is, and posts the money that it moved. The same answer again changes nothing, and an
 * older one lowers nothing. The payment that it is about is settled before.
 * @returns why nothing can be done about it here; null where it is done
 */
export async function applyDispute(tx: Tx, named: Named, dispute: ProviderDispute): Promise<string | null> {
  const payments = (dispute.payment && (await paymentsOfCharge(tx, named.provider, dispute.payment))) ?? [];
  const [first] = payments;
  if (!first) return 'A buyer disputes a payment that no order of this marketplace has. Answer it at the provider.';
  if (payments.some(({ status }) => !CAPTURED_PAYMENT.includes(status))) return 'A buyer disputes a payment that is not captured here.';
  const { currency } = first;
  if (currency !== dispute.currency) return `A buyer disputes a payment in ${dispute.currency}; the order is in ${currency}.`;
  const weights = payments.map(({ amountE8 }) => ledgerMinorOf(amountE8, currency));
  const amounts = sharesOf(ledgerMinorOf(dispute.amountE8, currency), weights);
  const feeOf = dispute.fee?.currency ?? currency;
  const fees = sharesOf(ledgerMinorOf(dispute.fee?.amountE8 ?? 0n, feeOf), weights);
  await lockOrders(
    tx,
    payments.map(({ orderId }) => orderId),
  );
  const amountOf = new Map(
    payments.map(({ orderId }, i) => [orderId, { amountE8: e8OfMinor(amounts[i]!, currency), feeE8: e8OfMinor(fees[i]!, feeOf) }]),
  );
  for (const share of await withOrders(tx, payments)) {
    const disputed = amountOf.get(share.payment.orderId)!;
    if (disputed.amountE8 > 0n) await applyShare(tx, named, dispute, { ...share, ...disputed });
  }
  return null;
}

/** What a dispute is about of one order. */
interface DisputedShare extends Share {
  amountE8: bigint;
  feeE8: bigint;
}

/** The same for the share of one order, which is locked. */
async function applyShare(tx: Tx, named: Named, dispute: ProviderDispute, share: DisputedShare): Promise<void> {
  const { order, payment } = share;
  const { orderId } = payment;
  const found = await tx.repos.chargebacks.find(named.provider, named.reference, orderId);
  const before = found ? progressOf(found) : NOTHING_KNOWN;
  const { isWithdrawn, isReinstated, ...next } = advance(before, dispute, share.feeE8);
  const row = {
    ...named,
    ...next,
    orderId,
    reason: dispute.reason,
    // What was taken is what is given back.
    amountE8: found?.withdrawnAt ? found.amountE8 : share.amountE8,
    withdrawnAt: found?.withdrawnAt ?? (isWithdrawn ? tx.at : null),
    reinstatedAt: found?.reinstatedAt ?? (isReinstated ? tx.at : null),
    openedAt: found?.openedAt ?? dispute.openedAt,
    closedAt: found?.closedAt ?? (hasEnded(next.status) ? tx.at : null),
  };
  if (found && isSame(found, row)) return;
  const { chargebacks } = tx.repos;
  if (found && !(await chargebacks.change(found, row, tx.at))) throw new Raced();
  const now: ChargebackRow = { ...row, id: found?.id ?? (await chargebacks.add(row, tx.at)) };
  await moveMoney(tx, order, payment, found, now);
  await followChargeback(tx, order, found, now);
}

const time = (at: Date | null) => at?.getTime() ?? null;

function isSame(a: ChargebackRow, b: Omit<ChargebackRow, 'id'>): boolean {
  const of = ({ status, steps, amountE8, reason, feeE8, evidenceDueAt, withdrawnAt, reinstatedAt }: Omit<ChargebackRow, 'id'>) =>
    [status, steps, amountE8, reason, feeE8, time(evidenceDueAt), time(withdrawnAt), time(reinstatedAt)].join();
  return of(a) === of(b);
}

async function moveMoney(tx: Tx, order: OrderRow, payment: PaymentRow, before: ChargebackRow | null, now: ChargebackRow): Promise<void> {
  const { id, orderId, amountE8 } = now;
  const { chargebacks } = tx.repos;
  const money = { id, order, payment, amountE8 };
  const detail = { chargebackId: id, reference: now.reference, amountE8: String(amountE8), currency: payment.currency };
  if (now.withdrawnAt && !before?.withdrawnAt) {
    await chargebacks.shiftChargedBack(orderId, amountE8, tx.at);
    await postChargeback(tx, money);
    await tx.audit('chargeback.withdrawn', 'order', orderId, detail);
  }
  if (now.reinstatedAt && !before?.reinstatedAt) {
    await chargebacks.shiftChargedBack(orderId, -amountE8, tx.at);
    await postChargebackWon(tx, money);
    await tx.audit('chargeback.reinstated', 'order', orderId, detail);
  }
  const isLost = (row: ChargebackRow | null) => row?.status === 'lost' && row.withdrawnAt !== null;
  if (isLost(now) && !isLost(before)) await postChargebackLost(tx, money);
  const feeE8 = now.feeE8 - (before?.feeE8 ?? 0n);
  if (feeE8 !== 0n && now.feeCurrency) await postChargebackFee(tx, money, { feeE8, currency: now.feeCurrency, steps: now.steps });
}
