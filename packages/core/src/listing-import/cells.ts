import {
  excerpt,
  formatPriceE8,
  LISTING_FIELDS,
  parsePriceE8,
  type Currency,
  type ListingColumn,
  type ListingMetadata,
  type ShippingInfo,
} from '@assay/contract';
import type { ListingContent, ListingRow } from '../listings/ports.ts';
import { amountMisfits } from '../listings/rules.ts';
import { currencyOfLine, splitMoney } from './split-money.ts';

/** A line of a file by its columns; a column that the file does not have is missing. */
export type Cells = Partial<Record<ListingColumn, string>>;

/** What is wrong with a cell. */
export interface CellError {
  column: ListingColumn;
  message: string;
}

const yesNo = (value: boolean) => (value ? 'yes' : 'no');

// "Size\: big: 3": a colon in a name is marked, so that the first plain one ends it.
export const attributeLine = ({ name, value }: ListingMetadata[number]) => `${name.replace(/[\\:]/g, '\\$&')}: ${value}`;

function readAttribute(line: string): ListingMetadata[number] | null {
  const [, name, value] = /^((?:[^\\:]|\\.)*):(.*)$/s.exec(line) ?? [];
  return name === undefined || value === undefined ? null : { name: name.replace(/\\(.)/g, '$1').trim(), value: value.trim() };
}

/** A listing as the cells of a line. */
export function toCells(row: ListingRow): Record<ListingColumn, string> {
  const { shippingInfo: shipping } = row;
  return {
    id: String(row.id),
    version: String(row.version),
    status: row.status,
    title: row.title,
    description: row.description ?? '',
    price: row.priceE8 === 0n ? '' : formatPriceE8(row.priceE8, row.currency),
    currency: row.currency,
    quantity: row.quantity === 0 ? '' : String(row.quantity),
    category: row.category,
    escrow: yesNo(row.escrowEnabled),
    ships_from: shipping?.shipsFrom ?? '',
    handling_days_min: shipping ? String(shipping.handlingDays.min) : '',
    handling_days_max: shipping ? String(shipping.handlingDays.max) : '',
    shipping_price: shipping?.price ?? '',
    ships_to: shipping ? (shipping.destinations === 'worldwide' ? 'worldwide' : shipping.destinations.join(' ')) : '',
    pickup: shipping ? yesNo(shipping.pickup) : '',
    attributes: row.metadata.map(attributeLine).join('\n'),
  };
}

const SHIPPING = ['ships_from', 'handling_days_min', 'handling_days_max', 'shipping_price', 'ships_to', 'pickup'] as const;
const SHIPPING_COLUMNS: Record<string, ListingColumn> = {
  shipsFrom: 'ships_from',
  'handlingDays.min': 'handling_days_min',
  'handlingDays.max': 'handling_days_max',
  price: 'shipping_price',
  destinations: 'ships_to',
  pickup: 'pickup',
};

const numberOf = (cell: string): unknown => (/^\d{1,4}(?:[.,]0+)?$/.test(cell) ? Number.parseInt(cell, 10) : cell);

function readFlag(cell: string): boolean | null {
  if (/^(yes|true|1)$/i.test(cell)) return true;
  return /^(no|false|0|)$/i.test(cell) ? false : null;
}

/** Shipping as its cells say it; null where all of them are empty. */
function shippingOf(cells: Cells, price: string): unknown {
  const cell = (column: (typeof SHIPPING)[number]) => cells[column]?.trim() ?? '';
  if (SHIPPING.every((column) => cell(column) === '')) return null;
  const to = cell('ships_to');
  return {
    shipsFrom: cell('ships_from').toUpperCase(),
    handlingDays: { min: numberOf(cell('handling_days_min')), max: numberOf(cell('handling_days_max')) },
    price: price.toLowerCase() === 'free' ? 'free' : price,
    destinations:
      to.toLowerCase() === 'worldwide'
        ? 'worldwide'
        : to
            .toUpperCase()
            .split(/[\s,;]+/)
            .filter(Boolean),
    pickup: readFlag(cell('pickup')) ?? cell('pickup'),
  };
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };
}

