// Lists to choose from when one opens a store. Free of zod, as in choices.ts.

/** The steps of opening a store, in their order. */
export const ONBOARDING_STEPS = ['wallet', 'profile', 'image', 'verification', 'payout', 'listing'] as const;
export type OnboardingStepName = (typeof ONBOARDING_STEPS)[number];

/** What can be verified of a seller, in the order in which it is shown. */
export const VERIFICATION_KINDS = ['email', 'wallet', 'documents'] as const;
export type VerificationKind = (typeof VERIFICATION_KINDS)[number];

/**
 * How far a verification is. `none`: nothing was done; `pending`: a person has yet to act (open the link, decide about the documents);
 * `verified`; `rejected`: with a reason; `expired`: the link that was sent is not good any more.
 */
export const VERIFICATION_STATES = ['none', 'pending', 'verified', 'rejected', 'expired'] as const;
export type VerificationStateName = (typeof VERIFICATION_STATES)[number];

/** File types of documents, by their content. */
export const DOCUMENT_TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];
/** Documents that are handed in together. */
export const DOCUMENTS_MAX = 5;

/** Where a seller may be found besides their store: the host of each network, and what stands before a name there. */
export const SOCIAL_NETWORKS = {
  instagram: { label: 'Instagram', hosts: ['instagram.com'], before: 'https://www.instagram.com/' },
  facebook: { label: 'Facebook', hosts: ['facebook.com'], before: 'https://www.facebook.com/' },
  youtube: { label: 'YouTube', hosts: ['youtube.com'], before: 'https://www.youtube.com/@' },
  tiktok: { label: 'TikTok', hosts: ['tiktok.com'], before: 'https://www.tiktok.com/@' },
  pinterest: { label: 'Pinterest', hosts: ['pinterest.com'], before: 'https://www.pinterest.com/' },
  x: { label: 'X', hosts: ['x.com', 'twitter.com'], before: 'https://x.com/' },
  linkedin: { label: 'LinkedIn', hosts: ['linkedin.com'], before: 'https://www.linkedin.com/in/' },
  github: { label: 'GitHub', hosts: ['github.com'], before: 'https://github.com/' },
} as const;
export type SocialNetwork = keyof typeof SOCIAL_NETWORKS;
export const SOCIAL_NETWORK_NAMES = Object.keys(SOCIAL_NETWORKS) as SocialNetwork[];

/** Currencies that a wallet of Ethereum can be paid in: bitcoins cannot reach it. */
export const PAYOUT_CURRENCIES = ['ETH', 'USDC'] as const;
export type PayoutCurrency = (typeof PAYOUT_CURRENCIES)[number];
