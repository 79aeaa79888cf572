import type { RatingSummary } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import type { ShownImage } from '../images/ports.ts';
import { getSeller } from '../sellers/sellers.ts';

/** What the picture shows by which a store is shared. */
export interface ShareFacts {
  sellerId: number;
  name: string;
  location: string | null;
  /** Null for a reader who has no ratings. */
  summary: RatingSummary | null;
  accent: string | null;
  /** Where the store's pictures are kept, those that are shown. */
  face: string | null;
  cover: string | null;
}

/** @throws AppError SELLER_NOT_FOUND */
export async function getShareFacts(ctx: Context, { sellerId }: { sellerId: number }): Promise<ShareFacts> {
  const [seller, said, faces, covers] = await Promise.all([
    getSeller(ctx, sellerId),
    ctx.repos.stores.settings(sellerId),
    ctx.repos.images.shown('profile', [sellerId], true),
    ctx.repos.images.shown('cover', [sellerId], true),
  ]);
  return {
    sellerId,
    name: seller.name,
    location: seller.location,
    summary: seller.summary,
    accent: said?.accent ?? null,
    face: largest(faces.get(sellerId)),
    cover: largest(covers.get(sellerId)),
  };
}

function largest(images: readonly ShownImage[] | undefined): string | null {
  const variants = images?.[0]?.variants.filter(({ format }) => format === 'webp') ?? [];
  return variants.toSorted((a, b) => b.width - a.width)[0]?.storageKey ?? null;
}
