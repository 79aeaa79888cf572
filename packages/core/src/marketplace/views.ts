import type { ImageView, ListingView, OwnListing, SellerView, UnifiedSellerListing, UnifiedSellerProfile } from '@assay/contract';

/** What a profile has besides what every view of the seller has. */
export interface ProfileExtras {
  walletAddress: string | null;
  coverImage: ImageView | null;
  followers: number;
}

export function toUnifiedProfile(seller: SellerView, { walletAddress, coverImage, followers }: ProfileExtras): UnifiedSellerProfile {
  const { id, name, bio, location, image, sellingSince, listingCount, summary } = seller;
  return {
    sellerId: id,
    walletAddress,
    displayName: name,
    bio,
    location,
    profileImage: image,
    coverImage,
    createdAt: sellingSince,
    stats: { activeListings: listingCount, followers, ratings: summary },
  };
}

/** What everybody sees of a listing, also of one's own. */
export function toUnifiedListing(all: ListingView | OwnListing): UnifiedSellerListing {
  const { sellerName: _name, moves: _moves, deletable: _deletable, ...listing } = { moves: [], deletable: false, ...all };
  return listing;
}
