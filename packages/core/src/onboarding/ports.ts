import type { OnboardingStepName } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly onboarding: OnboardingRepository;
  }
}

/** The saved step. Which steps are done is derived from the data. */
export interface OnboardingRow {
  currentStep: OnboardingStepName;
  skipped: OnboardingStepName[];
  completedAt: Date | null;
}

export interface OnboardingRepository {
  find(userId: number): Promise<OnboardingRow | null>;
  /** In a transaction that holds the account. */
  save(userId: number, row: OnboardingRow, at: Date): Promise<void>;
  /** Which steps the data says are done; accounts at the payout provider are not looked at. */
  done(userId: number): Promise<Record<OnboardingStepName, boolean>>;
}
