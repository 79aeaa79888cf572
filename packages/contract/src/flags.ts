import { z } from 'zod';
import { Cursor, Id, pageSize, MAX_ID, Timestamp } from './common.ts';
import { ROLES } from './accounts.ts';
import { FLAG_ACTIONS, FLAG_NAMES, TARGET_KINDS, type FlagName } from './known-flags.ts';
import { text } from './text.ts';

export const FlagNameText = z.enum(FLAG_NAMES as [FlagName, ...FlagName[]], {
  error: `There is no such flag. There are: ${FLAG_NAMES.join(', ')}.`,
});

const PERCENTAGE_MESSAGE = 'A percentage is a whole number from 0 to 100.';
export const Percentage = z.int({ error: PERCENTAGE_MESSAGE }).min(0, PERCENTAGE_MESSAGE).max(100, PERCENTAGE_MESSAGE);

const TARGETS_MAX = 500;
const VARIANTS_MAX = 10;

const UserTarget = z
  .string()
  .regex(/^[1-9]\d{0,9}$/, 'A user is named by their id.')
  .refine((id) => Number(id) <= MAX_ID, 'A user is named by their id.');
const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Lower case letters, digits and hyphens.')
  .max(60, 'At most 60 characters.');

/** Accounts that have the feature at any percentage. */
export const FlagTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal(TARGET_KINDS[0]), value: UserTarget }),
  z.object({ kind: z.literal(TARGET_KINDS[1]), value: z.enum(ROLES, { error: `A role is one of ${ROLES.join(', ')}.` }) }),
  z.object({ kind: z.literal(TARGET_KINDS[2]), value: Slug }),
]);
export type FlagTarget = z.infer<typeof FlagTarget>;

/** One side of an A/B test. Weights are shares of their sum; an account keeps its variant while weights and order stay. */
export const FlagVariant = z.object({
  name: Slug,
  weight: z.int({ error: 'A weight is a whole number from 1 to 1000.' }).min(1).max(1000),
});
export type FlagVariant = z.infer<typeof FlagVariant>;

/** All that can be changed about a flag. */
export const FlagState = z.object({
  description: z.string(),
  owner: z.string(),
  /** When its code should be gone: a reminder, which switches nothing. */
  expiresAt: Timestamp.nullable(),
  enabled: z.boolean(),
  /** The kill switch: off for everyone, before anything else that is set. */
  killed: z.boolean(),
  rolloutPercentage: Percentage,
  targets: z.array(FlagTarget),
  variants: z.array(FlagVariant),
});
export type FlagState = z.infer<typeof FlagState>;

export const FlagView = FlagState.extend({
  name: FlagNameText,
  /** What is gone while it is off. */
  switches: z.string(),
  /** Past its expiry date. */
  stale: z.boolean(),
  /** default: it was never changed, the environment sets it. */
  source: z.enum(['default', 'database']),
  /** The environment variable that keeps it off in spite of what is set here; null where there is none. */
  lockedBy: z.string().nullable(),
  /** Grows with each change; 0 for a default. A change may name the one it was made from. */
  version: z.int(),
  updatedAt: Timestamp.nullable(),
  /** Who changed it last; null for a command, or before the first change. */
  updatedBy: z.string().nullable(),
}).meta({ id: 'Flag' });
export type FlagView = z.infer<typeof FlagView>;

/** A flag with what its percentages are of. */
export const FlagDetail = FlagView.extend({
  accounts: z.int().describe('How many accounts there are: a percentage is a share of them.'),
}).meta({
  id: 'FlagDetail',
});
export type FlagDetail = z.infer<typeof FlagDetail>;

export const FlagList = z.object({ items: z.array(FlagView) });
export type FlagList = z.infer<typeof FlagList>;

export const FlagChangeView = z
  .object({
    id: z.int(),
    flag: z.string(),
    at: Timestamp,
    action: z.enum(FLAG_ACTIONS),
    /** Who did it; null for a command. */
    by: z.string().nullable(),
    before: FlagState,
    after: FlagState,
    requestId: z.string(),
    /** The change that took this one back. */
    undoneBy: z.int().nullable(),
  })
  .meta({ id: 'FlagChange' });
export type FlagChangeView = z.infer<typeof FlagChangeView>;

export const FlagHistoryQuery = z.object({ limit: pageSize(20, 100), cursor: Cursor.optional() });
export type FlagHistoryQuery = z.infer<typeof FlagHistoryQuery>;
export const FlagHistoryPage = z.object({ items: z.array(FlagChangeView), nextCursor: z.string().nullable() });
export type FlagHistoryPage = z.infer<typeof FlagHistoryPage>;

export const FlagByName = z.object({ name: FlagNameText });
/** The version that was looked at: the change is refused where the flag has moved on. Without it the change is made on what is there. */
const Versioned = FlagByName.extend({ version: z.int().min(0).optional() });

export const SetRolloutInput = Versioned.extend({ percentage: Percentage });
export type SetRolloutInput = z.infer<typeof SetRolloutInput>;
export const SwitchFlagInput = Versioned.extend({ enabled: z.boolean() });
export type SwitchFlagInput = z.infer<typeof SwitchFlagInput>;
export const KillFlagInput = Versioned.extend({ killed: z.boolean() });
export type KillFlagInput = z.infer<typeof KillFlagInput>;

const distinct = <T>(key: (item: T) => string, message: string) =>
  [(items: T[]) => new Set(items.map(key)).size === items.length, message] as const;
export const SetTargetsInput = Versioned.extend({
  targets: z
    .array(FlagTarget)
    .max(TARGETS_MAX, `A flag has at most ${TARGETS_MAX} targets: a role reaches more.`)
    .refine(...distinct<FlagTarget>(({ kind, value }) => `${kind} ${value}`, 'Each target is named once.')),
});
export type SetTargetsInput = z.infer<typeof SetTargetsInput>;
export const SetVariantsInput = Versioned.extend({
  variants: z
    .array(FlagVariant)
    .max(VARIANTS_MAX, `A flag has at most ${VARIANTS_MAX} variants.`)
    .refine(...distinct<FlagVariant>(({ name }) => name, 'Each variant has a name of its own.')),
});
export type SetVariantsInput = z.infer<typeof SetVariantsInput>;
export const SetFlagDetailsInput = Versioned.extend({
  description: text({ name: 'A description', min: 1, max: 500 }).optional(),
  owner: text({ name: 'An owner', min: 1, max: 100 }).optional(),
  expiresAt: Timestamp.nullable().optional(),
});
export type SetFlagDetailsInput = z.infer<typeof SetFlagDetailsInput>;

/** Without a change it is the newest that was not taken back. */
export const UndoFlagInput = FlagByName.extend({ changeId: Id.optional() });
export type UndoFlagInput = z.infer<typeof UndoFlagInput>;

/** Which flags are on for the caller, and on which side of an A/B test they are. */
export const MyFlags = z
  .object({
    flags: z.record(FlagNameText, z.boolean()),
    variants: z.partialRecord(FlagNameText, z.string()),
  })
  .meta({ id: 'MyFlags' });
export type MyFlags = z.infer<typeof MyFlags>;

/** What is published on the Redis channel {@link FLAG_CHANNEL} when a flag changes. */
export interface FlagUpdateMessage {
  type: 'feature_flag_update';
  feature: FlagName;
  /** Whether it is on for any account. */
  enabled: boolean;
  timestamp: string;
}
export const FLAG_CHANNEL = 'feature_flags';
