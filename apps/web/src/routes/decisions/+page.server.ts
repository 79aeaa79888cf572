import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id, text } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  return { decisions: (await orError(locals.api.moderation.decisions.query())).items };
};

export const actions = {
  appeal: action({
    read: formOf({ decisionId: id, text }),
    call: (api, input) => api.moderation.appeal.mutate(input),
    say: 'Appeal sent. You get the decision and the reasons.',
    next: ({ input }) => PAGES.decision(input.decisionId),
  }),
};
