import { exportReceivedRatings } from '@assay/core';
import { ratingsCsv } from './rating-csv.ts';
import { exporting } from './csv-pages.ts';
import { plainRoute } from './route.ts';

/** Ratings as a file. */
export const ratingFileRoutes = [
  plainRoute({
    method: 'get',
    path: '/ratings/received.csv',
    tag: 'Insights',
    summary: 'The ratings that I received, as CSV',
    description: 'Streamed, newest first; those that were struck out come last. Formulas are escaped.',
    auth: 'required',
    status: 200,
    file: { type: 'text/csv; charset=utf-8', name: 'ratings.csv' },
    errors: [404],
    handle: ({ ctx, req, res }) => exporting(req, res, () => ratingsCsv(exportReceivedRatings(ctx))),
  }),
];
