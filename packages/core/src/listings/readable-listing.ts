import type { Reads } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { ListingRow } from './ports.ts';
import { mayRead } from './rules.ts';

/** A listing that the actor may read. @throws AppError LISTING_NOT_FOUND (also one that exists for its seller only) */
export async function requireReadable({ repos, actor }: Pick<Reads, 'repos' | 'actor'>, id: number): Promise<ListingRow> {
  const row = await repos.listings.findById(id);
  if (!row || !mayRead(row, actor)) throw new AppError('LISTING_NOT_FOUND');
  return row;
}
