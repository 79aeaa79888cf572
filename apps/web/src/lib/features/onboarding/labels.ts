import type { OnboardingStepName } from '@assay/contract';

export const stepLabels: Record<OnboardingStepName, { label: string; detail: string; todo: string }> = {
  wallet: { label: 'Wallet', detail: 'Sign one message', todo: 'Link a wallet' },
  profile: { label: 'Profile', detail: 'What buyers see first', todo: 'Add your shop details' },
  image: { label: 'Image', detail: 'A photo or logo', todo: 'Add a profile image' },
  verification: { label: 'Verification', detail: 'Builds trust with buyers', todo: 'Get verified' },
  payout: { label: 'Payout', detail: 'Where we send your money', todo: 'Add payout details' },
  listing: { label: 'First listing', detail: 'You can do this later', todo: 'Create a listing' },
};

export const stepAddress = (step: OnboardingStepName): string => `/seller/onboarding?step=${step}`;
