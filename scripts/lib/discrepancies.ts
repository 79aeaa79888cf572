import type { Discrepancy } from '@assay/core';
import { figuresOf, STARS, type Histogram } from '@assay/contract';

const SHOWN = 50;

/** Prints the stored and the counted score of each seller with a discrepancy: the first 50; --json has all. */
export function printDiscrepancies(found: readonly Discrepancy[]): void {
  for (const { sellerId, stored, counted, wrongDays } of found.slice(0, SHOWN)) {
    const days = wrongDays > 0 ? `, ${wrongDays} ${wrongDays === 1 ? 'day' : 'days'} of its windows` : '';
    console.log(`seller ${sellerId}: ${described(stored)} -> ${described(counted)}${days}`);
  }
  if (found.length > SHOWN) console.log(`… and ${(found.length - SHOWN).toLocaleString('en')} more; --json lists them all`);
}

/** "4.82 from 11 [1 0 0 0 10]": the average, the number of ratings, and those of 1 to 5 stars. */
function described(histogram: Histogram): string {
  const { average, total } = figuresOf(histogram);
  return `${average === null ? 'no score' : average.toFixed(2)} from ${total} [${STARS.map((stars) => histogram[stars]).join(' ')}]`;
}
