import type {
  ImageView,
  ListingView,
  OwnListing,
  SellerAbout,
  SellerView,
  UnifiedSellerListing,
  UnifiedSellerProfile,
} from '@assay/contract';

/** What is read besides the seller themselves. */
export interface ProfileParts {
  walletAddress: string | null;
  about: SellerAbout;
  cover: ImageView | null;
  completedSales: number;
  followers: number;
  tierId: string;
  updatedAt: Date;
}

export function toUnifiedProfile(seller: SellerView, parts: ProfileParts): UnifiedSellerProfile {
  const { id, name, bio, location, image, sellingSince, listingCount, summary } = seller;
  return {
    sellerId: id,
    walletAddress: parts.walletAddress,
    displayName: name,
    bio,
    location,
    profileImage: image,
    coverImage: parts.cover,
    ...parts.about,
    tierId: parts.tierId,
    createdAt: sellingSince,
    updatedAt: parts.updatedAt.toISOString(),
    stats: {
      activeListings: listingCount,
      completedSales: parts.completedSales,
      followers: parts.followers,
      ratings: summary,
    },
  };
}

/** What everybody sees of a listing, also of one's own. */
export function toUnifiedListing(all: ListingView | OwnListing): UnifiedSellerListing {
  const { sellerName: _name, moves: _moves, deletable: _deletable, ...listing } = { moves: [], deletable: false, ...all };
  return listing;
}
