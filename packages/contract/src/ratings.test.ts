import { describe, expect, it } from 'vitest';
import { EditRatingInput, ListRatingsQuery, SubmitRatingInput } from './ratings.ts';

const STARS_MESSAGE = 'A rating is 1, 2, 3, 4 or 5 stars.';
const submit = (input: Record<string, unknown>) => SubmitRatingInput.safeParse({ sellerId: 1, rating: 5, ...input });
const wrong = (result: ReturnType<typeof submit | typeof EditRatingInput.safeParse>) =>
  result.error?.issues.map(({ path, message }) => [path.join('.'), message]);

describe('stars', () => {
  it.each([1, 2, 3, 4, 5])('are %i', (rating) => {
    expect(submit({ rating })).toMatchObject({ success: true, data: { rating } });
    expect(EditRatingInput.parse({ rating })).toEqual({ rating });
  });

  it.each([0, -0, -1, 6, 1.5, 4.999999999, 5.0000001, NaN, JSON.parse('1e309'), -Infinity, 2 ** 53, '5', '', null, true, [5], {}, 5n])(
    'are never %s',
    (rating) => {
      for (const result of [submit({ rating }), EditRatingInput.safeParse({ rating })])
        expect(wrong(result)?.[0]).toEqual(['rating', STARS_MESSAGE]);
    },
  );

  it('have to be given, once at least', () => {
    expect(wrong(submit({ rating: undefined }))).toEqual([['rating', STARS_MESSAGE]]);
    for (const nothing of [{}, { rating: undefined }, { comment: undefined }, { stars: 5 }])
      expect(wrong(EditRatingInput.safeParse(nothing))).toEqual([['', 'Say what changes: the rating, the comment or both.']]);
  });
});

describe('a comment', () => {
  it.each([
    ['is left out', undefined, undefined],
    ['is taken away', null, null],
    ['is empty, which means none', ' \n ', ''],
    ['keeps its lines', 'a\r\nb\tc', 'a\nb\tc'],
    ['has 1,000 characters', 'x'.repeat(1000), 'x'.repeat(1000)],
  ])('%s', (_name, given, kept) => {
    expect(submit({ comment: given }).data?.comment).toBe(kept);
  });

  it.each([
    ['longer than that', 'x'.repeat(1001), 'A comment has at most 1,000 characters.'],
    ['with a NUL', 'a\u0000b', 'A comment contains a control character.'],
    ['that is half a character', '\uD83D', 'A comment contains a broken character (half of a surrogate pair).'],
    ['that is a number', 5, 'A comment is text.'],
  ])('is refused: one %s', (_name, comment, message) => {
    expect(wrong(submit({ comment }))).toEqual([['comment', message]]);
    expect(wrong(EditRatingInput.safeParse({ comment }))).toEqual([['comment', message]]);
  });

  it('alone is a change, and so is taking it away', () => {
    expect(EditRatingInput.parse({ comment: 'Better now.' })).toEqual({ comment: 'Better now.' });
    expect(EditRatingInput.parse({ comment: null })).toEqual({ comment: null });
  });
});

describe('what a client may send', () => {
  it('names the seller and perhaps the order; who rates is never taken from it', () => {
    expect(submit({ orderId: 3, raterId: 9, source: 'imported' }).data).toEqual({ sellerId: 1, rating: 5, orderId: 3 });
    expect(wrong(submit({ sellerId: 0, orderId: '3' }))?.map(([field]) => field)).toEqual(['sellerId', 'orderId']);
  });

  it('asks for a list with sensible defaults', () => {
    expect(ListRatingsQuery.parse({})).toEqual({ sort: 'newest', limit: 10 });
    expect(ListRatingsQuery.parse({ sort: 'helpful', stars: 4, withComment: true, limit: 100, cursor: 'abc' })).toEqual({
      sort: 'helpful',
      stars: 4,
      withComment: true,
      limit: 100,
      cursor: 'abc',
    });
  });

  it.each([
    { sort: 'best' },
    { sort: ['newest', 'highest'] },
    { stars: 0 },
    { stars: 6 },
    { stars: 1.5 },
    { stars: '4' },
    { withComment: 'true' },
    { limit: 101 },
  ])('does not ask for %j', (query) => {
    expect(ListRatingsQuery.safeParse(query).success).toBe(false);
  });
});
