import { LISTING_MOVE_NAMES, LISTING_STATUSES, type ListingMove, type ListingStatus } from '@assay/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { illegalMove, LISTING_MOVES, listingMovesFrom, missingToPublish } from './rules.ts';

/** Every legal move, written a second time. */
const LEGAL: [from: ListingStatus, move: ListingMove, to: ListingStatus][] = [
  ['draft', 'publish', 'active'],
  ['draft', 'archive', 'archived'],
  ['active', 'pause', 'paused'],
  ['active', 'markSold', 'sold'],
  ['active', 'archive', 'archived'],
  ['paused', 'resume', 'active'],
  ['paused', 'markSold', 'sold'],
  ['paused', 'archive', 'archived'],
  ['sold', 'relist', 'active'],
  ['sold', 'archive', 'archived'],
  ['archived', 'restore', 'draft'],
];

describe('the moves of a listing', () => {
  it.each(LISTING_STATUSES.flatMap((from) => LISTING_MOVE_NAMES.map((move) => [from, move] as const)))(
    'from %s, %s leads where it should, or nowhere',
    (from, move) => {
      const legal = LEGAL.find((one) => one[0] === from && one[1] === move);
      const rule = LISTING_MOVES[move];
      expect(rule.from.includes(from)).toBe(legal !== undefined);
      if (legal) expect(rule.to).toBe(legal[2]);
      expect(listingMovesFrom(from).includes(move)).toBe(legal !== undefined);
    },
  );

  it('any walk of legal moves is for sale only after a publication, and never back in a draft but through the archive', () => {
    const walk = fc.array(fc.nat(), { maxLength: 30 });
    fc.assert(
      fc.property(walk, (choices) => {
        let status: ListingStatus = 'draft';
        let published = false;
        for (const choice of choices) {
          const moves = listingMovesFrom(status);
          if (moves.length === 0) return false; // nothing is a dead end
          const move = moves[choice % moves.length]!;
          const to = LISTING_MOVES[move].to;
          published ||= move === 'publish';
          if (to === status) return false;
          if (to === 'draft' && status !== 'archived') return false;
          if (['active', 'paused', 'sold'].includes(to) && !published) return false;
          status = to;
        }
        return true;
      }),
    );
  });

  it('a refusal says what is possible instead', () => {
    expect(illegalMove('sold', 'pause')).toBe('A listing that is sold cannot be paused. It can be offered again or archived.');
    expect(illegalMove('archived', 'edit')).toBe('A listing that is archived cannot be edited. It can be taken out of the archive.');
  });

  it('each thing that is missing to publish is named at its field', () => {
    const fields = (title: string, priceE8: bigint, fault: string | null) =>
      missingToPublish({ title, priceE8 }, fault).map(({ field }) => field);
    expect(fields('Bowl', 1n, null)).toEqual([]);
    expect(fields(' ', 0n, 'It is retired.')).toEqual(['title', 'price', 'category']);
    expect(fields('Bowl', 0n, null)).toEqual(['price']);
  });
});
