import { z } from 'zod';
import { Flag } from './common.ts';
import { Currency } from './money.ts';

/** The columns of a file of listings, in the order in which they are exported. */
export const LISTING_COLUMNS = [
  'id',
  'version',
  'status',
  'title',
  'description',
  'price',
  'currency',
  'quantity',
  'category',
  'escrow',
  'ships_from',
  'handling_days_min',
  'handling_days_max',
  'shipping_price',
  'ships_to',
  'pickup',
  'attributes',
] as const;
export type ListingColumn = (typeof LISTING_COLUMNS)[number];

/** Lines of a file after the first one, of all kinds: also empty and broken ones. */
export const IMPORT_ROWS_MAX = 5000;
/** Rows that a report shows. */
export const IMPORT_REPORT_ROWS_MAX = 100;
export const IMPORT_BYTES_MAX = 5 * 1024 * 1024;

/** Programs whose files of listings are known; assay: the columns of an export of this site. */
export const LISTING_FILE_FORMATS = ['auto', 'assay', 'shopify', 'woocommerce', 'etsy', 'ebay', 'google'] as const;
export const ListingFileFormat = z.enum(LISTING_FILE_FORMATS, { error: `The format is one of ${LISTING_FILE_FORMATS.join(', ')}.` });
export type ListingFileFormat = z.infer<typeof ListingFileFormat>;
/** New listings that a report shows as they would be stored. */
export const IMPORT_SAMPLE_MAX = 5;

export const LISTING_FILE_SEPARATORS = ['comma', 'semicolon'] as const;
export type ListingFileSeparator = (typeof LISTING_FILE_SEPARATORS)[number];
export const ListingFileQuery = z.object({
  separator: z
    .enum(LISTING_FILE_SEPARATORS, { error: `The separator is ${LISTING_FILE_SEPARATORS.join(' or ')}.` })
    .default('comma')
    .describe('semicolon: for spreadsheets of countries that write 12,50; prices are written so, too.'),
});

export const ImportListingsQuery = z.object({
  format: ListingFileFormat.default('auto').describe('The program that wrote the file; auto finds it by the names of the columns.'),
  currency: Currency.optional().describe('Of prices where the file names none.'),
  dryRun: Flag.default(true).describe('Only says what would happen. The default: write with dryRun=false.'),
  skipErrors: Flag.default(false).describe('Takes the rows that can be taken, where others cannot. Otherwise one bad row refuses all.'),
});
export type ImportListingsQuery = z.infer<typeof ImportListingsQuery>;

export const ImportedRow = z.object({
  /** Of the file; the first line names the columns. */
  line: z.int(),
  /** Null for a new one. */
  id: z.int().nullable(),
  title: z.string(),
  outcome: z.enum(['create', 'update', 'unchanged', 'error']),
  /** The columns that an update changes. */
  changes: z.array(z.string()),
  errors: z.array(z.object({ column: z.string(), message: z.string() })),
});
export type ImportedRow = z.infer<typeof ImportedRow>;

export const ListingImportReport = z
  .object({
    dryRun: z.boolean(),
    /** The program that wrote the file. */
    format: ListingFileFormat.exclude(['auto']),
    /** What was found out about the file, in sentences. */
    notes: z.array(z.string()),
    /** The first new or changed listings as they would be stored, by column. */
    sample: z.array(z.object({ line: z.int(), cells: z.record(z.string(), z.string()) })).max(IMPORT_SAMPLE_MAX),
    /** Whether something was written. */
    applied: z.boolean(),
    /** This very file with its new listings was taken before: they are not made a second time. */
    takenBefore: z.boolean(),
    create: z.int(),
    update: z.int(),
    unchanged: z.int(),
    error: z.int(),
    rows: z
      .array(ImportedRow)
      .describe(
        `All rows, or the first ${IMPORT_REPORT_ROWS_MAX}: errors before changes before new listings, then in the order of the file.`,
      ),
  })
  .meta({ id: 'ListingImportReport' });
export type ListingImportReport = z.infer<typeof ListingImportReport>;
