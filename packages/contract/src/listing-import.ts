import { z } from 'zod';
import { Flag } from './common.ts';

/** The columns of a file of listings, in the order in which they are exported. */
export const LISTING_COLUMNS = [
  'id',
  'version',
  'status',
  'title',
  'description',
  'price',
  'currency',
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

export const ImportListingsQuery = z.object({
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
