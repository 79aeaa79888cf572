import { DecideAppealInput, PAGES, StrikeInput } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { flag, formOf, id, inputOf, optionalText, text } from '#lib/server/form.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('admin')) error(403, 'This page is for admins.');
  return { queue: await orError(locals.api.moderation.queue.query()) };
};

const next = PAGES.moderation;
const decision = { ratingId: id, statement: text };

export const actions = {
  strike: action({
    read: inputOf(StrikeInput, { ...decision, reason: text }),
    call: (api, input) => api.moderation.strike.mutate(input),
    say: 'Rating struck out. Both sides got your reasons.',
    next,
  }),
  dismiss: action({
    read: formOf(decision),
    call: (api, input) => api.moderation.dismiss.mutate(input),
    say: 'Rating kept. Both sides got your reasons.',
    next,
  }),
  restore: action({
    read: formOf(decision),
    call: (api, input) => api.moderation.restore.mutate(input),
    say: 'Rating restored. Both sides got your reasons.',
    next,
  }),
  appeal: action({
    read: inputOf(DecideAppealInput, { appealId: id, grant: flag, reason: optionalText, statement: text }),
    call: (api, input) => api.moderation.decideAppeal.mutate(input),
    say: 'Appeal decided. Both sides got your reasons.',
    next: `${PAGES.moderation}#appeals`,
  }),
};
