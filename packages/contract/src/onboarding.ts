import { z } from 'zod';
import { Timestamp } from './common.ts';
import { ONBOARDING_STEPS } from './onboarding-choices.ts';

const Step = z.enum(ONBOARDING_STEPS, { error: 'There is no such step.' });

/** How far an account is with opening a store. */
export const OnboardingView = z
  .object({
    steps: z.array(
      z.object({
        name: Step,
        /** As the data says, wherever it was done. */
        done: z.boolean(),
        /** It was left for later. */
        skipped: z.boolean(),
        /** Whether it can be left for later. */
        optional: z.boolean(),
      }),
    ),
    /** Where to go on, on any device. */
    current: Step,
    /** Whether everything is done that must be. */
    canComplete: z.boolean(),
    completedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Onboarding' });
export type OnboardingView = z.infer<typeof OnboardingView>;

/** The step to go to, and one that is left for later on the way. */
export const OnboardingMoveInput = z
  .object({ step: Step, skip: Step.optional().describe('The step that is left for later.') })
  .meta({ id: 'OnboardingMoveInput', example: { step: 'payout', skip: 'verification' } });
export type OnboardingMoveInput = z.infer<typeof OnboardingMoveInput>;
