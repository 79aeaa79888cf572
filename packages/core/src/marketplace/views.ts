import type { ListingView, OwnListing, SellerView, UnifiedSellerListing, UnifiedSellerProfile } from '@assay/contract';

export function toUnifiedProfile(seller: SellerView, walletAddress: string | null): UnifiedSellerProfile {
  const { id, name, bio, location, image, sellingSince, listingCount, summary } = seller;
  return {
    sellerId: id,
    walletAddress,
    displayName: name,
    bio,
    location,
    profileImage: image,
    createdAt: sellingSince,
    stats: { activeListings: listingCount, ratings: summary },
  };
}

/** What everybody sees of a listing, also of one's own. */
export function toUnifiedListing(all: ListingView | OwnListing): UnifiedSellerListing {
  const { sellerName: _name, moves: _moves, deletable: _deletable, ...listing } = { moves: [], deletable: false, ...all };
  return listing;
}
