import { ONBOARDING_STEPS, type OnboardingStepName } from '@assay/contract';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { stepAddress } from '#lib/features/onboarding/words.ts';
import { COUNTRIES } from '#lib/server/countries.ts';
import { failure, orError } from '#lib/server/failures.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { imageActions, uploadForm } from '#lib/server/image-actions.ts';
import { payoutOf } from '#lib/server/payout-form.ts';
import { profileOf } from '#lib/server/profile-form.ts';
import { verificationActions } from '#lib/server/verification-actions.ts';
import type { Actions, PageServerLoad } from './$types';

const stepOf = (text: unknown): OnboardingStepName | null => ONBOARDING_STEPS.find((step) => step === text) ?? null;

export const load: PageServerLoad = async ({ locals, url, parent, cookies }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  const { api } = locals;
  const [onboarding, profile, verification, payout, ways, offer] = await orError(
    Promise.all([
      api.onboarding.get.query(),
      api.profile.get.query(),
      api.verification.get.query(),
      api.payout.get.query(),
      api.wallets.waysIn.query(),
      api.wallets.offer.query(),
    ]),
  );
  const asked = stepOf(url.searchParams.get('step'));
  // What comes after the profile is about a store that is there.
  const reachable = asked && (onboarding.canComplete || asked === 'wallet' || asked === 'profile');
  if (!reachable) redirect(303, stepAddress(onboarding.current));
  const image = asked === 'image' && me ? await orError(api.images.of.query({ purpose: 'profile', subjectId: me.id })) : null;
  return {
    step: asked,
    onboarding,
    profile,
    verification,
    payout,
    ways,
    offer,
    image,
    countries: asked === 'verification' && verification.documents.open ? COUNTRIES : [],
    upload: uploadForm({ cookies, url }),
    documentRefusal: url.searchParams.get('documentError'),
  };
};

/** The step after this one, whether it is done or not: whoever goes forward sees each. */
const after = (step: OnboardingStepName) => ONBOARDING_STEPS[ONBOARDING_STEPS.indexOf(step) + 1] ?? null;

/** Does something, then goes on to the step that follows; after the last one the store is open. */
async function goOn(event: RequestEvent, from: OnboardingStepName, call: (form: FormData) => Promise<unknown>, skip = false) {
  requireSignIn(event);
  const { onboarding } = event.locals.api;
  const form = await event.request.formData();
  const next = after(from);
  try {
    await call(form);
    if (next) await onboarding.move.mutate({ step: next, ...(skip ? { skip: from } : {}) });
    else await onboarding.complete.mutate();
  } catch (thrown) {
    return failure(thrown, form);
  }
  redirect(303, next ? stepAddress(next) : '/seller/dashboard?welcome');
}

const fromOf = ({ url }: RequestEvent) => stepOf(url.searchParams.get('step')) ?? 'wallet';
const nothing = () => Promise.resolve();

export const actions: Actions = {
  ...imageActions,
  ...verificationActions(stepAddress('verification')),
  profile: (event) => goOn(event, 'profile', (form) => event.locals.api.profile.save.mutate(profileOf(form, false))),
  payout: (event) => goOn(event, 'payout', (form) => event.locals.api.payout.save.mutate(payoutOf(form))),
  next: (event) => goOn(event, fromOf(event), nothing),
  later: (event) => goOn(event, fromOf(event), nothing, true),
  complete: async (event) => {
    requireSignIn(event);
    try {
      await event.locals.api.onboarding.complete.mutate();
    } catch (thrown) {
      return failure(thrown, new FormData());
    }
    redirect(303, '/seller/dashboard?welcome');
  },
};
