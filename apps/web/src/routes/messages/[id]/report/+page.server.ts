import { PAGES, ReportMessageInput } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { id as idField, inputOf, text } from '#lib/server/form.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const NO_SUCH = 'There is no such message.';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  requireSignIn({ locals, url });
  const [id, messageId] = [idOf(params.id), idOf(url.searchParams.get('message'))];
  if (id === null || messageId === null) error(404, NO_SUCH);
  const thread = await orError(locals.api.messages.get.query({ id, limit: 100 }));
  const message = thread.messages.find((one) => one.id === messageId && !one.mine);
  return { thread, messageId, message: message ?? null };
};

export const actions = {
  default: action({
    read: inputOf(ReportMessageInput, { messageId: idField, reason: text, detail: text }),
    call: (api, input, { params }) => api.messages.report.mutate({ ...input, id: idOf(params.id) ?? error(404, NO_SUCH) }),
    say: 'Report sent. A moderator looks at it.',
    next: ({ event }) => PAGES.thread(idOf(event.params.id) ?? error(404, NO_SUCH)),
  }),
};
