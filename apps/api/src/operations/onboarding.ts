import { OnboardingMoveInput, OnboardingView } from '@assay/contract';
import { completeOnboarding, getOnboarding, saveOnboardingStep } from '@assay/core';
import { get, mutation, post, query } from './operation.ts';

/** The steps of opening a store. */
export const onboarding = {
  get: query({
    use: getOnboarding,
    output: OnboardingView,
    as: 'user',
    rest: get('/onboarding', 'How far I am with opening a store'),
  }),
  move: mutation({
    use: saveOnboardingStep,
    input: OnboardingMoveInput,
    output: OnboardingView,
    as: 'user',
    rest: post('/onboarding/move', 'Go to a step, and leave one for later', { errors: [409] }),
  }),
  complete: mutation({
    use: completeOnboarding,
    output: OnboardingView,
    as: 'user',
    rest: post('/onboarding/complete', 'The store is open; the rest is left for later', { errors: [409] }),
  }),
};
