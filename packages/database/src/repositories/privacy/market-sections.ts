import { Prisma } from '../../engine/database.ts';
import { ORDER_PARTS } from './order-parts.ts';
import { PAYOUTS } from './payout-sections.ts';
import { ADDRESS, by, part, section, type Section } from './section.ts';

const SELLER_NAME = { join: 'JOIN Users s ON s.Id = t.SellerId', field: Prisma.raw('s.FullName') };
const RATER_NAME = { join: 'JOIN Users r ON r.Id = t.RaterId', field: Prisma.raw('r.FullName') };

const ORDER = {
  id: 't.Id',
  listingId: 't.ListingId',
  title: 't.Title',
  priceE8: 't.PriceE8',
  shippingE8: 't.ShippingE8',
  currency: 't.Currency',
  status: 't.Status',
  createdAt: 't.CreatedAt',
  updatedAt: 't.UpdatedAt',
  completedAt: 't.CompletedAt',
  checkoutId: 't.GroupId',
  note: 't.Note',
  delivery: 't.Delivery',
  escrowEnabled: 't.EscrowEnabled',
  carrier: 't.Carrier',
  trackingNumber: 't.TrackingNumber',
} as const;
const STRUCK = {
  id: 't.RatingId',
  rating: 't.Rating',
  createdAt: 't.CreatedAt',
  struckAt: 't.StruckAt',
} as const;
const DECISION = {
  id: 't.Id',
  ratingId: 't.RatingId',
  rating: 't.Rating',
  comment: 't.Comment',
  action: 't.Action',
  reason: 't.Reason',
  statement: 't.Statement',
  at: 't.At',
} as const;
/** What a person buys, rates and follows. */
export const BUYER: readonly Section[] = [
  section('orders-bought', 'Orders', {
    fields: { ...ORDER, sellerName: SELLER_NAME.field },
    join: SELLER_NAME.join,
    whose: by('BuyerId'),
    key: 'id',
    parts: ORDER_PARTS,
  }),
  section('checkouts', 'OrderGroups', {
    fields: { id: 't.Id', currency: 't.Currency', ...ADDRESS, createdAt: 't.CreatedAt' },
    whose: by('BuyerId'),
    key: 'id',
  }),
  section('basket', 'BasketItems', {
    fields: { listingId: 't.ListingId', quantity: 't.Quantity', priceE8: 't.PriceE8', currency: 't.Currency', addedAt: 't.AddedAt' },
    whose: by('UserId'),
    key: 'listingId',
  }),
  section('addresses', 'Addresses', {
    fields: { id: 't.Id', ...ADDRESS, createdAt: 't.CreatedAt', lastUsedAt: 't.LastUsedAt' },
    whose: by('UserId'),
    key: 'id',
  }),
  section('ratings-given', 'SellerRatings', {
    fields: {
      id: 't.Id',
      sellerName: SELLER_NAME.field,
      rating: 't.Rating',
      comment: 't.Comment',
      orderId: 't.OrderId',
      source: 't.Source',
      helpfulCount: 't.HelpfulCount',
      createdAt: 't.CreatedAt',
      updatedAt: 't.UpdatedAt',
    },
    join: SELLER_NAME.join,
    whose: by('RaterId'),
    key: 'id',
  }),
  section('ratings-given-history', 'SellerRatingHistory', {
    fields: {
      id: 't.Id',
      ratingId: 't.RatingId',
      version: 't.Version',
      action: 't.Action',
      rating: 't.Rating',
      comment: 't.Comment',
      at: 't.At',
    },
    whose: by('RaterId'),
    key: 'id',
  }),
  section('ratings-given-struck', 'StruckRatings', {
    fields: { ...STRUCK, comment: 't.Comment', sellerName: SELLER_NAME.field },
    join: SELLER_NAME.join,
    whose: by('RaterId'),
    key: 'id',
  }),
  section('votes', 'RatingHelpfulVotes', { fields: { ratingId: 't.RatingId', at: 't.CreatedAt' }, whose: by('UserId'), key: 'ratingId' }),
  section('reports', 'RatingReports', {
    fields: { id: 't.Id', ratingId: 't.RatingId', reason: 't.Reason', detail: 't.Detail', createdAt: 't.CreatedAt' },
    whose: by('ReporterId'),
    key: 'id',
  }),
  section('appeals', 'RatingAppeals', {
    fields: { id: 't.Id', decisionId: 't.DecisionId', text: 't.Text', status: 't.Status', createdAt: 't.CreatedAt' },
    whose: by('AppellantId'),
    key: 'id',
  }),
  section('decisions-on-ratings-given', 'RatingDecisions', { fields: DECISION, whose: by('RaterId'), key: 'id' }),
  section('follows', 'StoreFollows', {
    fields: { sellerId: 't.SellerId', sellerName: SELLER_NAME.field, since: 't.CreatedAt' },
    join: SELLER_NAME.join,
    whose: by('UserId'),
    key: 'sellerId',
  }),
  section('feedback', 'FeatureFeedback', {
    fields: { feature: 't.Feature', score: 't.Score', at: 't.At' },
    whose: by('UserId'),
    key: 'feature',
  }),
  section('visits-of-followed-stores', 'FollowingVisits', {
    fields: { userId: 't.UserId', visitedAt: 't.VisitedAt', previousAt: 't.PreviousAt' },
    whose: by('UserId'),
    key: 'userId',
  }),
];

