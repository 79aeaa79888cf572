// Free of zod: browsers load it.
import type { ThreadKind } from './message-choices.ts';
import type { OnboardingStepName } from './onboarding-choices.ts';

/** Pages that links in e-mails open. What follows is a token: logs, traces and error reports do not show it. */
export const LINK_PAGES = { resetPassword: '/reset/', emailChange: '/email-change/', confirmEmail: '/confirm-email/' } as const;

/** The address of each page that something links to: pages, redirects, e-mails and answers of the API take them from here. */
export const PAGES = {
  home: '/',
  signIn: '/sign-in',
  /** Where a sign-in asks for the code of the second factor. */
  signInCode: '/sign-in/code',
  register: '/register',
  account: '/account',
  accountName: '/account/name',
  accountPassword: '/account/password',
  accountEmail: '/account/email',
  twoStep: '/account/two-step',
  /** The same for admins and operators, who come from a page of theirs. */
  twoStepRequired: '/account/two-step?required',
  accountData: '/account/data',
  accountDelete: '/account/delete',
  reset: '/reset',
  resetPassword: (token: string) => LINK_PAGES.resetPassword + token,
  emailChange: (token: string) => LINK_PAGES.emailChange + token,
  confirmEmail: (token: string) => LINK_PAGES.confirmEmail + token,
  following: '/following',
  howScoresWork: '/how-scores-work',

  listings: '/listings',
  listing: (id: number) => `/listings/${id}`,
  seller: (id: number) => `/sellers/${id}`,
  sellerRatings: (id: number) => `/sellers/${id}#ratings`,
  /** The numbers behind a seller's score. */
  score: (id: number) => `/sellers/${id}/score`,

  basket: '/basket',
  checkout: '/checkout',
  orderGroup: (id: number) => `/checkout/${id}`,
  addresses: '/account/addresses',

  orders: '/orders',
  sales: '/orders?as=seller',
  order: (id: number) => `/orders/${id}`,
  /** Where a buyer pays on the form of the payment provider. */
  payOrder: (id: number) => `/orders/${id}/payment`,
  packingSlip: (id: number) => `/orders/${id}/packing-slip`,
  rateOrder: (id: number) => `/orders/${id}/rate`,

  messages: '/messages',
  thread: (id: number) => `/messages/${id}`,
  reportMessage: (threadId: number, messageId: number) => `/messages/${threadId}/report?message=${messageId}`,
  /** A first message about a listing, an order or a store; leads to the thread where there is one. */
  newMessage: (kind: ThreadKind, subjectId: number) => `/messages/new?about=${kind}&id=${subjectId}`,

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
  payouts: '/seller/payouts',
  payoutLines: (id: number) => `/seller/payouts/${id}`,
  balance: '/seller/balance',
  /** Fees, tax details and documents of a seller. */
  invoices: '/seller/invoices',

  admin: '/admin',
  tasks: '/admin/tasks',
  unresolvedPayments: '/admin/payments',
  disputes: '/admin/disputes',
  /** By the order that it is about. */
  dispute: (orderId: number) => `/admin/disputes/${orderId}`,
  adminOrders: '/admin/orders',
  adminOrder: (id: number) => `/admin/orders/${id}`,
  adminPayouts: '/admin/payouts',
  moderation: '/admin/moderation',
  reportedMessages: '/admin/messages',
  verification: '/admin/verification',
  flags: '/admin/flags',
  flag: (name: string) => `/admin/flags/${name}`,
  categories: '/admin/categories',
  fees: '/admin/fees',
  people: '/admin/people',
  peopleFound: (q: string) => `/admin/people?q=${encodeURIComponent(q)}`,
  ledger: '/admin/ledger',
  audit: '/admin/audit',
  successReport: '/admin/report',
} as const;
