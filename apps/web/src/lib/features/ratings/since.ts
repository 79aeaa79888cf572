import { figuresOf, type RatingDashboard, type RatingSummary } from '@assay/contract';
import { counted, day } from '#lib/format.ts';

type Read = Pick<RatingDashboard, 'lastVisitAt' | 'sinceLastVisit'>;

/**
 * What is new in this visit. Reading the page counts as a visit, and an open page reads again and again: what each read found
 * is added up, from the visit before the first of them. Reads since the same moment have seen the same: the last one counts.
 */
export function newInThisVisit(reads: readonly Read[]): Read {
  const [first, ...later] = new Map(reads.map((read) => [read.lastVisitAt, read])).values();
  if (!first?.sinceLastVisit) return { lastVisitAt: null, sinceLastVisit: null };
  const sum = { ...first.sinceLastVisit };
  for (const { sinceLastVisit: more } of later) {
    if (!more) continue;
    sum.submitted += more.submitted;
    sum.changed += more.changed;
    sum.removed += more.removed;
  }
  return { lastVisitAt: first.lastVisitAt, sinceLastVisit: sum };
}

/** "Since your last visit on 18 Nov 2026: 1 new rating, 1 changed. Your badge did not change." */
export function sinceSentence({ lastVisitAt, sinceLastVisit }: Read, summary: RatingSummary): string {
  if (!lastVisitAt || !sinceLastVisit) return 'Every rating you received, what it did to your score, and your replies.';
  const { submitted, changed, removed, badgeBefore } = sinceLastVisit;
  const happened = [
    submitted > 0 && counted(submitted, 'new rating'),
    changed > 0 && `${changed} changed`,
    removed > 0 && `${removed} removed`,
  ].filter((part) => part !== false);
  if (happened.length === 0) return `Nothing new since your last visit on ${day(lastVisitAt)}.`;
  return `Since your last visit on ${day(lastVisitAt)}: ${happened.join(', ')}. ${badgeSentence(badgeBefore, summary)}`;
}

function badgeSentence(before: number | null, summary: RatingSummary): string {
  const { isNewSeller, badgeAverage } = figuresOf(summary.histogram);
  const now = isNewSeller ? null : badgeAverage;
  if (before === now) return 'Your badge did not change.';
  if (before === null) return `Your badge now shows a score: ${now?.toFixed(1)}.`;
  if (now === null) return 'Your badge says “New Seller” again.';
  return `Your badge went from ${before.toFixed(1)} to ${now.toFixed(1)}.`;
}
