import { ATTRIBUTES_MAX, cut, type ListingColumn, type ListingFileFormat } from '@assay/contract';
import { attributeLine, foldColumn, hasSigns, writerOf, type Cells, type Signs } from '@assay/core';
import { htmlToText } from './html-to-text.ts';

/** A line of another program's export: the text of the first of these columns that has some. */
type Cell = (...names: string[]) => string;

/** A listing as another program has it. */
interface ForeignListing {
  cells: Cells;
  /** Its category there, from the general to the special. */
  category: string;
}

interface ListingFormat {
  label: string;
  signs: Signs;
  /** Null where the line is no listing of its own: a further variant or picture of the one before. */
  isListing(cell: Cell): boolean;
  listing(cell: Cell): Partial<Record<ListingColumn, string>> & { for_sale: boolean };
  category: readonly string[];
  attributes: Readonly<Record<string, string>>;
}

const TITLE_MAX = 255;
const DESCRIPTION_MAX = 4000;
const NAME_MAX = 40;
const VALUE_MAX = 200;
const always = () => true;
const inStock = (quantity: string) => !/^(?:0|-\d+)(?:[.,]0+)?$/.test(quantity);

export const LISTING_FORMATS: Record<Exclude<ListingFileFormat, 'auto' | 'assay'>, ListingFormat> = {
  shopify: {
    label: 'Shopify',
    signs: [
      ['handle', 'title', 'variant_price'],
      ['url_handle', 'title', 'price'],
    ],
    isListing: (cell) => cell('title') !== '',
    listing: (cell) => ({
      title: cell('title'),
      description: cell('body_html', 'description'),
      price: cell('variant_price', 'price'),
      for_sale: /^(active|)$/i.test(cell('status')) && !/^false$/i.test(cell('published', 'published_on_online_store')),
    }),
    category: ['type', 'product_category'],
    attributes: { vendor: 'Brand', type: 'Type' },
  },
  woocommerce: {
    label: 'WooCommerce',
    signs: [
      ['type', 'sku', 'name', 'regular_price'],
      ['id', 'type', 'name', 'regular_price'],
    ],
    isListing: (cell) => !/^variation/i.test(cell('type')) && cell('name') !== '',
    listing: (cell) => ({
      title: cell('name'),
      description: cell('description', 'short_description').replaceAll(String.raw`\n`, '\n'),
      price: cell('regular_price', 'sale_price'),
      for_sale: /^(1|true|yes)$/i.test(cell('published')) && !/^(0|false|no)$/i.test(cell('in_stock')),
    }),
    category: ['categories'],
    attributes: {},
  },
  etsy: {
    label: 'Etsy',
    signs: [['title', 'description', 'price', 'currency_code']],
    isListing: always,
    listing: (cell) => ({
      title: cell('title'),
      description: cell('description'),
      price: cell('price'),
      currency: cell('currency_code'),
      for_sale: inStock(cell('quantity')),
    }),
    category: [],
    attributes: { materials: 'Materials' },
  },
  ebay: {
    label: 'eBay',
    signs: [
      ['item_number', 'title', 'current_price'],
      ['item_number', 'title', 'start_price'],
      ['title', 'start_price', 'available_quantity'],
    ],
    isListing: (cell) => cell('variation_details') === '' && cell('title') !== '',
    listing: (cell) => ({
      title: cell('title'),
      description: cell('description', 'item_description'),
      price: cell('current_price', 'start_price'),
      currency: cell('currency'),
      for_sale: inStock(cell('available_quantity', 'quantity')),
    }),
    category: ['ebay_category_1_name', 'category_name'],
    attributes: { condition: 'Condition' },
  },
  google: {
    label: 'Google Merchant Center',
    signs: [
      ['id', 'title', 'link', 'price'],
      ['id', 'title', 'availability', 'price'],
    ],
    isListing: always,
    listing: (cell) => ({
      title: cell('title'),
      description: cell('description'),
      price: cell('price'),
      for_sale: /^(in[ _]stock|)$/i.test(cell('availability')),
    }),
    category: ['product_type', 'google_product_category'],
    attributes: { brand: 'Brand', condition: 'Condition', color: 'Colour', size: 'Size', material: 'Material', pattern: 'Pattern' },
  },
};
export type ProgramFormat = keyof typeof LISTING_FORMATS;

/** Whether a program writes files with these columns. */
export const isWrittenBy = (program: ProgramFormat, header: readonly string[]): boolean => hasSigns(LISTING_FORMATS[program].signs, header);

/** The program that writes files with these columns; null where none that is known does. */
export const detectListingFormat = (header: readonly string[]): ProgramFormat | null => writerOf(LISTING_FORMATS, header);

/**
 * Reads the lines of a program's export, one by one.
 * @returns null for a line that is no listing of its own
 */
export function programReader(name: ProgramFormat, header: readonly string[]): (cells: readonly string[]) => ForeignListing | null {
  const format = LISTING_FORMATS[name];
  const folded = header.map(foldColumn);
  return (cells) => {
    const at = (column: string) => cells[folded.indexOf(column)]?.trim() ?? '';
    const cell: Cell = (...names) => names.map(at).find((text) => text !== '') ?? '';
    if (!format.isListing(cell)) return null;
    const { for_sale: forSale, currency, ...listing } = format.listing(cell);
    const title = htmlToText(listing.title ?? '').replace(/\s+/g, ' ');
    return {
      cells: {
        ...listing,
        title: cut(title, TITLE_MAX),
        description: cut(htmlToText(listing.description ?? ''), DESCRIPTION_MAX),
        status: forSale && listing.price ? 'active' : 'draft',
        ...(currency && { currency }),
        attributes: attributesOf(format, cell, folded),
      },
      category: cell(...format.category),
    };
  };
}

function attributesOf({ attributes }: ListingFormat, cell: Cell, columns: readonly string[]): string {
  const found = new Map<string, string>();
  const add = (name: string, value: string) => {
    const shown = htmlToText(value).replace(/\s+/g, ' ');
    if (name && shown && found.size < ATTRIBUTES_MAX && ![...found.keys()].some((other) => other.toLowerCase() === name.toLowerCase()))
      found.set(cut(name, NAME_MAX), cut(shown, VALUE_MAX));
  };
  for (const column of columns) {
    const [, option] = /^(option\d+|attribute_\d+)_name$/.exec(column) ?? [];
    // Shopify calls the only variant of a product "Title: Default Title".
    if (option && cell(column) !== 'Title') add(cell(column), cell(`${option}_value`, `${option}_value_s`));
  }
  for (const [column, name] of Object.entries(attributes)) add(name, cell(column));
  return [...found].map(([name, value]) => attributeLine({ name, value })).join('\n');
}
