import { e8OfMinor, formatPriceE8, shownName } from '@assay/contract';
import { publicName } from '../accounts/rules.ts';
import type { ExportRow } from './ports.ts';

/** JSON as it is stored, for the file; text that is none stays text. */
function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** What an audit entry says, without the name of the member of the staff who ran a command. */
function withoutOperator(detail: unknown): unknown {
  const said = parsed(detail);
  if (typeof said !== 'object' || said === null) return said;
  const { operator: _operator, ...rest } = said as Record<string, unknown>;
  return rest;
}

const amount = (priceE8: unknown, row: ExportRow) => formatPriceE8(priceE8 as bigint, row.currency as string);
const minor = (amountMinor: unknown, row: ExportRow) => amount(e8OfMinor(amountMinor as bigint, row.currency as string), row);
/** @param currency of the row that they belong to, for parts that have none of their own */
const each = (rows: unknown, currency: unknown) =>
  (rows as ExportRow[]).map((row) =>
    toExported('unitPriceE8' in row || ('amountE8' in row && !('currency' in row)) ? { ...row, currency } : row),
  );

/** How the fields of stored rows read in a file; other people's names are those that the pages show. */
const READ: Record<string, (value: unknown, row: ExportRow) => [name: string, value: unknown]> = {
  priceE8: (value, row) => ['price', amount(value, row)],
  unitPriceE8: (value, row) => ['unitPrice', amount(value, row)],
  shippingE8: (value, row) => ['shipping', amount(value, row)],
  amountE8: (value, row) => ['amount', value === null ? null : amount(value, row)],
  offerE8: (value, row) => ['offer', value === null ? null : amount(value, row)],
  commissionMinor: (value, row) => ['commission', minor(value, row)],
  netMinor: (value, row) => ['net', minor(value, row)],
  amountMinor: (value, row) => ['amount', minor(value, row)],
  vatMinor: (value, row) => ['vat', minor(value, row)],
  baseMinor: (value, row) => ['base', minor(value, row)],
  fixedMinor: (value, row) => ['fixed', row.currency === null ? null : minor(value, row)],
  minimumMinor: (value, row) => ['minimum', row.currency === null ? null : minor(value, row)],
  raterName: (value) => ['raterName', publicName(value as string)],
  sellerName: (value) => ['sellerName', shownName(value as string)],
  buyerName: (value) => ['buyerName', shownName(value as string)],
  detail: (value, row) => ['detail', 'action' in row ? withoutOperator(value) : value],
  attributes: (value) => ['attributes', parsed(value)],
  shippingInfo: (value) => ['shippingInfo', parsed(value)],
  socialLinks: (value) => ['socialLinks', parsed(value)],
};
const PARTS = new Set(['events', 'items', 'payments', 'refunds', 'documents', 'uses', 'sizes', 'lines', 'files']);

/** A stored row as its owner reads it. */
export function toExported({ of: _of, ...row }: ExportRow): ExportRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      PARTS.has(name) ? [name, each(value, row.currency)] : (READ[name]?.(value, row) ?? [name, value]),
    ),
  );
}
