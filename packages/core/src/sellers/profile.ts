import type { OwnProfile, SellerAbout } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { verificationStatusOf } from '../verification/get-verification.ts';
import type { ProfileRow } from './ports.ts';

const NOTHING: Omit<ProfileRow, 'tierId' | 'updatedAt'> = { contactEmail: null, showContactEmail: false, website: null, socialLinks: {} };

/** What a seller says of themselves besides name, description and place, as everybody sees it, and the profile that says it. */
export async function profileAndAbout(ctx: Context, sellerId: number): Promise<{ profile: ProfileRow | null; about: SellerAbout }> {
  const [profile, verificationStatus] = await Promise.all([ctx.repos.sellers.profileOf(sellerId), verificationStatusOf(ctx, sellerId)]);
  const { contactEmail, showContactEmail, website, socialLinks } = profile ?? NOTHING;
  return { profile, about: { contactEmail: showContactEmail ? contactEmail : null, website, socialLinks, verificationStatus } };
}

/** My own profile, to be changed: as an empty one where I have no store yet. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function getOwnProfile(ctx: Context): Promise<OwnProfile> {
  const { id } = requireUser(ctx.actor);
  const { accounts, sellers } = ctx.repos;
  const [account, seller, profile] = await Promise.all([accounts.findById(id), sellers.findById(id), sellers.profileOf(id)]);
  if (!account) throw new AppError('SESSION_ENDED');
  const { contactEmail, showContactEmail, website, socialLinks } = profile ?? NOTHING;
  return {
    sellerId: id,
    isSeller: seller !== null,
    displayName: account.fullName,
    bio: seller?.bio ?? null,
    location: seller?.location ?? null,
    contactEmail,
    showContactEmail,
    website,
    socialLinks,
  };
}
