import { ONBOARDING_STEPS, type OnboardingStepName } from '@assay/contract';
import type { OnboardingRow } from './ports.ts';

export type DoneSteps = Readonly<Record<OnboardingStepName, boolean>>;

/** A store needs a profile; everything else can wait. A wallet is no one's duty who can sign in without. */
export const isOptional = (step: OnboardingStepName): boolean => step !== 'profile';

/** Where to go on: the saved step, unless it is done by now; else at the first step that is neither done nor left for later. */
export function currentStep(saved: OnboardingRow | null, done: DoneSteps): OnboardingStepName {
  const isLeft = (step: OnboardingStepName) => saved?.skipped.includes(step) ?? false;
  if (saved && !done[saved.currentStep] && reachable(saved.currentStep, done)) return saved.currentStep;
  return ONBOARDING_STEPS.find((step) => !done[step] && !isLeft(step)) ?? ONBOARDING_STEPS.find((step) => !done[step]) ?? 'listing';
}

/** What comes after the profile is about a store that is there. */
export function reachable(step: OnboardingStepName, done: DoneSteps): boolean {
  return done.profile || ONBOARDING_STEPS.indexOf(step) <= ONBOARDING_STEPS.indexOf('profile');
}

/** What is left for later, with another step or without it; what is done is not. */
export function leftForLater(
  before: readonly OnboardingStepName[],
  more: readonly OnboardingStepName[],
  done: DoneSteps,
): OnboardingStepName[] {
  return ONBOARDING_STEPS.filter((step) => !done[step] && (before.includes(step) || more.includes(step)));
}
