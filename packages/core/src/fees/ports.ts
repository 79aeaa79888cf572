import type { VatTreatment } from '@assay/contract';
import type { Operator, TaxedSeller } from './rules.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly fees: FeesRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    readonly vatNumbers: VatNumbers;
  }
  interface Settings {
    /** The issuer of invoices; null where the operator has not said who it is. */
    readonly operator: Operator | null;
  }
}

export interface CommissionRuleRow {
  id: number;
  /** With everything below it; null: every category. */
  categoryPath: string | null;
  /** Null: every seller. */
  sellerId: number | null;
  /** Null: every tier. */
  tier: string | null;
  basisPoints: number;
  /** Once for each order, in minor units of `currency`. */
  fixedMinor: bigint;
  /** The least that an order is charged, in minor units of `currency`. */
  minimumMinor: bigint;
  /** Only sales in this currency; null where the rule has no amounts. */
  currency: string | null;
  validFrom: Date;
  /** The first moment at which it does not hold any more; null: until it is ended. */
  validUntil: Date | null;
}

/** A rule as the list shows it. */
export type ListedRuleRow = CommissionRuleRow & {
  sellerName: string | null;
  /** How many orders it has charged. */
  orders: number;
};
export type NewCommissionRule = Omit<CommissionRuleRow, 'id'> & { createdBy: number };

/** Knows the VAT numbers of countries. */
export interface VatNumbers {
  /** The number with its prefix and without blanks; null where its country gives out no such number. */
  check(country: string, text: string): Promise<string | null>;
}

/** The part of an order that one rule charges. */
export interface FeeLineRow {
  /** Null: no rule held, and the part is free. */
  ruleId: number | null;
  baseMinor: bigint;
  basisPoints: number;
  fixedMinor: bigint;
  minimumMinor: bigint;
  commissionMinor: bigint;
}

/** Commission of an order and its VAT, as they were when the order was placed. */
export interface OrderFeesRow {
  orderId: number;
  currency: string;
  /** Items and shipping. */
  baseMinor: bigint;
  commissionMinor: bigint;
  vatMinor: bigint;
  vatBasisPoints: number;
  vatTreatment: VatTreatment;
  /** Whose rate it is; null where no VAT is charged. */
  vatCountry: string | null;
  frozenAt: Date;
  lines: FeeLineRow[];
}

/** Who a seller is on invoices. */
export interface TaxDetailsRow extends TaxedSeller {
  userId: number;
  name: string;
  /** Lines of an address, without the country. */
  address: string;
  updatedAt: Date;
}

export interface FeesRepository {
  /** Newest first; `before` is the id of the last row of the page before. */
  listRules(query: { ended: boolean; at: Date; limit: number; before: number | undefined }): Promise<ListedRuleRow[]>;
  findRule(id: number): Promise<ListedRuleRow | null>;
  addRule(rule: NewCommissionRule, at: Date): Promise<number>;
  /** False when its end is not the one that was read. */
  endRule(id: number, from: Date | null, to: Date): Promise<boolean>;
  /** False when it has charged an order, or is gone. */
  removeRule(id: number): Promise<boolean>;
  /** Rules that may charge a seller at that moment. */
  rulesFor(sellerId: number, at: Date): Promise<CommissionRuleRow[]>;
  /** Stores the fees of an order. An order has them once. */
  freeze(fees: OrderFeesRow): Promise<void>;
  /** Null for an order of before there were fees: it is charged nothing. */
  find(orderId: number): Promise<OrderFeesRow | null>;
  taxDetails(userId: number): Promise<TaxDetailsRow | null>;
  saveTaxDetails(details: Omit<TaxDetailsRow, 'updatedAt'>, at: Date): Promise<void>;
}
