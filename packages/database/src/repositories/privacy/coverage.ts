import type { TableName } from '../../engine/tables.ts';

/** In which files of an export the rows of a table are, or why they are in none. */
export type Coverage = { readonly files: readonly string[] } | { readonly leftOut: string };

const inFiles = (...files: string[]): Coverage => ({ files });
const leftOut = (why: string): Coverage => ({ leftOut: why });

const OF_THE_SITE = 'It is about the site, not about a person.';
const OF_STAFF = 'It says which member of the staff did something for the site; what they did is in audit-of-my-actions.';

/** Every table: one that is new does not compile until it is here. */
export const EXPORT_COVERAGE: { readonly [T in TableName]: Coverage } = {
  Users: inFiles('account'),
  UserRoles: inFiles('roles'),
  Sessions: inFiles('sessions'),
  Wallets: inFiles('wallets'),
  AuthenticatorApps: inFiles('authenticator-app'),
  RecoveryCodes: inFiles('recovery-codes'),
  Passkeys: inFiles('passkeys'),
  EmailChanges: inFiles('email-changes'),
  PasswordResets: inFiles('password-resets'),
  EmailMessages: inFiles('emails'),
  ExternalAccounts: inFiles('accounts-elsewhere'),
  AuditLog: inFiles('audit-of-my-account', 'audit-of-my-actions'),
  Orders: inFiles('orders-bought', 'orders-sold'),
  OrderEvents: inFiles('orders-bought', 'orders-sold'),
  Payments: inFiles('orders-bought', 'orders-sold'),
  SellerRatings: inFiles('ratings-given', 'ratings-received'),
  SellerRatingHistory: inFiles('ratings-given-history'),
  StruckRatings: inFiles('ratings-given-struck', 'ratings-received-struck'),
  RatingHelpfulVotes: inFiles('votes'),
  RatingReplies: inFiles('replies'),
  RatingReports: inFiles('reports'),
  RatingAppeals: inFiles('appeals'),
  RatingDecisions: inFiles('decisions-on-ratings-given', 'decisions-on-ratings-received'),
  StoreFollows: inFiles('follows'),
  FollowingVisits: inFiles('visits-of-followed-stores'),
  FeatureFeedback: inFiles('feedback'),
  SellerProfiles: inFiles('profile'),
  Stores: inFiles('store'),
  StoreFeatured: inFiles('featured-listings'),
  SellerListings: inFiles('listings'),
  ListingEvents: inFiles('listings'),
  SellerPayoutDetails: inFiles('payout-details'),
  SellerOnboarding: inFiles('onboarding'),
  DashboardVisits: inFiles('dashboard-visits'),
  SellerVerifications: inFiles('verifications'),
  SellerVerificationFiles: inFiles('verifications'),
  Images: inFiles('images'),
  ImageUses: inFiles('images'),
  ImageVariants: inFiles('images'),

  EmailVerifications: leftOut('It holds the hash of a link; the e-mail that brought the link is in emails.'),
  PasskeyChallenges: leftOut('It holds the hash of what a passkey was asked to sign, for minutes.'),
  WalletNonces: leftOut('It holds the hash of what a wallet was asked to sign, for minutes.'),
  AttemptCounters: leftOut('It counts attempts by hashes that name no account.'),
  IdempotencyKeys: leftOut('It holds copies of answers for a day; what they say is in the other files.'),
  SellerRatingDays: leftOut('It adds up ratings-received by day.'),
  OutboxEvents: leftOut('It holds the ids of what happened, for seven days; what happened is in the other files.'),
  Tasks: leftOut('It holds the ids of work to do, until it is done.'),
  SellerCacheInvalidations: leftOut('It says which copies in caches were out of date.'),
  LedgerEntries: leftOut('It books the amounts of orders and payouts, which are in their own files, under numbers.'),
  LedgerPostings: leftOut('It books the amounts of orders and payouts, which are in their own files, under numbers.'),
  LedgerBalances: leftOut('It adds up the ledger; a seller reads it as the statement of their balance.'),
  LedgerVerifications: leftOut(OF_THE_SITE),
  Alerts: leftOut('It holds what the staff notes about unusual numbers of a store while looking into them.'),
  MaintenanceRuns: leftOut(OF_STAFF),
  FeatureFlags: leftOut(OF_STAFF),
  FeatureFlagChanges: leftOut(OF_STAFF),
  FeatureRollouts: leftOut(OF_STAFF),
  FeatureFlagTargets: leftOut('It says who tries a feature before others; which features a person has is on their pages.'),
  FeatureFlagVariants: leftOut(OF_THE_SITE),
  Categories: leftOut(OF_THE_SITE),
  ImportRuns: leftOut(OF_THE_SITE),
  RecalculationRuns: leftOut(OF_THE_SITE),
  RequestSamples: leftOut(OF_THE_SITE),
  JobLeases: leftOut(OF_THE_SITE),
};
