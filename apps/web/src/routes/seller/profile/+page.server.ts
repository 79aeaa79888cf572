import { PAGES } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { COUNTRIES } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { imageActions, uploadForm } from '#lib/server/image-actions.ts';
import { ProfileForm } from '#lib/server/profile-form.ts';
import { verificationActions } from '#lib/server/verification-actions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent, cookies }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) redirect(303, PAGES.onboarding);
  const { api } = locals;
  const [seller, profile, verification, { destination }, image] = await orError(
    Promise.all([
      api.sellers.get.query({ id: me.id }),
      api.profile.get.query(),
      api.verification.get.query(),
      api.payouts.overview.query(),
      api.images.of.query({ purpose: 'profile', subjectId: me.id }),
    ]),
  );
  return {
    seller,
    profile,
    verification,
    destination,
    image,
    countries: verification.documents.open ? COUNTRIES : [],
    upload: uploadForm({ cookies, url }),
    documentRefusal: url.searchParams.get('documentError'),
  };
};

export const actions = {
  ...imageActions,
  ...verificationActions(PAGES.profileVerification),
  save: action({
    read: ProfileForm,
    call: (api, input) => api.profile.save.mutate(input),
    say: 'Profile saved.',
    next: PAGES.profile,
  }),
};
