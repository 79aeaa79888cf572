// Lists to choose from when one opens a store. Free of zod, as in choices.ts.

/** The steps of opening a store, in their order. */
export const ONBOARDING_STEPS = ['wallet', 'profile', 'image', 'verification', 'payout', 'listing'] as const;
export type OnboardingStepName = (typeof ONBOARDING_STEPS)[number];

/** What can be verified of a seller, in the order in which it is shown. */
export const VERIFICATION_KINDS = ['email', 'wallet', 'documents'] as const;
export type VerificationKind = (typeof VERIFICATION_KINDS)[number];

/**
 * How far a verification is. `none`: nothing was done; `pending`: somebody has yet to act (open the link, decide about the papers);
 * `verified`; `rejected`: with a reason; `expired`: the link that was sent is not good any more.
 */
export const VERIFICATION_STATES = ['none', 'pending', 'verified', 'rejected', 'expired'] as const;
export type VerificationStateName = (typeof VERIFICATION_STATES)[number];

/** What papers may be, by their content. */
export const DOCUMENT_TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];
/** Papers that are handed in at once. */
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

/** Currencies that can be paid to a wallet. */
export const PAYOUT_CURRENCIES = ['BTC', 'ETH', 'USDC'] as const;
export type PayoutCurrency = (typeof PAYOUT_CURRENCIES)[number];

/** ISO 3166-1 alpha-2, officially assigned codes. */
export const COUNTRY_CODES = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK ' +
  'CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS ' +
  'GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV ' +
  'LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM ' +
  'PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR ' +
  'TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ');
