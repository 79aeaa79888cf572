import type { ListRatingsQuery, RatingPage, SellerPageData } from '@assay/contract';
import { cached } from '../cache/cached.ts';
import { pageEntry } from '../cache/parts.ts';
import type { Context } from '../kernel/context.ts';
import { imagesOf } from '../images/views.ts';
import { toStruckView } from '../moderation/views.ts';
import { ratingService } from '../ratings/index.ts';
import { readRatings } from '../ratings/list-ratings.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import { followingOf } from '../stores/follow-store.ts';
import { listStoreListings, readStoreView } from '../stores/store-page.ts';
import { profileAndAbout } from './profile.ts';
import { getSeller, readSeller } from './sellers.ts';

/** Struck ratings that a seller's page shows. */
const STRUCK_SHOWN = 20;
/** Ratings on the page that most visitors see, and that is kept. */
const FIRST_PAGE = 10;

/** Listings on it. */
const LISTINGS = 24;

/** @property listings where its listings go on */
type PageQuery = ListRatingsQuery & { id: number; listings?: string | undefined };

/**
 * Everything that a seller's page shows, in one question: who they are, what they offer, their ratings, and whether the
 * visitor may rate them. @throws AppError SELLER_NOT_FOUND, INVALID_CURSOR
 */
export async function getSellerPage(ctx: Context, input: PageQuery): Promise<SellerPageData> {
  const { id } = input;
  if (!(await hasRatings(ctx))) {
    const seller = await getSeller(ctx, id);
    const [shop, following] = await Promise.all([readShop(ctx, input), followingOf(ctx, id)]);
    return { seller, ...shop, following, ratings: null, canRate: null, struck: [] };
  }
  const [page, canRate, following] = await Promise.all([
    isFirst(input) ? firstPage(ctx, input) : readPage(ctx, input),
    ctx.actor.kind === 'user' ? ratingService.canUserRateSeller(ctx, { sellerId: id }) : null,
    followingOf(ctx, id),
  ]);
  return { ...page, canRate, following };
}

/** What a store shows besides its ratings. */
async function readShop(
  ctx: Context,
  { id, listings: cursor }: Pick<PageQuery, 'id' | 'listings'>,
): Promise<Pick<SellerPageData, 'about' | 'cover' | 'store' | 'listings' | 'listingsCursor'>> {
  const [{ about }, covers, store, listings] = await Promise.all([
    profileAndAbout(ctx, id),
    imagesOf(ctx, 'cover', [id]),
    readStoreView(ctx, id),
    listStoreListings(ctx, { sellerId: id, limit: LISTINGS, cursor }),
  ]);
  return { about, cover: covers.get(id) ?? null, store, listings: listings.items, listingsCursor: listings.nextCursor };
}

const isFirst = ({ sort, limit, cursor, stars, withComment, listings }: PageQuery) =>
  sort === 'newest' && limit === FIRST_PAGE && !cursor && !stars && !withComment && !listings;

/** What everybody sees is kept; what is the viewer's own is put in afterwards. */
async function firstPage(ctx: Context, input: PageQuery): Promise<SellerPageData> {
  const page = await cached(ctx, pageEntry(input.id), () => readPage(ctx.as({ kind: 'system', name: 'cache' }), input));
  return ctx.actor.kind === 'user' && page.ratings ? { ...page, ratings: await seenBy(ctx, ctx.actor.id, page.ratings) } : page;
}

async function seenBy(ctx: Context, viewerId: number, ratings: RatingPage): Promise<RatingPage> {
  if (ratings.items.length === 0) return ratings;
  const marks = await ctx.repos.ratings.viewerMarks(
    ratings.items.map(({ id }) => id),
    viewerId,
  );
  const markOf = new Map(marks.map(({ id, ...mark }) => [id, mark]));
  return { ...ratings, items: ratings.items.map((item) => ({ ...item, ...markOf.get(item.id) })) };
}

async function readPage(ctx: Context, { id, listings, ...query }: PageQuery): Promise<SellerPageData> {
  const [seller, shop, ratings, struck] = await Promise.all([
    readSeller(ctx, id, true),
    readShop(ctx, { id, listings }),
    readRatings(ctx, { sellerId: id, ...query }),
    ctx.repos.moderation.struckOf(id, STRUCK_SHOWN),
  ]);
  return { seller, ...shop, following: null, ratings, canRate: null, struck: struck.map(toStruckView) };
}
