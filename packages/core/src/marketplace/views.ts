import type { ImageView, ListingView, SellerView, UnifiedSellerListing, UnifiedSellerProfile } from '@assay/contract';

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

export function toUnifiedListing({ sellerName: _name, ...listing }: ListingView): UnifiedSellerListing {
  return listing;
}
