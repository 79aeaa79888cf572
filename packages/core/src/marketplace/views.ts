import type { ListingView, SellerView, UnifiedSellerListing, UnifiedSellerProfile } from '@assay/contract';

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

export function toUnifiedListing({ sellerName: _name, ...listing }: ListingView): UnifiedSellerListing {
  return listing;
}
