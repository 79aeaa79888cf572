import type { Reads } from '../kernel/context.ts';
import type { PendingMoney, SellerMoney } from './ports.ts';

/** What a seller has in one currency, and what of it can be paid out. Amounts are in minor units. */
export interface PayableMoney extends SellerMoney {
  /** Of the balance. */
  available: bigint;
  /** Of the balance: it can be paid out later. */
  pending: bigint;
  /** When the first of what is pending can be paid out; null where nothing is. */
  availableFrom: Date | null;
  /** When all of it can be. */
  availableBy: Date | null;
}

/** Money that was released after this moment cannot be paid out yet; null where payouts take all. */
export function pendingAfter({ settings }: Pick<Reads, 'settings'>, at: Date): Date | null {
  const { holdMs } = settings.payouts;
  return holdMs > 0 ? new Date(at.getTime() - holdMs) : null;
}

/** What was released to a seller and cannot be paid out yet, by currency. */
export async function pendingOf(reads: Reads, sellerId: number, at = reads.now()): Promise<Map<string, PendingMoney>> {
  const after = pendingAfter(reads, at);
  const rows = after ? await reads.repos.payouts.pendingOf(sellerId, after) : [];
  return new Map(rows.map((row) => [row.currency, row]));
}

/** When money that was released at a moment can be paid out. */
export const availableAt = ({ settings }: Pick<Reads, 'settings'>, releasedAt: Date): Date =>
  new Date(releasedAt.getTime() + settings.payouts.holdMs);

/** Divides a balance into what can be paid out and what is pending: a refund of money that was paid out already takes from both. */
export function divided(
  reads: Pick<Reads, 'settings'>,
  balance: bigint,
  found: PendingMoney | undefined,
): Omit<PayableMoney, keyof SellerMoney> {
  const pending = found === undefined ? 0n : found.pending < balance ? found.pending : balance;
  if (!found || pending <= 0n) return { available: balance, pending: 0n, availableFrom: null, availableBy: null };
  const [availableFrom, availableBy] = [availableAt(reads, found.first), availableAt(reads, found.last)];
  return { available: balance - pending, pending, availableFrom, availableBy };
}

/** What a seller has, for each currency. */
export async function moneyOf(reads: Reads, sellerId: number, at = reads.now()): Promise<PayableMoney[]> {
  const [money, pending] = [await reads.repos.payouts.moneyOf(sellerId), await pendingOf(reads, sellerId, at)];
  return money.map((each) => ({ ...each, ...divided(reads, each.balance, pending.get(each.currency)) }));
}
