import { z } from 'zod';
import { Timestamp } from './common.ts';
import { FlagNameText, Percentage } from './flags.ts';
import { ROLLOUT_GUARDS, ROLLOUT_STATUSES } from './known-flags.ts';

/** What was looked at to decide whether a rollout goes on. */
export const GuardReading = z.object({
  guard: z.enum(ROLLOUT_GUARDS),
  /** unknown: there is too little to say. */
  state: z.enum(['good', 'bad', 'unknown']),
  /** What was found, for people: "0.4 % of 312 requests". */
  shown: z.string(),
  /** What is still good: "at most 5 %". */
  limit: z.string(),
});
export type GuardReading = z.infer<typeof GuardReading>;

/** A flag that is opened step by step, as long as what is measured stays good. */
export const RolloutView = z
  .object({
    id: z.int(),
    flag: FlagNameText,
    status: z.enum(ROLLOUT_STATUSES),
    phases: z.array(Percentage),
    /** Index of the phase that it is in, or ended in. */
    phase: z.int(),
    /** What it goes back to when something is bad. */
    startPercentage: Percentage,
    waitMinutes: z.int(),
    requestsMin: z.int(),
    errorRatePercentMax: z.number(),
    p95MaxMs: z.int(),
    /** Null for a command. */
    requestedBy: z.string().nullable(),
    requestedAt: Timestamp,
    phaseStartedAt: Timestamp,
    /** When the next phase may begin. */
    dueAt: Timestamp,
    finishedAt: Timestamp.nullable(),
    /** Why it stands where it stands; null while it runs. */
    message: z.string().nullable(),
    guards: z.array(GuardReading),
  })
  .meta({ id: 'Rollout' });
export type RolloutView = z.infer<typeof RolloutView>;

const rising = (phases: number[]) => phases.every((phase, i) => i === 0 || phase > phases[i - 1]!);

export const StartRolloutInput = z.object({
  name: FlagNameText,
  phases: z
    .array(Percentage.min(1, 'A phase is a whole number from 1 to 100.'))
    .min(1, 'A rollout has a phase at least.')
    .max(10, 'A rollout has at most 10 phases.')
    .refine(rising, 'Each phase is larger than the one before.')
    .default([10, 25, 50, 100]),
  /** How long each phase lasts at least. */
  waitMinutes: z
    .int('Minutes are a whole number.')
    .min(1, 'A phase lasts a minute at least.')
    .max(10_080, 'A phase lasts a week at most.')
    .default(60),
  /** Requests of the feature that a phase must have seen: fewer say nothing. */
  requestsMin: z.int('Requests are a whole number.').min(20, 'Fewer than 20 requests say nothing.').max(1_000_000).default(100),
  /** Server errors, in percent of the feature's requests. */
  errorRatePercentMax: z.number().min(0.1).max(50).default(5),
  /** Milliseconds within which 95 % of the feature's requests are answered. */
  p95MaxMs: z.int().min(50).max(2500).default(1000),
});
export type StartRolloutInput = z.infer<typeof StartRolloutInput>;
