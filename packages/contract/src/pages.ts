// Free of zod: browsers load it.
import type { OnboardingStepName } from './onboarding-choices.ts';

/** The address of each page that something links to: pages, redirects, e-mails and answers of the API take them from here. */
export const PAGES = {
  home: '/',
  signIn: '/sign-in',
  register: '/register',
  account: '/account',
  accountName: '/account/name',
  accountPassword: '/account/password',
  accountEmail: '/account/email',
  accountData: '/account/data',
  accountDelete: '/account/delete',
  reset: '/reset',
  /** The pages that links in e-mails open. */
  resetPassword: (token: string) => `/reset/${token}`,
  emailChange: (token: string) => `/email-change/${token}`,
  confirmEmail: (token: string) => `/confirm-email/${token}`,
  following: '/following',
  howScoresWork: '/how-scores-work',

  listings: '/listings',
  listing: (id: number) => `/listings/${id}`,
  seller: (id: number) => `/sellers/${id}`,
  sellerRatings: (id: number) => `/sellers/${id}#ratings`,
  /** The numbers behind a seller's score. */
  score: (id: number) => `/sellers/${id}/score`,

  orders: '/orders',
  sales: '/orders?as=seller',
  order: (id: number) => `/orders/${id}`,
  rateOrder: (id: number) => `/orders/${id}/rate`,

  /** The ratings that the reader gave. */
  ratings: '/ratings',
  ownRating: (id: number) => `/ratings#rating-${id}`,
  ratingHistory: (id: number) => `/ratings/${id}/history`,
  reportRating: (id: number, sellerId: number) => `/ratings/${id}/report?seller=${sellerId}`,
  decisions: '/decisions',
  decision: (id: number) => `/decisions#decision-${id}`,

  dashboard: '/seller/dashboard',
  onboarding: '/seller/onboarding',
  onboardingStep: (step: OnboardingStepName) => `/seller/onboarding?step=${step}`,
  ownListings: '/seller/listings',
  newListing: '/seller/listings/create',
  importListings: '/seller/listings/import',
  editListing: (id: number) => `/seller/listings/${id}/edit`,
  receivedRatings: '/seller/ratings',
  store: '/seller/store',
  profile: '/seller/profile',
  profileVerification: '/seller/profile#verification',
  payout: '/seller/payout',

  admin: '/admin',
  tasks: '/admin/tasks',
  moderation: '/admin/moderation',
  verification: '/admin/verification',
  flags: '/admin/flags',
  flag: (name: string) => `/admin/flags/${name}`,
  categories: '/admin/categories',
  people: '/admin/people',
  peopleFound: (q: string) => `/admin/people?q=${encodeURIComponent(q)}`,
  audit: '/admin/audit',
  successReport: '/admin/report',
} as const;
