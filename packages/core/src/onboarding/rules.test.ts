import { ONBOARDING_STEPS, type OnboardingStepName } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { currentStep, isOptional, leftForLater, reachable } from './rules.ts';

const done = (...steps: OnboardingStepName[]) =>
  Object.fromEntries(ONBOARDING_STEPS.map((step) => [step, steps.includes(step)])) as Record<OnboardingStepName, boolean>;
const saved = (step: OnboardingStepName, ...skipped: OnboardingStepName[]) => ({ currentStep: step, skipped, completedAt: null });

describe('where to go on', () => {
  it.each([
    ['a new account with an e-mail', null, done(), 'wallet'],
    ['a new account by wallet', null, done('wallet'), 'profile'],
    ['where one was', saved('payout', 'image'), done('wallet', 'profile'), 'payout'],
    ['what was done elsewhere meanwhile is behind one', saved('image'), done('wallet', 'profile', 'image'), 'verification'],
    ['what is left for later is passed', saved('wallet', 'wallet', 'image'), done('wallet', 'profile'), 'verification'],
    ['nothing behind the profile comes before it', saved('payout', 'wallet'), done(), 'profile'],
    [
      'what was left comes when nothing else is left',
      saved('listing', 'image'),
      done('wallet', 'profile', 'verification', 'payout', 'listing'),
      'image',
    ],
    ['everything is done', saved('image'), done(...ONBOARDING_STEPS), 'listing'],
  ] as const)('%s', (_what, row, data, step) => expect(currentStep(row && { ...row, skipped: [...row.skipped] }, data)).toBe(step));

  it('only the profile cannot wait', () => expect(ONBOARDING_STEPS.filter((step) => !isOptional(step))).toEqual(['profile']));

  it('what comes after the profile is about a store that is there', () => {
    expect(ONBOARDING_STEPS.filter((step) => reachable(step, done()))).toEqual(['wallet', 'profile']);
    expect(ONBOARDING_STEPS.every((step) => reachable(step, done('profile')))).toBe(true);
  });

  it('what is done is not left for later any more', () => {
    expect(leftForLater(['image', 'payout'], ['verification'], done('image'))).toEqual(['verification', 'payout']);
  });
});
