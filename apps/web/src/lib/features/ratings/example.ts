import { summaryOf } from '@assay/contract';

/** A score that pages show as an example: 312 ratings, 4.81. */
export const EXAMPLE_SUMMARY = summaryOf(0, { 1: 2, 2: 1, 3: 6, 4: 35, 5: 268 });
