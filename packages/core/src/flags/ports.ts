import type { FlagAction, FlagName, FlagState, FlagView, Role } from '@assay/contract';
import type { Actor } from '../kernel/actor.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly flags: FlagsRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    readonly flags: FlagEvaluator;
  }
  interface Settings {
    /** The state of flags without a row. */
    readonly flagDefaults: FlagDefaults;
  }
  interface Context {
    /** Which features the actor has. */
    readonly flags: ActorFlags;
  }
}

/** A flag with a row: it was changed once. */
export interface FlagRow extends FlagState {
  name: FlagName;
  version: number;
  updatedAt: Date;
  /** Full name of who changed it last; null for a command. */
  updatedBy: string | null;
}

export interface FlagChangeRow {
  id: number;
  name: string;
  at: Date;
  action: FlagAction;
  by: string | null;
  before: FlagState;
  after: FlagState;
  requestId: string;
  undoneBy: number | null;
}

export interface NewFlagChange {
  name: FlagName;
  actorId: number | null;
  actorKind: Actor['kind'];
  action: FlagAction;
  before: FlagState;
  after: FlagState;
  requestId: string;
}

export interface FlagsRepository {
  all(): Promise<FlagRow[]>;
  find(name: FlagName): Promise<FlagRow | null>;
  /** Writes the flag as version `from + 1`. False when its version is not `from` any more; 0: it has no row yet. */
  save(name: FlagName, state: FlagState, from: number, by: number | null, at: Date): Promise<boolean>;
  /** Returns the id of the change. */
  appendChange(change: NewFlagChange, at: Date): Promise<number>;
  findChange(id: number): Promise<FlagChangeRow | null>;
  /** Newest first; `after` is the id of the last one shown. */
  history(name: FlagName, limit: number, after?: number): Promise<FlagChangeRow[]>;
  /** Notes which change took this one back; what this one had taken back counts again. False when another one was faster. */
  markUndone(id: number, by: number): Promise<boolean>;
}

/** For whom a flag is asked. A subject without user id and visitor id has only features that are on for all. */
export interface FlagSubject {
  userId?: number;
  /** Of the browser: {@link VISITOR_COOKIE}. It decides the side of a rollout before the account does, so that signing in changes none. */
  visitorId?: string;
  roles: readonly Role[];
  tier?: string;
  /** Asks whether anybody at all has it: what moderators, operators and jobs want to know. */
  staff?: boolean;
}

export interface FlagExposure {
  on: boolean;
  /** The side of an A/B test; null where the flag is off, has no variants, or the subject has no id. */
  variant: string | null;
}

/** Says whether a flag is on. Implemented by the product's own engine, or by another OpenFeature provider. */
export interface FlagEvaluator {
  evaluate(name: FlagName, subject: FlagSubject): Promise<FlagExposure>;
  /** Flags were changed and that is committed: this process evaluates the new state when it resolves, the others are notified. */
  changed(flags: readonly { name: FlagName; enabled: boolean }[]): Promise<void>;
}

/** State of a flag without a row: on or off, and for which share of people. */
export type FlagDefaults = Record<FlagName, Pick<FlagState, 'enabled' | 'rolloutPercentage'> & Pick<FlagView, 'lockedBy'>>;

/** The flags of one actor. */
export interface ActorFlags {
  isOn(name: FlagName): Promise<boolean>;
  /** Is it on for anybody at all? */
  isOnForAnybody(name: FlagName): Promise<boolean>;
  /** The side of an A/B test, always the same for the same person. */
  variantOf(name: FlagName): Promise<string | null>;
  exposure(name: FlagName): Promise<FlagExposure>;
}
