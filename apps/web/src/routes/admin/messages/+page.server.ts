import { DecideMessageInput, PAGES } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { id, inputOf, text } from '#lib/server/form.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  if (!knownAccount(await parent())?.roles.includes('admin')) error(403, 'This page is for admins.');
  return { reported: await orError(locals.api.messages.reported.query()) };
};

export const actions = {
  decide: action({
    read: inputOf(DecideMessageInput, { messageId: id, decision: text }),
    call: (api, input) => api.messages.decide.mutate(input),
    say: ({ input }) => (input.decision === 'removed' ? 'Message removed.' : 'Reports dismissed. The message stays.'),
    next: PAGES.reportedMessages,
  }),
};
