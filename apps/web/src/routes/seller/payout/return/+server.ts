import { PAGES, PAYOUT_ACCOUNT_RETURN } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { orError } from '#lib/server/failures.ts';
import { setFlash } from '#lib/server/flash.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { RequestHandler } from './$types';

/** A seller comes back from the provider's pages, or from a link that has expired: the provider is asked what their account is now. */
export const GET: RequestHandler = async (event) => {
  requireSignIn(event, PAYOUT_ACCOUNT_RETURN);
  const { api } = event.locals;
  const { account } = await api.payoutAccount.check.mutate().catch(() => ({ account: null }));
  const { completedAt } = await orError(api.onboarding.get.query());
  const isExpired = event.url.searchParams.has('expired');
  setFlash(event, {
    message:
      account?.state === 'ready'
        ? 'Payouts with Stripe are set up.'
        : isExpired
          ? 'The link to Stripe has expired. Continue here.'
          : 'Stripe still needs something. See below.',
    undo: undefined,
  });
  redirect(303, completedAt === null ? PAGES.onboardingStep('payout') : PAGES.payout);
};
