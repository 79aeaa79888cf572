import { z } from 'zod';
import { SOCIAL_NETWORK_NAMES, VERIFICATION_KINDS, type VerificationKind } from './onboarding-choices.ts';

/** Addresses by network, as they are shown: https only. */
export const SocialLinks = z.partialRecord(z.enum(SOCIAL_NETWORK_NAMES), z.string());
export type SocialLinks = z.infer<typeof SocialLinks>;

const shownState = z.enum(['none', 'verified']);
/** What of a seller is verified, for everybody: how far the rest is, is the seller's own affair. */
export const VerificationStatus = z.object(
  Object.fromEntries(VERIFICATION_KINDS.map((kind) => [kind, shownState])) as Record<VerificationKind, typeof shownState>,
);
export type VerificationStatus = z.infer<typeof VerificationStatus>;

/** What a seller says of themselves besides name, description and place, as everybody sees it. */
export const SellerAbout = z.object({
  contactEmail: z.string().nullable().describe('Null where the seller does not show one.'),
  website: z.string().nullable(),
  socialLinks: SocialLinks,
  verificationStatus: VerificationStatus,
});
export type SellerAbout = z.infer<typeof SellerAbout>;
