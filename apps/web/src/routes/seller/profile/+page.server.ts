import { act } from '#lib/server/act.ts';
import { COUNTRIES } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { imageActions, uploadForm } from '#lib/server/image-actions.ts';
import { profileOf } from '#lib/server/profile-form.ts';
import { verificationActions } from '#lib/server/verification-actions.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent, cookies }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) redirect(303, '/seller/onboarding');
  const { api } = locals;
  const [seller, profile, verification, payout, image] = await orError(
    Promise.all([
      api.sellers.get.query({ id: me.id }),
      api.profile.get.query(),
      api.verification.get.query(),
      api.payout.get.query(),
      api.images.of.query({ purpose: 'profile', subjectId: me.id }),
    ]),
  );
  return {
    seller,
    profile,
    verification,
    payout,
    image,
    countries: verification.documents.open ? COUNTRIES : [],
    upload: uploadForm({ cookies, url }),
    documentRefusal: url.searchParams.get('documentError'),
  };
};

export const actions: Actions = {
  ...imageActions,
  ...verificationActions('/seller/profile#verification'),
  save: (event) =>
    act(event, {
      call: (form) => event.locals.api.profile.save.mutate(profileOf(form, true)),
      done: 'Your profile is up to date.',
      next: '/seller/profile',
    }),
};
