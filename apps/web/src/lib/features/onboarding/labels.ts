import type { OnboardingStepName } from '@assay/contract';

export const stepLabels: Record<OnboardingStepName, { label: string; detail: string; todo: string }> = {
  wallet: { label: 'Wallet', detail: 'Sign one message', todo: 'Link a wallet' },
  profile: { label: 'Profile', detail: 'What buyers read first', todo: 'Say who you are' },
  image: { label: 'Image', detail: 'A face or a mark', todo: 'Add a profile image' },
  verification: { label: 'Verification', detail: 'So that buyers trust you', todo: 'Get verified' },
  payout: { label: 'Payout', detail: 'Where your money goes', todo: 'Say where your money goes' },
  listing: { label: 'First listing', detail: 'Can wait', todo: 'List something' },
};

export const stepAddress = (step: OnboardingStepName): string => `/seller/onboarding?step=${step}`;
