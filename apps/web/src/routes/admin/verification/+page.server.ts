import { PAGES } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { countryName } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id, text } from '#lib/server/form.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('admin')) error(403, 'This page is for admins.');
  const queue = await orError(locals.api.verification.queue.query());
  return { queue: { ...queue, waiting: queue.waiting.map((item) => ({ ...item, countryName: countryName(item.country) })) } };
};

export const actions = {
  approve: action({
    read: formOf({ id }),
    call: (api, input) => api.verification.decide.mutate({ ...input, approve: true }),
    say: 'Approved. The seller is notified.',
    next: PAGES.verification,
  }),
  reject: action({
    read: formOf({ id, reason: text }),
    call: (api, input) => api.verification.decide.mutate({ ...input, approve: false }),
    say: 'Rejected. The seller got your reason.',
    next: PAGES.verification,
  }),
};
