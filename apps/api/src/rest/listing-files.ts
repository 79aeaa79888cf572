import { IMPORT_BYTES_MAX, ImportListingsQuery, ListingFileQuery, ListingImportReport } from '@assay/contract';
import { exportListings, importListings } from '@assay/core';
import { listingsCsv, listingsTemplate, readListingsCsv } from './listing-csv.ts';
import { budgetKeyOf } from '../http/limits.ts';
import { places } from '../http/places.ts';
import { exporting } from './csv-pages.ts';
import { plainRoute } from './route.ts';
import { textBodyOf } from './text-body.ts';

const tag = 'Listings';
const importing = places({ each: 1, all: 4, sentence: 'You are importing a file already. Wait until it is done.' });

/** Listings as a file, out and in. */
export const listingFileRoutes = [
  plainRoute({
    method: 'get',
    path: '/listings/mine.csv',
    tag,
    summary: 'My listings, as CSV',
    description: 'Streamed, in the order in which they were made. Formulas are escaped. Pictures are not part of it.',
    auth: 'required',
    input: ListingFileQuery,
    query: true,
    status: 200,
    file: { type: 'text/csv; charset=utf-8', name: 'listings.csv' },
    handle: ({ ctx, input, req, res }) => exporting(req, res, () => listingsCsv(exportListings(ctx), input.separator)),
  }),
  plainRoute({
    method: 'get',
    path: '/listings/template.csv',
    tag,
    summary: 'A file of listings to fill in, as CSV',
    description: 'The columns, and a draft as an example.',
    auth: 'none',
    input: ListingFileQuery,
    query: true,
    status: 200,
    file: { type: 'text/csv; charset=utf-8', name: 'listings-template.csv' },
    handle: async ({ input }) => listingsTemplate(input.separator),
  }),
  plainRoute({
    method: 'post',
    path: '/listings/import',
    tag,
    summary: 'Make and change listings by a file',
    description:
      'CSV in UTF-8 or UTF-16 with commas, semicolons or tabs, at most 5,000 lines (empty ones included) and 5 MB; the first line names the ' +
      'columns. Files of Shopify, WooCommerce, Etsy, eBay and Google Merchant Center are known by them. ' +
      'A line without an `id` makes a listing, one with it changes that one, if its `version` is still the exported one. ' +
      'Counts what would happen, shows up to 100 rows, errors first, and five listings as they would be stored; with `dryRun=false` it is done, all of it or nothing.',
    auth: 'required',
    input: ImportListingsQuery,
    query: true,
    text: 'text/csv',
    status: 200,
    response: ListingImportReport,
    errors: [409],
    async handle({ ctx, input, req }) {
      const leave = await importing.take(budgetKeyOf(req));
      try {
        return await importListings(ctx, {
          ...input,
          ...(await readListingsCsv(await textBodyOf(req, 'text/csv', IMPORT_BYTES_MAX), input.format)),
        });
      } finally {
        leave();
      }
    },
  }),
];
