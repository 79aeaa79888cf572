// Every feature flag that there is. Free of zod: pages that only ask whether something is on should not have to load a validator.

interface KnownFlag {
  /** What it is, in a few words. */
  description: string;
  /** The team that owns it at first. */
  owner: string;
  /** What is gone while it is off. */
  switches: string;
}

/** The one list of flags: a name that is not here does not exist. */
export const FLAGS = {
  'seller-ratings': {
    description: 'Buyers rate sellers, and everyone sees the scores',
    owner: 'ratings',
    switches: 'Badges, ratings, dashboards of ratings and everything that answers about them. Ratings that are there stay as they are.',
  },
  'seller-unified-api': {
    description: 'The seller’s addresses of the unified API',
    owner: 'platform',
    switches: 'Everything below /api/marketplace/seller but health and cache; /api/v1 and the pages stay.',
  },
  'seller-cache-invalidation': {
    description: 'Seller data is cached, and each change empties what it touches',
    owner: 'platform',
    switches: 'The cache: everything is read from the database.',
  },
  'seller-websocket-updates': {
    description: 'Open pages follow what happens',
    owner: 'platform',
    switches: 'WebSockets, and the dot that says so on pages.',
  },
  'seller-tier-system': {
    description: 'Sellers rise in tiers',
    owner: 'sellers',
    switches: 'The mark of a tier on badges, and what a tier gives.',
  },
  'seller-mobile-optimization': {
    description: 'Pages made for small screens',
    owner: 'web',
    switches: 'The navigation at the bottom of small screens.',
  },
} as const satisfies Record<string, KnownFlag>;

export type FlagName = keyof typeof FLAGS;
export const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];

export const TARGET_KINDS = ['user', 'role', 'tier'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** What can be done to a flag, as its history calls it. */
export const FLAG_ACTIONS = ['on', 'off', 'kill', 'revive', 'rollout', 'targets', 'variants', 'details', 'undo', 'rollback'] as const;
export type FlagAction = (typeof FLAG_ACTIONS)[number];

/** What a guarded rollout watches. */
export const ROLLOUT_GUARDS = ['error-rate', 'p95', 'discrepancies'] as const;
export type RolloutGuard = (typeof ROLLOUT_GUARDS)[number];
/** paused: it waits for a person. rolled-back: something was bad. stopped: a person, or another change of the flag, ended it. */
export const ROLLOUT_STATUSES = ['running', 'paused', 'done', 'rolled-back', 'stopped'] as const;
export type RolloutStatus = (typeof ROLLOUT_STATUSES)[number];

/** What a visitor is known by: see `cookieNames`. */
export const VISITOR_ID = /^[0-9a-f]{32}$/;
