import { summaryOf } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_SUMMARY } from './example.ts';
import { newInThisVisit, sinceSentence } from './since.ts';

const AT = '2026-11-18T09:00:00.000Z';
const LATER = '2026-11-22T09:00:00.000Z';
const scored = EXAMPLE_SUMMARY;
const fresh = summaryOf(1, { 1: 0, 2: 0, 3: 0, 4: 1, 5: 1 });
const read = (lastVisitAt: string, submitted: number, changed = 0, removed = 0, badgeBefore: number | null = 4.8) => ({
  lastVisitAt,
  sinceLastVisit: { submitted, changed, removed, badgeBefore },
});

describe('what is new in a visit', () => {
  it('adds up what each read of an open page found, since the visit before it', () => {
    expect(newInThisVisit([read(AT, 1, 2, 0, 4.7), read(LATER, 1, 0, 0, 4.8), read(LATER, 2, 0, 1, 4.8)])).toEqual(read(AT, 3, 2, 1, 4.7));
  });

  it('is not said in the first visit, however often that reads', () => {
    const first = { lastVisitAt: null, sinceLastVisit: null };
    expect(newInThisVisit([first, read(LATER, 4)])).toEqual(first);
    expect(sinceSentence(first, scored)).toMatch(/^Every rating you received/);
  });

  it.each([
    [read(AT, 1, 1), 'Since your last visit on 18 Nov 2026: 1 new rating, 1 changed. Your badge did not change.'],
    [read(AT, 2, 0, 1, 4.7), 'Since your last visit on 18 Nov 2026: 2 new ratings, 1 removed. Your badge went from 4.7 to 4.8.'],
    [read(AT, 1, 0, 0, null), 'Since your last visit on 18 Nov 2026: 1 new rating. Your badge now shows a score: 4.8.'],
    [read(AT, 0), 'Nothing new since your last visit on 18 Nov 2026.'],
  ])('is one sentence', (given, sentence) => {
    expect(sinceSentence(given, scored)).toBe(sentence);
  });

  it('says when a score is no longer shown', () => {
    expect(sinceSentence(read(AT, 0, 0, 1, 4.5), fresh)).toMatch(/Your badge says “New Seller” again\.$/);
    expect(sinceSentence(read(AT, 1, 0, 0, null), fresh)).toMatch(/Your badge did not change\.$/);
  });
});
