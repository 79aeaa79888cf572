import type { ApiClient } from '@assay/client';
import { ONBOARDING_STEPS, PAGES, type OnboardingStepName } from '@assay/contract';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { action } from '#lib/server/action.ts';
import { COUNTRIES } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { imageActions, uploadForm } from '#lib/server/image-actions.ts';
import { payoutAccountActions } from '#lib/server/payout-account-actions.ts';
import { PayoutForm } from '#lib/server/payout-form.ts';
import { ShortProfileForm } from '#lib/server/profile-form.ts';
import { verificationActions } from '#lib/server/verification-actions.ts';
import type { PageServerLoad } from './$types';

const stepOf = (text: unknown): OnboardingStepName | null => ONBOARDING_STEPS.find((step) => step === text) ?? null;

export const load: PageServerLoad = async ({ locals, url, parent, cookies }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  const { api } = locals;
  const [onboarding, profile, verification, payout, payoutAccount, ways, offer] = await orError(
    Promise.all([
      api.onboarding.get.query(),
      api.profile.get.query(),
      api.verification.get.query(),
      api.payout.get.query(),
      api.payoutAccount.get.query(),
      api.wallets.waysIn.query(),
      api.wallets.offer.query(),
    ]),
  );
  const asked = stepOf(url.searchParams.get('step'));
  // The steps after the profile need a store.
  const reachable = asked && (onboarding.canComplete || asked === 'wallet' || asked === 'profile');
  if (!reachable) redirect(303, PAGES.onboardingStep(onboarding.current));
  const image = asked === 'image' && me ? await orError(api.images.of.query({ purpose: 'profile', subjectId: me.id })) : null;
  return {
    step: asked,
    onboarding,
    profile,
    verification,
    payout,
    payoutAccount,
    ways,
    offer,
    image,
    countries: (asked === 'verification' && verification.documents.open) || asked === 'payout' ? COUNTRIES : [],
    upload: uploadForm({ cookies, url }),
    documentRefusal: url.searchParams.get('documentError'),
  };
};

/** The step after this one, done or not. */
const after = (step: OnboardingStepName) => ONBOARDING_STEPS[ONBOARDING_STEPS.indexOf(step) + 1] ?? null;
const fromOf = ({ url }: RequestEvent) => stepOf(url.searchParams.get('step')) ?? 'wallet';
const WELCOME = `${PAGES.dashboard}?welcome`;

/** Saves a step, where it has something to save, and goes on to the next one; after the last one the store is open. */
const goOn = <I>(definition: {
  read?: z.ZodType<I, FormData>;
  save?: (api: ApiClient, input: I) => Promise<unknown>;
  from: (event: RequestEvent) => OnboardingStepName;
  skip?: boolean;
}) =>
  action({
    read: definition.read,
    async call(api, input, event) {
      await definition.save?.(api, input);
      const from = definition.from(event);
      const step = after(from);
      if (step) await api.onboarding.move.mutate({ step, skip: definition.skip ? from : undefined });
      else await api.onboarding.complete.mutate();
    },
    next({ event }) {
      const step = after(definition.from(event));
      return step ? PAGES.onboardingStep(step) : WELCOME;
    },
  });

export const actions = {
  ...imageActions,
  ...verificationActions(PAGES.onboardingStep('verification')),
  ...payoutAccountActions(PAGES.onboardingStep('payout')),
  profile: goOn({ read: ShortProfileForm, save: (api, input) => api.profile.save.mutate(input), from: () => 'profile' }),
  payout: goOn({ read: PayoutForm, save: (api, input) => api.payout.save.mutate(input), from: () => 'payout' }),
  next: goOn({ from: fromOf }),
  later: goOn({ from: fromOf, skip: true }),
  complete: action({ call: (api) => api.onboarding.complete.mutate(), next: WELCOME }),
};
