import type { ChargebackStatus } from '@assay/contract';
import type { OrderRow } from '../orders/ports.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly chargebacks: ChargebacksRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Settings {
    /** Who bears what the provider charges for a chargeback. */
    readonly chargebackFeePaidBy: ChargebackFeePayer;
  }
}

export type ChargebackFeePayer = 'marketplace' | 'seller';

/** A dispute about a payment at the buyer's bank: the share of one order in it. */
export interface ChargebackRow {
  id: number;
  provider: string;
  /** The provider's id of the dispute. */
  reference: string;
  orderId: number;
  amountE8: bigint;
  status: ChargebackStatus;
  /** The bank's, in the provider's words. */
  reason: string;
  evidenceDueAt: Date | null;
  /** How many movements of money the provider had made for it. */
  steps: number;
  /** When the bank took the money; null where it has not. */
  withdrawnAt: Date | null;
  /** When it gave it back; null where it has not. */
  reinstatedAt: Date | null;
  feeE8: bigint;
  feeCurrency: string | null;
  openedAt: Date;
  closedAt: Date | null;
}

/** A chargeback with its order, for lists. */
export interface ChargebackOfOrder
  extends ChargebackRow, Pick<OrderRow, 'title' | 'currency' | 'sellerId' | 'sellerName' | 'buyerId' | 'buyerName'> {}

/** What an event changes. */
export type ChargebackChange = Omit<ChargebackRow, 'id' | 'provider' | 'reference' | 'orderId' | 'openedAt'>;

export interface ChargebacksRepository {
  find(provider: string, reference: string, orderId: number): Promise<ChargebackRow | null>;
  /** Of an order, oldest first. */
  ofOrder(orderId: number): Promise<ChargebackRow[]>;
  /** Returns its id. */
  add(chargeback: Omit<ChargebackRow, 'id'>, at: Date): Promise<number>;
  /** False when it is not any more as it was read. */
  change(chargeback: Pick<ChargebackRow, 'id' | 'status' | 'steps'>, to: ChargebackChange, at: Date): Promise<boolean>;
  /** The bank has taken an amount of a payment, or with less than zero given it back. */
  shiftChargedBack(orderId: number, amountE8: bigint, at: Date): Promise<void>;
  /** Those that the bank has decided, newest first, or the others, oldest first. @param after an id */
  list(query: { ended: boolean; after: number | undefined; limit: number }): Promise<ChargebackOfOrder[]>;
}
