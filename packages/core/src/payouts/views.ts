import { e8OfMinor, formatPriceE8, type PayoutDue, type PayoutLineView, type PayoutView, type SellerPayoutView } from '@assay/contract';
import type { PayoutCallRow, PayoutLineRow, PayoutRow } from './ports.ts';
import type { PayoutJudgement } from './rules.ts';
import type { PayableMoney } from './seller-money.ts';

/** Minor units as decimal text: "12.50", "-0.05". */
export function moneyText(minor: bigint, currency: string): string {
  const text = formatPriceE8(e8OfMinor(minor < 0n ? -minor : minor, currency), currency);
  return minor < 0n ? `-${text}` : text;
}

export function toPayoutView(row: PayoutRow): PayoutView {
  const { id, currency, amountMinor, status, method, reference, masked, isTest, reason, createdAt, sentAt, settledAt } = row;
  return {
    id,
    amount: moneyText(amountMinor, currency),
    currency,
    status,
    method,
    reference,
    masked,
    isTest,
    reason,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    settledAt: settledAt?.toISOString() ?? null,
  };
}

export const toSellerPayoutView = (row: PayoutRow, calls: readonly PayoutCallRow[]): SellerPayoutView => {
  const { id, sellerId, sellerName, fileId } = row;
  const ours = calls.filter(({ payoutId }) => payoutId === id);
  return {
    ...toPayoutView(row),
    sellerId,
    sellerName,
    fileId,
    calls: ours.map(({ kind, status, account, reference, key, failure }) => ({ kind, status, account, reference, key, failure })),
  };
};

export function toLineView({ kind, orderId, at, amount, commission, vat, debt }: PayoutLineRow, currency: string): PayoutLineView {
  const text = (minor: bigint) => moneyText(minor, currency);
  return {
    kind,
    orderId,
    at: at.toISOString(),
    gross: text(amount + commission + vat + debt),
    fee: text(commission),
    vat: text(vat),
    debt: text(debt),
    amount: text(amount),
  };
}

/** What of a seller's money is pending, and when it is available. */
export const pendingView = ({
  currency,
  pending,
  availableFrom,
  availableBy,
}: Pick<PayableMoney, 'currency' | 'pending' | 'availableFrom' | 'availableBy'>) => ({
  pending: moneyText(pending, currency),
  availableFrom: availableFrom?.toISOString() ?? null,
  availableBy: availableBy?.toISOString() ?? null,
});

export function toDue(money: PayableMoney, minimum: bigint, judgement: PayoutJudgement, destination: string | null): PayoutDue {
  const { currency, available, reserved, debt } = money;
  const text = (minor: bigint) => moneyText(minor, currency);
  return {
    currency,
    available: text(available),
    ...pendingView(money),
    reserved: text(reserved),
    debt: text(debt),
    amount: judgement.pay ? text(judgement.parts.amount) : null,
    reason: judgement.pay || !judgement.due ? null : judgement.reason,
    minimum: text(minimum),
    destination,
  };
}
