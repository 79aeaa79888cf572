import type { FlagName, GuardReading, RolloutStatus } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly rollouts: RolloutsRepository;
  }
}

/** What a rollout was begun with. */
export interface RolloutPlan {
  flag: FlagName;
  phases: number[];
  startPercentage: number;
  waitMinutes: number;
  requestsMin: number;
  errorRatePercentMax: number;
  p95MaxMs: number;
}

export interface RolloutRow extends RolloutPlan {
  id: number;
  status: RolloutStatus;
  phase: number;
  requestedBy: string | null;
  requestedAt: Date;
  phaseStartedAt: Date;
  finishedAt: Date | null;
  message: string | null;
  guards: GuardReading[];
}

/** Where a rollout goes; what is not named stays. */
export interface RolloutMove {
  status: RolloutStatus;
  phase?: number;
  phaseStartedAt?: Date;
  finishedAt?: Date;
  message: string | null;
}

export interface RolloutsRepository {
  /** @throws AppError ROLLOUT_UNDER_WAY when the flag has one that is not over */
  begin(plan: RolloutPlan, phase: number, userId: number | null, at: Date): Promise<number>;
  find(id: number): Promise<RolloutRow | null>;
  /** Those that run or wait for a person, oldest first. */
  open(): Promise<RolloutRow[]>;
  /** The last one of each flag. */
  latest(): Promise<RolloutRow[]>;
  /** False when it is not in that state and phase any more. */
  transition(from: Pick<RolloutRow, 'id' | 'status' | 'phase'>, to: RolloutMove): Promise<boolean>;
  /** Keeps what was found, for people to look at. */
  note(id: number, guards: GuardReading[]): Promise<void>;
}