/**
 * What a line says of a listing: a column that is not there says nothing of it. Amounts are exact.
 * @param assumed the currency of amounts for which the line names none
 * @returns the content as far as it is sound, and what is wrong with the rest
 */
export function readContent(cells: Cells, assumed: Currency | null): { content: Partial<ListingContent>; errors: CellError[] } {
  const content: Partial<ListingContent> = {};
  const errors: CellError[] = [];
  const read = <T>(
    column: ListingColumn,
    schema: Schema<T>,
    value: unknown,
    keep: (data: T) => void,
    columns: Record<string, ListingColumn> = {},
  ) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return keep(parsed.data);
    for (const { path, message } of parsed.error.issues)
      errors.push({ column: columns[path.join('.')] ?? columns[String(path[0])] ?? column, message });
  };
  const has = (column: ListingColumn) => cells[column] !== undefined;
  if (has('title')) read('title', LISTING_FIELDS.title, cells.title, (title) => (content.title = title));
  if (has('description'))
    read('description', LISTING_FIELDS.description, cells.description, (description) => (content.description = description || null));
  if (has('currency'))
    read('currency', LISTING_FIELDS.currency, cells.currency?.trim().toUpperCase(), (currency) => (content.currency = currency));
  if (has('category')) read('category', LISTING_FIELDS.category, cells.category?.trim(), (category) => (content.category = category));
  const price = splitMoney(cells.price?.trim() ?? '');
  const shipping = splitMoney(cells.shipping_price?.trim() ?? '');
  if (has('price')) {
    if (price.amount === '') content.priceE8 = 0n;
    else read('price', LISTING_FIELDS.price, price.amount, (amount) => (content.priceE8 = parsePriceE8(amount)));
  }
  if (errors.every(({ column }) => column !== 'currency')) {
    const found = currencyOfLine({ price: price.currencies, shipping: shipping.currencies }, content.currency as Currency, assumed);
    if (found.currency) content.currency = found.currency;
    errors.push(...found.errors);
  }
  if (cells.quantity?.trim()) {
    read('quantity', LISTING_FIELDS.quantity, numberOf(cells.quantity.trim()), (quantity) => (content.quantity = quantity));
  }
  if (has('escrow')) {
    const escrow = readFlag(cells.escrow!.trim());
    if (escrow === null) errors.push({ column: 'escrow', message: 'Escrow is yes or no.' });
    else content.escrowEnabled = escrow;
  }
  if (SHIPPING.some(has))
    read<ShippingInfo | null>(
      'ships_from',
      LISTING_FIELDS.shippingInfo,
      shippingOf(cells, shipping.amount),
      (info) => (content.shippingInfo = info),
      SHIPPING_COLUMNS,
    );
  if (has('attributes')) readAttributes(cells.attributes!, content, errors, read);
  return { content, errors };
}

function readAttributes(
  cell: string,
  content: Partial<ListingContent>,
  errors: CellError[],
  read: (column: ListingColumn, schema: Schema<ListingMetadata>, value: unknown, keep: (data: ListingMetadata) => void) => void,
): void {
  const lines = cell.split(/\r?\n/).filter((line) => line.trim() !== '');
  const attributes = lines.map(readAttribute);
  const broken = attributes.indexOf(null);
  if (broken >= 0)
    errors.push({
      column: 'attributes',
      message: `An attribute is “Name: value”, one on each line: not “${excerpt(lines[broken]!, 40)}”.`,
    });
  else read('attributes', LISTING_FIELDS.metadata, attributes, (metadata) => (content.metadata = metadata));
}

/** Amounts that the currency cannot have. */
export const amountErrors = (content: Parameters<typeof amountMisfits>[0]): CellError[] =>
  amountMisfits(content).map(({ path, message }) => ({ column: path[0] === 'price' ? 'price' : 'shipping_price', message }));
