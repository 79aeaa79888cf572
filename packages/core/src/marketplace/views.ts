import type { ImageView, ListingView, SellerAbout, SellerView, UnifiedSellerListing, UnifiedSellerProfile } from '@assay/contract';

/** What is read besides the seller themselves. */
export interface ProfileParts {
  walletAddress: string | null;
  about: SellerAbout;
  cover: ImageView | null;
  completedSales: number;
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
    stats: { activeListings: listingCount, completedSales: parts.completedSales, ratings: summary },
  };
}

export function toUnifiedListing({ sellerName: _name, ...listing }: ListingView): UnifiedSellerListing {
  return listing;
}
