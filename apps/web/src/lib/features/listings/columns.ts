import type { ListingFileFormat } from '@assay/contract';

/** What is written into each column of a file of listings. */
export const LISTING_COLUMN_HELP = [
  { name: 'id', help: 'from the export; empty for a new listing' },
  { name: 'version', help: 'from the export, to change a listing' },
  { name: 'status', help: 'for new listings: draft or active' },
  { name: 'title', help: 'at most 255 characters' },
  { name: 'description', help: 'at most 4,000 characters' },
  { name: 'price', help: '12.50, 12,50 or 12.50 EUR' },
  { name: 'currency', help: 'EUR, USD, BTC …' },
  { name: 'quantity', help: '1 to 9,999; empty: 1 for a new listing' },
  { name: 'category', help: 'ceramics/bowls' },
  { name: 'escrow', help: 'yes or no' },
  { name: 'ships_from', help: 'PT: two letters' },
  { name: 'handling_days_min', help: 'days until it ships' },
  { name: 'handling_days_max', help: 'at most 90' },
  { name: 'shipping_price', help: 'free, or 4.90' },
  { name: 'ships_to', help: 'worldwide, or PT ES FR' },
  { name: 'pickup', help: 'yes or no' },
  { name: 'attributes', help: 'Material: Oak, one on each line' },
];

/** Programs whose files are known, as the import page offers them. */
export const LISTING_FORMAT_LABELS: [ListingFileFormat, string][] = [
  ['auto', 'Detect automatically'],
  ['assay', 'Assay, or these columns'],
  ['shopify', 'Shopify'],
  ['woocommerce', 'WooCommerce'],
  ['etsy', 'Etsy'],
  ['ebay', 'eBay'],
  ['google', 'Google Merchant Center'],
];