/** What a person sells, and what others gave their store. */
export const SELLER: readonly Section[] = [
  section('profile', 'SellerProfiles', {
    fields: {
      userId: 't.UserId',
      bio: 't.Bio',
      location: 't.Location',
      tier: 't.TierId',
      contactEmail: 't.ContactEmail',
      showContactEmail: 't.ShowContactEmail',
      website: 't.Website',
      socialLinks: 't.SocialLinks',
      closedUntil: 't.ClosedUntil',
      createdAt: 't.CreatedAt',
      updatedAt: 't.UpdatedAt',
    },
    whose: by('UserId'),
    key: 'userId',
  }),
  section('store', 'Stores', {
    fields: {
      sellerId: 't.SellerId',
      about: 't.About',
      accent: 't.Accent',
      shippingPolicy: 't.ShippingPolicy',
      returnsPolicy: 't.ReturnsPolicy',
      contactPolicy: 't.ContactPolicy',
      updatedAt: 't.UpdatedAt',
    },
    whose: by('SellerId'),
    key: 'sellerId',
  }),
  section('featured-listings', 'StoreFeatured', {
    fields: { listingId: 't.ListingId', position: 't.Position' },
    whose: by('SellerId'),
    key: 'listingId',
  }),
  section('listings', 'SellerListings', {
    fields: {
      id: 't.Id',
      title: 't.Title',
      description: 't.Description',
      priceE8: 't.PriceE8',
      currency: 't.Currency',
      category: 't.Category',
      quantity: 't.Quantity',
      reserved: 't.Reserved',
      status: 't.Status',
      escrowEnabled: 't.EscrowEnabled',
      shippingInfo: 't.ShippingInfo',
      attributes: 't.Metadata',
      publishedAt: 't.PublishedAt',
      createdAt: 't.CreatedAt',
      updatedAt: 't.UpdatedAt',
    },
    whose: by('SellerId'),
    key: 'id',
    parts: [
      part('events', 'ListingEvents', { fields: { from: 't.FromStatus', to: 't.ToStatus', at: 't.At' }, of: 'ListingId', order: 'Id' }),
    ],
  }),
  section('orders-sold', 'Orders', {
    fields: { ...ORDER, buyerName: Prisma.raw('b.FullName') },
    join: 'JOIN Users b ON b.Id = t.BuyerId',
    whose: by('SellerId'),
    key: 'id',
    parts: ORDER_PARTS,
  }),
  section('ratings-received', 'SellerRatings', {
    fields: {
      id: 't.Id',
      raterName: RATER_NAME.field,
      rating: 't.Rating',
      comment: 't.Comment',
      source: 't.Source',
      helpfulCount: 't.HelpfulCount',
      createdAt: 't.CreatedAt',
      updatedAt: 't.UpdatedAt',
    },
    join: RATER_NAME.join,
    whose: by('SellerId'),
    key: 'id',
  }),
  section('ratings-received-struck', 'StruckRatings', {
    fields: { ...STRUCK, raterName: RATER_NAME.field },
    join: RATER_NAME.join,
    whose: by('SellerId'),
    key: 'id',
  }),
  section('replies', 'RatingReplies', {
    fields: { ratingId: 't.RatingId', text: 't.Text', createdAt: 't.CreatedAt', updatedAt: 't.UpdatedAt' },
    whose: by('SellerId'),
    key: 'ratingId',
  }),
  section('decisions-on-ratings-received', 'RatingDecisions', { fields: DECISION, whose: by('SellerId'), key: 'id' }),
  section('payout-details', 'SellerPayoutDetails', {
    fields: {
      userId: 't.UserId',
      method: 't.Method',
      masked: 't.Masked',
      currency: 't.Currency',
      createdAt: 't.CreatedAt',
      updatedAt: 't.UpdatedAt',
    },
    whose: by('UserId'),
    key: 'userId',
  }),
  ...PAYOUTS,
  section('onboarding', 'SellerOnboarding', {
    fields: {
      userId: 't.UserId',
      currentStep: 't.CurrentStep',
      skipped: 't.Skipped',
      completedAt: 't.CompletedAt',
      updatedAt: 't.UpdatedAt',
    },
    whose: by('UserId'),
    key: 'userId',
  }),
  section('dashboard-visits', 'DashboardVisits', {
    fields: { sellerId: 't.SellerId', visitedAt: 't.VisitedAt', previousAt: 't.PreviousAt' },
    whose: by('SellerId'),
    key: 'sellerId',
  }),
];
