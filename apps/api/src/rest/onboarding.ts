import {
  OnboardingMoveInput,
  OnboardingView,
  OwnProfile,
  PayoutDetailsInput,
  PayoutDetailsView,
  RemovePayoutDetailsInput,
} from '@assay/contract';
import {
  completeOnboarding,
  getOnboarding,
  getOwnProfile,
  getPayoutDetails,
  moveOnboarding,
  removePayoutDetails,
  savePayoutDetails,
} from '@assay/core';
import { route } from './route.ts';

const ONBOARDING = { tag: 'Onboarding', auth: 'required' } as const;
const PAYOUT = { tag: 'Payout details', auth: 'required' } as const;

/** Opening a store, and where its money goes. */
export const onboardingRoutes = [
  route({
    ...ONBOARDING,
    method: 'get',
    path: '/onboarding',
    summary: 'How far I am with opening a store',
    status: 200,
    response: OnboardingView,
    handle: ({ ctx }) => getOnboarding(ctx),
  }),
  route({
    ...ONBOARDING,
    method: 'post',
    path: '/onboarding/move',
    summary: 'Go to a step, and leave one for later',
    body: OnboardingMoveInput,
    status: 200,
    response: OnboardingView,
    errors: [409],
    handle: ({ ctx, body }) => moveOnboarding(ctx, body),
  }),
  route({
    ...ONBOARDING,
    method: 'post',
    path: '/onboarding/complete',
    summary: 'The store is open; the rest is left for later',
    status: 200,
    response: OnboardingView,
    errors: [409],
    handle: ({ ctx }) => completeOnboarding(ctx),
  }),
  route({
    ...ONBOARDING,
    method: 'get',
    path: '/onboarding/profile',
    summary: 'My own profile, with what is not shown',
    status: 200,
    response: OwnProfile,
    handle: ({ ctx }) => getOwnProfile(ctx),
  }),
  route({
    ...PAYOUT,
    method: 'get',
    path: '/payout-details',
    summary: 'What may be told of where my money goes',
    status: 200,
    response: PayoutDetailsView,
    handle: ({ ctx }) => getPayoutDetails(ctx),
  }),
  route({
    ...PAYOUT,
    method: 'post',
    path: '/payout-details',
    summary: 'Say where my money goes',
    description: 'Kept encrypted; only a few digits of it are ever told. Asks for the password where there is one.',
    body: PayoutDetailsInput,
    status: 200,
    response: PayoutDetailsView,
    errors: [403, 404, 409],
    handle: ({ ctx, body }) => savePayoutDetails(ctx, body),
  }),
  route({
    ...PAYOUT,
    method: 'post',
    path: '/payout-details/remove',
    summary: 'Take my payout details away',
    body: RemovePayoutDetailsInput,
    status: 200,
    response: PayoutDetailsView,
    errors: [403, 409],
    handle: ({ ctx, body }) => removePayoutDetails(ctx, body),
  }),
];
